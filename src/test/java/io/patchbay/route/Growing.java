package io.patchbay.route;

import io.patchbay.canvas.Default;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pulls numbers up to {@code to} behind the cursor of {@code list}, one per page; breaks at one when told. Up to {@code ascUntil}
 * they come in an order: of each the one before is behind the run for good.
 */
final class Growing extends TestShape<Growing.GrowingSettings> {
    record GrowingSettings(
            @Default("3") int to,
            @Default("-1") int breaksAt,
            @Default("list") String list,
            @Default("''") String inputs,
            @Default("sequence") CursorKind kind,
            @Default("-1") int ascUntil) {}

    Growing() {
        super("growing", GrowingSettings.class, Contract.many());
    }

    @Override
    public Plan plan(GrowingSettings settings, Placed at, Surroundings around) {
        return new Plan.Yielding(
                (payload, attempt) -> {
                    String from = attempt.cursor("shop", settings.list(), settings.inputs(), settings.kind());
                    AtomicInteger at0 = new AtomicInteger(from == null ? 0 : Integer.parseInt(from));
                    AtomicInteger ordinal = new AtomicInteger();
                    return new Pull() {
                        @Override
                        public Element next() {
                            int n = at0.incrementAndGet();
                            if (n == settings.breaksAt()) {
                                return new Failed(new StepException(Owner.REMOTE, "BROKEN", "it broke"));
                            }
                            if (n > settings.to()) {
                                String to = ordinal.get() == 0 ? null : String.valueOf(settings.to());
                                return new End(new Reached(
                                        "shop", settings.list(), settings.inputs(), settings.kind(), from, to));
                            }
                            Lineage lineage = payload.lineage().child(attempt.shape(), ordinal.getAndIncrement());
                            Reached behind = n > settings.ascUntil()
                                    ? null
                                    : new Reached(
                                            "shop",
                                            settings.list(),
                                            settings.inputs(),
                                            settings.kind(),
                                            from,
                                            n == 1 ? null : String.valueOf(n - 1));
                            return new Page(
                                    Payload.of(lineage, Json.NODES.objectNode().put("n", n)), null, behind);
                        }

                        @Override
                        public void close() {}
                    };
                },
                false);
    }
}
