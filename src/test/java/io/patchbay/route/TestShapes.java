package io.patchbay.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Shapes that show what a compiled flow does with payloads: one yields, one sends, one works once per run. */
final class TestShapes {

    /** Everything that happened outside, in order: {@code shape:record}. */
    final List<String> effects = new CopyOnWriteArrayList<>();

    /** Told of each effect of {@code send}. */
    volatile Consumer<String> onEffect = effect -> {};

    /** How often a shape, by its id, fails before it works. */
    final Map<String, AtomicInteger> failuresLeft = new ConcurrentHashMap<>();

    /** Whether {@link Hang}, {@link HangingPages} and {@link Late} do. */
    volatile boolean hangs = true;

    /** Run by {@link Late} when its first try has made its request. */
    volatile Runnable beforeSecondTry = () -> {};

    /** Run by whoever cuts off what hangs, when that was told. */
    volatile Runnable afterCut = () -> {};

    /** Open until {@link Late} has made its request. */
    final CountDownLatch lateMade = new CountDownLatch(1);

    /** Open until something hangs. */
    final CountDownLatch hanging = new CountDownLatch(1);

    /** Yields {@code pages} pages of {@code size} numbered records. */
    final class Numbers extends TestShape<Numbers.NumbersSettings> {
        record NumbersSettings(
                @Default("1") int pages, @Default("1") int size) {}

        Numbers() {
            super("numbers", NumbersSettings.class, Contract.many());
        }

        @Override
        public Plan plan(NumbersSettings settings, Placed at, Surroundings around) {
            return new Plan.Yielding(
                    (payload, attempt) -> {
                        if (fails(at, false)) {
                            throw new StepException(Owner.REMOTE, "REFUSED", "no");
                        }
                        return new Counting(settings, payload.lineage(), attempt);
                    },
                    false);
        }

        private final class Counting implements Pull {
            private final NumbersSettings settings;
            private final Lineage parent;
            private final Attempt attempt;
            private long page;

            Counting(NumbersSettings settings, Lineage parent, Attempt attempt) {
                this.settings = settings;
                this.parent = parent;
                this.attempt = attempt;
                JsonNode from = attempt.resumeFrom();
                this.page = from == null ? 0 : from.asLong();
            }

            @Override
            public Element next() {
                if (page >= settings.pages()) {
                    return new End();
                }
                Payload payload =
                        numbered(parent.child(attempt.shape(), page), page * settings.size(), settings.size());
                page++;
                return new Page(payload, Json.NODES.numberNode(page));
            }

            @Override
            public void close() {}
        }
    }

    /** Sends each payload's records; fails for a record number as often as told. */
    final class Send extends TestShape<Send.SendSettings> {
        record SendSettings(
                @Default("-1") int failsAt,
                @Default("-1") int leavesOut,
                @Default("false") boolean retryable) {}

        Send() {
            super("send", SendSettings.class, Contract.one().actingOutside());
        }

        @Override
        public Plan plan(SendSettings settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                for (JsonNode record : payload.records()) {
                    int n = record.path("n").asInt();
                    if (fails(at, n == settings.failsAt())) {
                        throw new StepException(
                                Owner.REMOTE,
                                "REFUSED",
                                "record " + n + " was refused",
                                null,
                                settings.retryable(),
                                null);
                    }
                    effects.add(at.id() + ":" + n);
                    onEffect.accept(at.id() + ":" + n);
                }
                return payload;
            });
        }
    }

    /** Sends each record of a payload by itself, as a connector does with its batches; hands on what was answered. */
    final class Parts extends TestShape<Send.SendSettings> {
        Parts() {
            super("parts", Send.SendSettings.class, Contract.one().actingOutside());
        }

        @Override
        public Plan plan(Send.SendSettings settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                List<JsonNode> answers = new ArrayList<>();
                for (JsonNode record : payload.records()) {
                    String part = record.path("n").asText();
                    if (part.equals(String.valueOf(settings.leavesOut()))) {
                        StepException why = settings.retryable()
                                ? StepException.held("by the test")
                                : new StepException(Owner.REMOTE, "REFUSED", "no");
                        attempt.failRecord(payload, record.path("n").asInt(), record, why);
                        continue;
                    }
                    Attempt.Made before = attempt.madeBefore(record.path("n").asInt(), 1);
                    Payload answer = before == null ? null : before.answer();
                    if (answer == null) {
                        if (part.equals(String.valueOf(settings.failsAt())) && fails(at, true)) {
                            throw new StepException(Owner.REMOTE, "REFUSED", "no", null, settings.retryable(), null);
                        }
                        effects.add(at.id() + ":" + part);
                        answer = Payload.of(
                                payload.lineage(), Json.NODES.objectNode().put("n", "answer " + part));
                        attempt.made(record.path("n").asInt(), 1, answer).join();
                    }
                    answers.addAll(answer.records());
                }
                return payload.withRecords(answers);
            });
        }
    }

    /** Works once, when all before it is done. */
    final class Once extends TestShape<TestShape.None> {
        Once() {
            super("once", None.class, Contract.one().taking(Contract.Takes.RUN).reading(Set.of(StateRef.run())));
        }

        @Override
        public Plan plan(None settings, Placed at, Surroundings around) {
            return new Plan.PerBucket((bucket, attempt) -> {
                if (fails(at, false)) {
                    throw new StepException(Owner.REMOTE, "REFUSED", "no");
                }
                effects.add(at.id());
            });
        }
    }

    /** Sets the variable {@code v} to the number of the payload's first record; -1 when it has none. */
    final class Mark extends TestShape<TestShape.None> {
        Mark() {
            super("mark", None.class, Contract.one().writing(Set.of(StateRef.variable("v"))));
        }

        @Override
        public Plan plan(None settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                List<JsonNode> records = payload.isEmpty() ? List.of() : payload.records();
                int n = records.isEmpty() ? -1 : records.get(0).path("n").asInt();
                attempt.setVariable("v", Json.NODES.numberNode(n));
                return payload;
            });
        }
    }

    /** Shows what the variable {@code v} is. */
    final class Tell extends TestShape<TestShape.None> {
        Tell() {
            super("tell", None.class, Contract.one().reading(Set.of(StateRef.variable("v"))));
        }

        @Override
        public Plan plan(None settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                effects.add(at.id() + ":" + attempt.scope(payload, null).named("flow", "v"));
                return payload;
            });
        }
    }

    /** A page becomes payloads of one record each. */
    final class Singles extends TestShape<TestShape.None> {
        Singles() {
            super("singles", None.class, Contract.many());
        }

        @Override
        public Plan plan(None settings, Placed at, Surroundings around) {
            return new Plan.Yielding(
                    (payload, attempt) -> {
                        var records = payload.records().iterator();
                        AtomicInteger ordinal = new AtomicInteger();
                        return new Pull() {
                            @Override
                            public Element next() {
                                if (!records.hasNext()) {
                                    return new End();
                                }
                                Lineage lineage = payload.lineage().child(attempt.shape(), ordinal.getAndIncrement());
                                return new Page(Payload.of(lineage, records.next()), null);
                            }

                            @Override
                            public void close() {}
                        };
                    },
                    true);
        }
    }

    /** Sends each payload's records; while {@link #hangs}, one payload gets no answer before it is cut off. */
    final class Hang extends TestShape<Hang.HangSettings> {
        record HangSettings(
                @Default("-1") int at, @Default("false") boolean leavesOut) {}

        Hang() {
            super("hang", HangSettings.class, Contract.one().actingOutside());
        }

        @Override
        public Plan plan(HangSettings settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                for (JsonNode record : payload.records()) {
                    int n = record.path("n").asInt();
                    if (hangs && n == settings.at()) {
                        untilCut(attempt);
                        StepException cut = new StepException(Owner.REMOTE, "CUT", "no answer", null, true, null);
                        if (!settings.leavesOut()) {
                            throw cut;
                        }
                        attempt.failRecord(payload, n, record, cut);
                        continue;
                    }
                    effects.add(at.id() + ":" + n);
                }
                return payload;
            });
        }
    }

    /** Makes its only request after its first try was given up; a further try begins when that is done. */
    final class Late extends TestShape<TestShape.None> {
        Late() {
            super("late", None.class, Contract.one().actingOutside());
        }

        @Override
        public Plan plan(None settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                if (attempt.number() == 1 && hangs) {
                    untilCut(attempt);
                } else if (attempt.number() > 1) {
                    await(lateMade);
                    beforeSecondTry.run();
                }
                Attempt.Made before = attempt.madeBefore(0, 1);
                if (before == null) {
                    effects.add(at.id() + " in try " + attempt.number());
                    Payload answer = Payload.of(payload.lineage(), Json.NODES.textNode("answer"));
                    attempt.made(0, 1, answer).join();
                    lateMade.countDown();
                    return answer;
                }
                return before.answer();
            });
        }
    }

    /** Whether a shape fails this time: as often as told, or else as its settings say. */
    private boolean fails(Placed at, boolean otherwise) {
        AtomicInteger left = failuresLeft.get(at.id());
        return left == null ? otherwise : left.getAndDecrement() > 0;
    }

    /** A list of {@code size} records, which count from {@code first}. */
    static Payload numbered(Lineage lineage, long first, int size) {
        var records = Json.NODES.arrayNode();
        for (int i = 0; i < size; i++) {
            records.addObject().put("n", first + i);
        }
        return new Payload(lineage, new Body.Tree(records), RecordPath.ROOT_LIST, Map.of());
    }

    /** Hangs until somebody cuts it off. */
    void untilCut(Attempt attempt) {
        CountDownLatch cut = new CountDownLatch(1);
        attempt.onCancel(() -> {
            cut.countDown();
            afterCut.run();
        });
        hanging.countDown();
        await(cut);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<ShapeType<?>> all() {
        return List.of(
                new Numbers(),
                new Send(),
                new Parts(),
                new Once(),
                new Mark(),
                new Tell(),
                new Singles(),
                new Hang(),
                new Late());
    }
}
