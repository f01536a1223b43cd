package io.patchbay.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.CursorKind;
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
import io.patchbay.shape.ShapeSpec;
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

/** Shapes that show what a compiled flow does with payloads: one yields, one sends, one works once per run. */
final class TestShapes {

    /** Everything that happened outside, in order: {@code shape:record}. */
    final List<String> effects = new CopyOnWriteArrayList<>();

    /** Told of each effect of {@code send}. */
    volatile java.util.function.Consumer<String> onEffect = effect -> {};

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
    final class Numbers implements ShapeType<Numbers.NumbersSettings> {
        record NumbersSettings(
                @Default("1") int pages, @Default("1") int size) {}

        @Override
        public ShapeSpec spec() {
            return new ShapeSpec("numbers", "", "", "", "");
        }

        @Override
        public Class<NumbersSettings> settings() {
            return NumbersSettings.class;
        }

        @Override
        public Contract contract(NumbersSettings settings, Surroundings around) {
            return Contract.many();
        }

        @Override
        public Plan plan(NumbersSettings settings, Placed at, Surroundings around) {
            return new Plan.Yielding(
                    (payload, attempt) -> {
                        AtomicInteger left = failuresLeft.get(at.id());
                        if (left != null && left.getAndDecrement() > 0) {
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
                var records = Json.NODES.arrayNode();
                for (int i = 0; i < settings.size(); i++) {
                    records.addObject().put("n", page * settings.size() + i);
                }
                Payload payload = new Payload(
                        parent.child(attempt.shape(), page), new Body.Tree(records), RecordPath.ROOT_LIST, Map.of());
                page++;
                return new Page(payload, Json.NODES.numberNode(page));
            }

            @Override
            public void close() {}
        }
    }

    /** Sends each payload's records; fails for a record number as often as told. */
    final class Send implements ShapeType<Send.SendSettings> {
        record SendSettings(
                @Default("-1") int failsAt,
                @Default("-1") int leavesOut,
                @Default("false") boolean retryable) {}

        @Override
        public ShapeSpec spec() {
            return new ShapeSpec("send", "", "", "", "");
        }

        @Override
        public Class<SendSettings> settings() {
            return SendSettings.class;
        }

        @Override
        public Contract contract(SendSettings settings, Surroundings around) {
            return Contract.one().actingOutside();
        }

        @Override
        public Plan plan(SendSettings settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                for (JsonNode record : payload.records()) {
                    int n = record.path("n").asInt();
                    AtomicInteger left = failuresLeft.get(at.id());
                    boolean fails = left != null ? left.getAndDecrement() > 0 : n == settings.failsAt();
                    if (fails) {
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
    final class Parts implements ShapeType<Send.SendSettings> {
        @Override
        public ShapeSpec spec() {
            return new ShapeSpec("parts", "", "", "", "");
        }

        @Override
        public Class<Send.SendSettings> settings() {
            return Send.SendSettings.class;
        }

        @Override
        public Contract contract(Send.SendSettings settings, Surroundings around) {
            return Contract.one().actingOutside();
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
                        AtomicInteger left = failuresLeft.get(at.id());
                        boolean fails = part.equals(String.valueOf(settings.failsAt()))
                                && (left == null || left.getAndDecrement() > 0);
                        if (fails) {
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
    final class Once implements ShapeType<Once.OnceSettings> {
        record OnceSettings() {}

        @Override
        public ShapeSpec spec() {
            return new ShapeSpec("once", "", "", "", "");
        }

        @Override
        public Class<OnceSettings> settings() {
            return OnceSettings.class;
        }

        @Override
        public Contract contract(OnceSettings settings, Surroundings around) {
            return Contract.one().taking(Contract.Takes.RUN).reading(Set.of(StateRef.run()));
        }

        @Override
        public Plan plan(OnceSettings settings, Placed at, Surroundings around) {
            return new Plan.PerBucket((bucket, attempt) -> {
                AtomicInteger left = failuresLeft.get(at.id());
                if (left != null && left.getAndDecrement() > 0) {
                    throw new StepException(Owner.REMOTE, "REFUSED", "no");
                }
                effects.add(at.id());
            });
        }
    }

    /** A page becomes payloads of one record each. */
    final class Singles implements ShapeType<Once.OnceSettings> {
        @Override
        public ShapeSpec spec() {
            return new ShapeSpec("singles", "", "", "", "");
        }

        @Override
        public Class<Once.OnceSettings> settings() {
            return Once.OnceSettings.class;
        }

        @Override
        public Contract contract(Once.OnceSettings settings, Surroundings around) {
            return Contract.many();
        }

        @Override
        public Plan plan(Once.OnceSettings settings, Placed at, Surroundings around) {
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
    final class Hang implements ShapeType<Hang.HangSettings> {
        record HangSettings(
                @Default("-1") int at, @Default("false") boolean leavesOut) {}

        @Override
        public ShapeSpec spec() {
            return new ShapeSpec("hang", "", "", "", "");
        }

        @Override
        public Class<HangSettings> settings() {
            return HangSettings.class;
        }

        @Override
        public Contract contract(HangSettings settings, Surroundings around) {
            return Contract.one().actingOutside();
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

    /** Yields one page; while {@link #hangs}, the second one does not come before it is cut off. */
    final class HangingPages implements ShapeType<Once.OnceSettings> {
        @Override
        public ShapeSpec spec() {
            return new ShapeSpec("hangingPages", "", "", "", "");
        }

        @Override
        public Class<Once.OnceSettings> settings() {
            return Once.OnceSettings.class;
        }

        @Override
        public Contract contract(Once.OnceSettings settings, Surroundings around) {
            return Contract.many();
        }

        @Override
        public Plan plan(Once.OnceSettings settings, Placed at, Surroundings around) {
            return new Plan.Yielding(
                    (payload, attempt) -> new Pull() {
                        private long page = attempt.resumeOrdinal();

                        @Override
                        public Element next() {
                            if (page == 1 && hangs) {
                                untilCut(attempt);
                                return new Failed(new StepException(Owner.REMOTE, "CUT", "no page"));
                            }
                            if (page > 1) {
                                return new End();
                            }
                            var records = Json.NODES.arrayNode();
                            records.addObject().put("n", page);
                            Payload one = new Payload(
                                    payload.lineage().child(attempt.shape(), page),
                                    new Body.Tree(records),
                                    RecordPath.ROOT_LIST,
                                    Map.of());
                            return new Page(one, Json.NODES.numberNode(++page));
                        }

                        @Override
                        public void close() {}
                    },
                    false);
        }
    }

    /** Makes its only request after its first try was given up; a further try begins when that is done. */
    final class Late implements ShapeType<Once.OnceSettings> {
        @Override
        public ShapeSpec spec() {
            return new ShapeSpec("late", "", "", "", "");
        }

        @Override
        public Class<Once.OnceSettings> settings() {
            return Once.OnceSettings.class;
        }

        @Override
        public Contract contract(Once.OnceSettings settings, Surroundings around) {
            return Contract.one().actingOutside();
        }

        @Override
        public Plan plan(Once.OnceSettings settings, Placed at, Surroundings around) {
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

    private void untilCut(Attempt attempt) {
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

    /** Pulls numbers up to {@code to} behind the cursor of {@code list}, one per page; breaks at one when told. */
    final class Growing implements ShapeType<Growing.GrowingSettings> {
        record GrowingSettings(
                @Default("3") int to,
                @Default("-1") int breaksAt,
                @Default("list") String list,
                @Default("''") String inputs,
                @Default("sequence") CursorKind kind) {}

        @Override
        public ShapeSpec spec() {
            return new ShapeSpec("growing", "", "", "", "");
        }

        @Override
        public Class<GrowingSettings> settings() {
            return GrowingSettings.class;
        }

        @Override
        public Contract contract(GrowingSettings settings, Surroundings around) {
            return Contract.many();
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
                                return new Page(
                                        Payload.of(
                                                lineage, Json.NODES.objectNode().put("n", n)),
                                        null);
                            }

                            @Override
                            public void close() {}
                        };
                    },
                    false);
        }
    }

    List<ShapeType<?>> all() {
        return List.of(
                new Growing(),
                new Numbers(),
                new Send(),
                new Parts(),
                new Once(),
                new Singles(),
                new Hang(),
                new HangingPages(),
                new Late());
    }
}
