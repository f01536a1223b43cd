package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static io.patchbay.route.FlowFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problem;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Slot;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.CacheRules.Scope;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.Caches;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Results that are worked out once, on a real database. */
class CachedTest {

    static final CacheRules COMPANY = new CacheRules(Scope.COMPANY, Duration.ofDays(1), DataSize.ofMegabytes(5), 100);
    private static final CacheSpace SHARED = new CacheSpace("shared", COMPANY, "");
    private static final Caches.Maker OTHER = new Caches.Maker("run-of-another-program", "x");

    private static final String ONCE = """
            shapes:
              - id: once
                cached:
                  cache: shared
                  key: "sum-${record.n}"
                  shapes:
                    - { id: summed, work-out: {} }
              - { id: told, send: {} }
            """;

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture(10);
    private final TestShapes shapes = flows.shapes;
    private final WorkOut work = new WorkOut();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private Store store;
    private Caches caches;

    /** Answers 100 more; counts how often. */
    static final class WorkOut extends TestShape<WorkOut.WorkOutSettings> {
        record WorkOutSettings(
                @Default("0") int fails, @Default("false") boolean large) {}

        final AtomicInteger count = new AtomicInteger();
        volatile Runnable during = () -> {};

        WorkOut() {
            super("work-out", WorkOutSettings.class, Contract.one());
        }

        @Override
        public Plan plan(WorkOutSettings settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                int number = count.incrementAndGet();
                during.run();
                if (number <= settings.fails()) {
                    throw new StepException(Owner.REMOTE, "REFUSED", "no");
                }
                ObjectNode answer = Json.NODES.objectNode();
                answer.put("n", 100 + payload.records().get(0).path("n").asInt());
                if (settings.large()) {
                    answer.put("text", "x".repeat(6_000_000));
                }
                return payload.withRecords(List.of(answer)).withMeta("made", String.valueOf(number));
            });
        }
    }

    @BeforeEach
    void start() throws Exception {
        store = Store.open(StoreProperties.embedded(), folder.resolve("data"), Clock.systemUTC());
        caches = RunCaches.on(store, Clock.systemUTC());
        flows.types.add(work);
        flows.services = new HashMap<>(Map.of(
                Caches.class,
                new WatchedCaches(caches, waiting),
                Stores.class,
                new Stores(Map.of("shared", COMPANY), Map.of())));
        flows.start(folder.resolve("spill"));
    }

    @AfterEach
    void stop() throws Exception {
        flows.close();
        threads.shutdownNow();
        store.close();
    }

    private List<RunRecord> runAtOnce(int runs) throws Exception {
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            String id = "run-" + i;
            all.add(CompletableFuture.supplyAsync(
                            () -> flows.runner.run(claim(aStart(id, json("{\"n\":1}")), 1, 0), Slot.NONE), threads)
                    .thenCompose(run -> run));
        }
        for (CompletableFuture<Boolean> one : all) {
            assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
        }
        return List.copyOf(flows.checkpoints.outcomes);
    }

    @Test
    void whatIsKeptGoesOnInPlaceOfThePayloadAndTheShapesAreSkipped() throws Exception {
        flows.run(ONCE, aStart("run-1", json("{\"n\":1}")));
        flows.run(ONCE, aStart("run-2", json("{\"n\":1}")));
        flows.run(ONCE, aStart("run-3", json("{\"n\":2}")));

        assertThat(work.count).hasValue(2);
        assertThat(shapes.effects).containsExactly("told:101", "told:101", "told:102");
    }

    @Test
    void runsAtOneTimeWorkAKeyOutOnceAndNoneOfThemHoldsAThread() throws Exception {
        flows.deploy(ONCE);
        CountDownLatch atOnce = new CountDownLatch(7);
        AtomicBoolean free = new AtomicBoolean();
        work.during = () -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> waiting.get() >= 7);
            // The pool has eight threads, and this is one of them.
            for (int i = 0; i < 7; i++) {
                threads.execute(() -> atOnce.countDown());
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> atOnce.getCount() == 0);
            free.set(true);
        };

        List<RunRecord> records = runAtOnce(8);

        assertThat(free).as("no thread was held by those that waited").isTrue();
        assertThat(records).extracting(RunRecord::status).containsOnly(RunStatus.SUCCEEDED);
        assertThat(work.count).as("worked out").hasValue(1);
        assertThat(shapes.effects).hasSize(8).containsOnly("told:101");
        assertThat(caches.claimed(SHARED, "sum-1", OTHER)).isFalse();
    }

    @Test
    void whereOneFailsAnotherOneThatWaitsTakesOver() throws Exception {
        flows.deploy(ONCE.replace("work-out: {}", "work-out: { fails: 1 }"));
        work.during = () -> await().atMost(Duration.ofSeconds(30)).until(() -> waiting.get() >= 2);

        List<RunRecord> records = runAtOnce(3);

        assertThat(records)
                .extracting(RunRecord::status)
                .containsExactlyInAnyOrder(RunStatus.FAILED, RunStatus.SUCCEEDED, RunStatus.SUCCEEDED);
        assertThat(work.count).hasValue(2);
        assertThat(shapes.effects).containsExactly("told:101", "told:101");
    }

    @Test
    void whereTheOtherOneDiedItsTimeIsWaitedFor() throws Exception {
        caches.claim(SHARED, "sum-1", OTHER, Duration.ofSeconds(1));

        RunRecord record = flows.run(ONCE, aStart(json("{\"n\":1}")));

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(waiting.get()).isEqualTo(1);
        assertThat(shapes.effects).containsExactly("told:101");
    }

    @Test
    void waitingForOthersHasAnEnd() throws Exception {
        caches.claim(SHARED, "sum-1", OTHER, Duration.ofMinutes(1));

        RunRecord record =
                flows.run(ONCE.replace("cache: shared", "cache: shared\n      wait: 100ms"), aStart(json("{\"n\":1}")));

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason())
                .contains("key 'sum-1' of cache 'shared' was not worked out by others within 100ms")
                .contains("[CACHE_WAIT]");
        assertThat(work.count).hasValue(0);
    }

    @Test
    void payloadsOfOneRunShareAResultOneByOneAndBesideEachOther() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 4, size: 1 } }
                  - id: once
                    cached: { cache: own, key: the-same, shapes: [ { id: summed, work-out: {} } ] }
                  - { id: told, send: {} }
                """;
        for (String how : List.of("", "delivery: staged", "parallel")) {
            work.count.set(0);
            shapes.effects.clear();
            String flow = how.equals("parallel")
                    ? text.replace("cached:", "parallel: 4\n    cached:")
                    : (how.isEmpty() ? "" : "settings: { " + how + " }\n") + text;
            flows.run(flow, aStart("run-" + (how.isEmpty() ? "streamed" : how.substring(0, 4))));

            assertThat(work.count).as(how).hasValue(1);
            assertThat(shapes.effects).as(how).hasSize(4);
            assertThat(List.copyOf(shapes.effects).stream().distinct()).as(how).hasSize(1);
        }
    }

    @Test
    void whatIsDroppedInsideLeavesNothingBehind() throws Exception {
        String text = ONCE.replace(
                "work-out: {} }", "work-out: {} }\n        - { id: none, filter: { keep: { field: n, is: 0 } } }");
        flows.run(text, aStart("run-1", json("{\"n\":1}")));
        flows.run(text, aStart("run-2", json("{\"n\":1}")));

        assertThat(work.count).hasValue(2);
        assertThat(shapes.effects).isEmpty();
        assertThat(caches.find(SHARED, "sum-1")).isEmpty();
    }

    @Test
    void aResultThatCannotBeKeptGoesOnAllTheSame() throws Exception {
        RunRecord record =
                flows.run(ONCE.replace("work-out: {}", "work-out: { large: true }"), aStart(json("{\"n\":1}")));

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("told:101");
        assertThat(record.logs())
                .extracting(RunRecord.LogLine::text)
                .anyMatch(line -> line.contains(
                        "the result for key 'sum-1' goes on, but is not kept: cache 'shared'" + " would have "));
        assertThat(caches.claimed(SHARED, "sum-1", OTHER)).isFalse();
    }

    @Test
    void aRunThatIsTakenUpAgainSendsNothingAnewInside() throws Exception {
        String text = ONCE.replace("- { id: summed", "- { id: push, send: {} }\n        - { id: summed")
                .replace("work-out: {}", "work-out: { fails: 1 }");
        flows.run(text, aStart(json("{\"n\":1}")));
        flows.checkpoints.failed.clear();
        flows.newLife();

        RunRecord record = flows.run(text, claim(aStart(json("{\"n\":1}")), 1, 1));

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("push:1", "told:101");
    }

    @Test
    void aTryAroundCatchesWhatFailsInside() throws Exception {
        String text = """
                shapes:
                  - id: safely
                    try:
                      shapes:
                        - id: once
                          cached: { cache: shared, key: a, shapes: [ { id: summed, work-out: { fails: 9 } } ] }
                      catch:
                        - { id: caught, send: {} }
                """;
        RunRecord record = flows.run(text, aStart(json("{\"n\":1}")));

        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(shapes.effects).containsExactly("caught:1");
        assertThat(caches.claimed(SHARED, "a", OTHER)).isFalse();
    }

    @Test
    void aResultHasTheMetadataThatItWasGivenInsideAndNoOther() throws Exception {
        String text = ONCE + """
              - { id: said, notify: { per: payload, log: info, text: "${meta.made} ${meta.from}" } }
            """;
        flows.run(text, aStart(json("{\"n\":1}"), Map.of("from", "one", "made", "0")));
        flows.newLife();
        RunRecord record = flows.run(text, claim(withMeta("run-2", Map.of("from", "two", "made", "0")), 1, 0));

        assertThat(record.logs()).extracting(RunRecord.LogLine::text).contains("1 two");
        Payload kept = caches.part(caches.find(SHARED, "sum-1").orElseThrow(), 0, folder)
                .orElseThrow();
        assertThat(kept.meta()).containsOnlyKeys("made");
    }

    private static io.patchbay.queue.Start withMeta(String id, Map<String, String> meta) {
        io.patchbay.queue.Start start = aStart(id, json("{\"n\":1}"));
        return new io.patchbay.queue.Start(
                id, start.flow(), start.trigger(), start.priority(), start.queuedAt(), start.body(), meta, null, null);
    }

    @Test
    void whatAnotherShapePutThereIsAResult() throws Exception {
        Payload there = Payload.of(new Lineage("x"), Json.MAPPER.readTree("{\"n\":7}"));
        caches.write(SHARED, List.of(new CacheWrite("sum-1", CacheWrite.How.PUT, there, null)), null, null);

        flows.run(ONCE, aStart(json("{\"n\":1}")));

        assertThat(shapes.effects).containsExactly("told:7");
        assertThat(work.count).hasValue(0);
    }

    @Test
    void aStopEndsTheWait() throws Exception {
        caches.claim(SHARED, "sum-1", OTHER, Duration.ofMinutes(1));
        flows.deploy(ONCE);
        CompletableFuture<Boolean> run = flows.runner.run(claim(aStart(json("{\"n\":1}")), 1, 0), Slot.NONE);
        await().until(() -> waiting.get() > 0);

        flows.runner.running("run-1").stop(RunStatus.STOPPED, "asked for");

        assertThat(flows.end(run).status()).isEqualTo(RunStatus.STOPPED);
        assertThat(work.count).hasValue(0);
    }

    @Test
    void whatMayGiveManyPayloadsIsAProblemInside() {
        assertThat(flows.problems("""
                shapes:
                  - id: once
                    cached:
                      cache: shared
                      key: a
                      shapes:
                        - { id: pull, numbers: {} }
                        - { id: all, notify: { per: run, log: info, text: a } }
                """)).extracting(Problem::toString).containsExactly("""
                        f.flow.yaml:8:11: 'pull' cannot stand in the cached shape 'once': it may give many payloads, and one is kept [NOT_IN_CACHED]
                          hint: put it before or behind 'once', or call the flow that has it with runFlow""", """
                        f.flow.yaml:9:11: 'all' cannot stand in the cached shape 'once': it works on all payloads at once [NOT_IN_CACHED]
                          hint: put it before or behind 'once', or call the flow that has it with runFlow""");
    }
}
