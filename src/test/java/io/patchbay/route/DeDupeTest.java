package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static io.patchbay.route.FlowFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.problem.Problem;
import io.patchbay.queue.Priority;
import io.patchbay.queue.Start;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Runner;
import io.patchbay.run.Slot;
import io.patchbay.run.pool.JdbcPools;
import io.patchbay.run.pool.KeptPools;
import io.patchbay.shape.PoolRules;
import io.patchbay.shape.Stores;
import io.patchbay.shape.dedupe.Pools;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are let through once, in runs that go well, fail, break off and meet. */
class DeDupeTest {

    private static final String FLOW = """
            settings: { overlap: parallel }
            shapes:
              - { id: pull, numbers: { pages: 2, size: 2 } }
              - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push } } }
              - { id: push, send: { failsAt: 2 } }
            """;

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture(4);
    private Store store;
    private JdbcPools pools;

    @BeforeEach
    void start() throws Exception {
        store = Store.open(StoreProperties.embedded(), folder.resolve("data"), Clock.systemUTC());
        pools = new JdbcPools(store, Clock.systemUTC());
        flows.services =
                Map.of(Pools.class, pools, Stores.class, new Stores(Map.of(), Map.of("numbers", PoolRules.DEFAULT)));
        flows.listeners = List.of(pools);
        flows.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        flows.close();
        pools.close();
        store.close();
    }

    /** Keys that are remembered, once no run has a claim any more. */
    private List<String> remembered() {
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> pools.kept().pools().stream().allMatch(pool -> pool.claimed() == 0));
        return pools.kept().keys("numbers", new KeptPools.Query(null, null, null, 100)).stream()
                .map(KeptPools.PoolKey::key)
                .toList();
    }

    private List<String> effects() {
        List<String> effects = List.copyOf(flows.shapes.effects);
        flows.shapes.effects.clear();
        return effects;
    }

    private void nothingFails() {
        flows.checkpoints.failed.clear();
        flows.shapes.failuresLeft.put("push", new AtomicInteger(0));
    }

    private void another(String run, String text) throws Exception {
        flows.run(text, claim(aStart(run), 1, 0));
    }

    @Test
    void aFailedSendReleasesItsKeysAndTheNextRunSendsThem() throws Exception {
        assertThat(flows.run(FLOW).status()).isEqualTo(RunStatus.FAILED);
        assertThat(effects()).containsExactly("push:0", "push:1");
        assertThat(remembered()).containsExactly("0", "1");

        nothingFails();
        another("run-2", FLOW);
        assertThat(effects()).containsExactly("push:2", "push:3");
        another("run-3", FLOW);
        assertThat(effects()).isEmpty();
        assertThat(remembered()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void whatWasSentBeforeACrashIsRememberedWhenTheRunIsTakenUpAgain() throws Exception {
        flows.deploy(FLOW);
        nothingFails();
        pools.claim(
                new Pools.Asking("numbers", "", java.time.Duration.ofDays(90), "run-1", "before", null),
                List.of(new Pools.Key("0", "x"), new Pools.Key("1", "y")));
        flows.checkpoints.sent("run-1", "push", "run-1/pull#0", null).join();
        assertThat(flows.runner.run(claim(aStart(), 2, 1), Slot.NONE).get(20, TimeUnit.SECONDS))
                .isTrue();

        assertThat(effects()).as("the first page was sent before").containsExactly("push:2", "push:3");
        assertThat(remembered()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void aRunThatBrokeOffSendsWhatItDidNotSendAndNothingTwice() throws Exception {
        flows.run(FLOW);
        effects();
        assertThat(remembered())
                .as("the first attempt has let go of its claims")
                .containsExactly("0", "1");
        nothingFails();
        flows.run(FLOW, claim(aStart(), 2, 1));

        assertThat(effects()).containsExactly("push:2", "push:3");
        assertThat(remembered()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void ofTwoRunsAtOnceOneSendsARecord() throws Exception {
        String text = """
                settings: { overlap: parallel }
                shapes:
                  - { id: pull, numbers: { pages: 20, size: 5 } }
                  - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push } } }
                  - { id: push, send: {} }
                """;
        flows.deploy(text);
        CompletableFuture<Boolean> one = flows.runner.run(claim(aStart("run-1"), 1, 0), Slot.NONE);
        CompletableFuture<Boolean> two = CompletableFuture.supplyAsync(
                        () -> flows.runner.run(claim(aStart("run-2"), 1, 0), Slot.NONE))
                .thenCompose(run -> run);
        assertThat(one.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(two.get(20, TimeUnit.SECONDS)).isTrue();

        assertThat(effects()).hasSize(100).doesNotHaveDuplicates();
        assertThat(remembered()).hasSize(100);
    }

    @Test
    void aRecordWhoseKeyAnotherRunHasClaimedIsDroppedOrFailsAsToldAndIsFreeWhenThatOneFailed() throws Exception {
        String text = """
                settings: { overlap: parallel }
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - { id: new-ones, deDupe: { pool: numbers, key: n, whenClaimed: %s, remember: { after: push } } }
                  - { id: push, send: {} }
                """;
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        flows.shapes.onEffect = effect -> {
            sending.countDown();
            try {
                goOn.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("the line broke");
        };
        flows.deploy(text.formatted("drop"));
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(
                        () -> flows.runner.run(claim(aStart("run-1"), 1, 0), Slot.NONE))
                .thenCompose(run -> run);
        assertThat(sending.await(20, TimeUnit.SECONDS)).isTrue();

        RunRecord dropped = flows.run(text.formatted("drop"), claim(aStart("run-2"), 1, 0));
        assertThat(dropped.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(dropped.logs())
                .extracting(RunRecord.LogLine::text)
                .contains("dropped of 1 record: 1 claimed by another run, which sends it or keeps it as failed");
        RunRecord failed = flows.run(text.formatted("fail"), claim(aStart("run-3"), 1, 0));
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(flows.checkpoints.failed).extracting(FailedPayload::code).containsExactly("CLAIMED");

        goOn.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(remembered()).isEmpty();
        flows.shapes.onEffect = effect -> {};
        effects();
        another("run-4", text.formatted("drop"));
        assertThat(effects()).containsExactly("push:0");
        assertThat(remembered()).containsExactly("0");
    }

    @Test
    void aReplayFromTheShapeThatSendsRemembersWhatItSent() throws Exception {
        flows.run(FLOW);
        effects();
        assertThat(remembered()).containsExactly("0", "1");
        Payload failed = flows.checkpoints.failed.stream()
                .filter(payload -> payload.shape().equals("push"))
                .findFirst()
                .orElseThrow()
                .payload();
        Body body = Runner.asBody(List.of(failed), folder);
        nothingFails();
        Start replay = new Start(
                "run-2",
                "f",
                "replay",
                Priority.REGULAR,
                Clock.systemUTC().instant(),
                body,
                Map.of(Runner.PARENT, "run-1"),
                null,
                "push");
        assertThat(flows.runner.run(claim(replay, 1, 0), Slot.NONE).get(20, TimeUnit.SECONDS))
                .isTrue();

        assertThat(effects()).contains("push:2");
        assertThat(remembered()).contains("0", "1", "2");
    }

    @Test
    void recordsThatAreDroppedOnTheWayAreNotRemembered() throws Exception {
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 4 } }
                  - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push } } }
                  - { id: small, filter: { drop: { field: n, above: 1 } } }
                  - { id: push, send: {} }
                """);

        assertThat(remembered()).containsExactly("0", "1");
    }

    @Test
    void aMapMayMoveTheKey() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 2 } }
                  - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push%s } } }
                  - { id: renamed, map: { fields: [ { to: number, from: n } ] } }
                  - { id: push, send: {} }
                """;
        RunRecord unknown = flows.run(text.formatted(""));
        assertThat(unknown.logs())
                .extracting(RunRecord.LogLine::text)
                .anyMatch(line -> line.contains("2 records have passed without a value at 'n'"));
        assertThat(remembered()).isEmpty();

        flows.run(text.formatted(", key: number"), claim(aStart("run-2"), 1, 0));
        assertThat(remembered()).containsExactly("0", "1");
    }

    @Test
    void aRecordThatIsAloneIsRecognisedWithoutItsKey() throws Exception {
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push } } }
                  - { id: renamed, map: { fields: [ { to: number, from: n } ] } }
                  - { id: push, send: {} }
                """);

        assertThat(remembered()).containsExactly("0", "1");
    }

    @Test
    void repeatsWithinARunAreDroppedAlsoWhenTheyComeInOnePayload() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push } } }
                  - { id: push, send: {} }
                """, aStart(json("[{\"n\":1},{\"n\":2},{\"n\":1}]")));

        assertThat(effects()).containsExactly("push:1", "push:2");
        assertThat(record.logs())
                .extracting(RunRecord.LogLine::text)
                .contains("dropped of 3 records: 1 repeated in this run");
    }

    @Test
    void worksInATryWhoseCatchSendsElsewhere() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - id: safely
                    try:
                      shapes:
                        - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push } } }
                        - { id: push, send: { failsAt: 1 } }
                      catch:
                        - { id: aside, send: {} }
                """;
        flows.run(text);
        assertThat(effects()).containsExactlyInAnyOrder("push:0", "push:2", "aside:1");
        assertThat(remembered()).containsExactly("0", "2");
    }

    @Test
    void aFilterSeesNothingOfWhatATrackBehindItLearns() throws Exception {
        String text = """
                shapes:
                  - { id: new-ones, deDupe: { pool: numbers, key: n, behaviour: filter } }
                  - { id: push, send: {} }
                  - { id: learned, deDupe: { pool: numbers, key: n, behaviour: track } }
                """;
        flows.run(text, aStart(json("[{\"n\":1},{\"n\":1}]")));
        assertThat(effects()).containsExactly("push:1", "push:1");
        flows.run(
                text,
                claim(
                        new Start(
                                "run-2",
                                "f",
                                "manual",
                                Priority.REGULAR,
                                Clock.systemUTC().instant(),
                                json("[{\"n\":1},{\"n\":2}]"),
                                Map.of(),
                                null,
                                null),
                        1,
                        0));
        assertThat(effects()).containsExactly("push:2");
        assertThat(remembered()).containsExactly("1", "2");
    }

    @Test
    void refusesAShapeThatIsNotBehindOrSendsNothing() {
        String text = """
                shapes:
                  - { id: early, send: {} }
                  - { id: pull, numbers: {} }
                  - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: %s } } }
                  - id: ways
                    branch:
                      paths:
                        - { name: a, shapes: [ { id: push, send: {} } ] }
                        - { name: b, shapes: [ { id: kept, filter: { keep: { field: n, is: 1 } } } ] }
                """;
        assertThat(problem(text.formatted("push"))).isNull();
        assertThat(problem(text.formatted("early")))
                .contains("f.flow.yaml:5:")
                .contains("'early' is not behind 'new-ones': it works earlier [NOT_BEHIND]")
                .contains("shapes behind 'new-ones' that send: 'push'");
        assertThat(problem(text.formatted("kept")))
                .contains("'kept' sends nothing")
                .contains("SENDS_NOTHING");
        assertThat(problem(text.formatted("pusch")))
                .contains("UNKNOWN_SHAPE_ID")
                .contains("'push'");
        assertThat(problem("""
                shapes:
                  - { id: pull, numbers: {} }
                  - id: ways
                    branch:
                      paths:
                        - { name: a, shapes: [ { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push } } } ] }
                        - { name: b, shapes: [ { id: push, send: {} } ] }
                """)).contains("'push' is in another path of 'ways'");
        assertThat(problem("""
                trigger: [ { callback: { path: p, auth: none } } ]
                shapes:
                  - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push } } }
                  - { id: told, callback: {} }
                  - { id: push, send: {} }
                """)).contains("stands behind an answer");
    }

    @Test
    void warnsOfAPoolThatIsNotDeclared() {
        assertThat(problem("""
                shapes:
                  - { id: pull, numbers: {} }
                  - { id: new-ones, deDupe: { pool: nunbers, key: n, behaviour: filterAndTrack } }
                """))
                .contains("no stores.yaml declares a pool 'nunbers'")
                .contains("did you mean 'numbers'?");
    }

    private String problem(String text) {
        List<Problem> problems = flows.problems(text);
        return problems.isEmpty() ? null : problems.get(0).toString();
    }
}
