package io.patchbay.shape.throttle;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets so many payloads or records pass in a time. */
public final class ThrottleShape implements ShapeType<ThrottleShape.ThrottleSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "throttle",
            "Lets at most so many payloads, or records, pass in a time.",
            """
            In any span of `per`, at most so many `payloads` or `records` pass, over all runs of the flow in this process; the others
            wait their turn, in the order in which they came. A payload with more records than that passes alone, and the next one waits
            for as many spans as its records fill. What a system itself allows belongs into its connector's `rateLimit`,
            which is shared by all flows and replicas; this shape is for a pace of the flow's own.

            No thread waits. A run that waits 3 seconds or longer gives its place among the runs that go on to another one.
            """,
            "Nothing. The count begins anew when the flow is changed or the program is started again.",
            """
            flow: steady
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1 }, { id: 2 }, { id: 3 } ] }
              - id: one-by-one
                flowControl: { size: 1 }
              - id: slowly
                throttle: { payloads: 2, per: 100ms }
            """);

    /** Settings of a throttle. */
    @Doc("The pace; either payloads or records")
    public record ThrottleSettings(
            @Doc("Most payloads in the time") @Nullable @Range(min = 1, max = 100_000)
            Integer payloads,

            @Doc("Most records in the time") @Nullable @Range(min = 1, max = 10_000_000)
            Integer records,

            @Doc("The time") @Default("1s") Duration per) {

        /** @throws IllegalArgumentException unless there is one number, and a time */
        public ThrottleSettings {
            if ((payloads == null) == (records == null)) {
                throw new WrongValueException(
                        "a throttle has either 'payloads' or 'records', found "
                                + (payloads == null ? "neither" : "both"),
                        "for example payloads: 10, per: 1s");
            }
            if (per.compareTo(Duration.ZERO) <= 0 || per.compareTo(Duration.ofDays(1)) > 0) {
                throw new WrongValueException("'per' must be more than 0ms and at most 1d", "for example per: 1m");
            }
        }

        int most() {
            return payloads != null ? payloads : records != null ? records : 0;
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<ThrottleSettings> settings() {
        return ThrottleSettings.class;
    }

    @Override
    public Contract contract(ThrottleSettings settings, Surroundings around) {
        return Contract.one();
    }

    @Override
    public boolean keepsRecords(ThrottleSettings settings) {
        return true;
    }

    @Override
    public Plan plan(ThrottleSettings settings, Placed at, Surroundings around) {
        Pace pace = new Pace(settings.most(), settings.per());
        boolean byRecord = settings.records() != null;
        return new Plan.Pausing((payload, attempt) ->
                pace.pause(around.clock().instant(), byRecord ? payload.parsed().recordCount() : 1));
    }
}
