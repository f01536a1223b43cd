package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.problem.Problem;
import io.patchbay.queue.Start;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.MemoryCheckpoints;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Runner;
import io.patchbay.run.Slot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows from their text to what they do, through real Camel routes. */
class FlowRunTest {

    @TempDir
    Path folder;

    private static final String SECRET = "s3cr3t-grün-of-an-instance";

    private final FlowFixture flows = new FlowFixture();
    private final TestShapes shapes = flows.shapes;
    private final MemoryCheckpoints checkpoints = flows.checkpoints;

    @BeforeEach
    void start() {
        flows.redactor = text -> text.replace(SECRET, "***");
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
    }

    @Test
    void sendsEachPageWhileTheNextOneIsStillToCome() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 2 } }
                  - { id: first, send: {} }
                  - { id: second, send: {} }
                """);

        assertThat(shapes.effects)
                .containsExactly(
                        "first:0",
                        "first:1",
                        "second:0",
                        "second:1",
                        "first:2",
                        "first:3",
                        "second:2",
                        "second:3",
                        "first:4",
                        "first:5",
                        "second:4",
                        "second:5");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.shapes())
                .extracting(RunRecord.ShapeRecord::payloadsOut)
                .containsExactly(3L, 3L, 3L);
        assertThat(record.shapes())
                .extracting(RunRecord.ShapeRecord::recordsOut)
                .containsExactly(6L, 6L, 6L);
    }

    @Test
    void aSecretThatASystemEchoesIsNotInThePayloadsThatAreKept() throws Exception {
        flows.run("""
                settings: { capture: { payloads: all } }
                shapes:
                  - { id: echo, manualPayload: { json: [{ n: 1, sent: "%s", name: "café" }] } }
                  - { id: first, send: {} }
                """.formatted(SECRET));

        assertThat(flows.history.captured)
                .isNotEmpty()
                .extracting(each -> new String(each.bytes(), StandardCharsets.UTF_8))
                .allSatisfy(text -> assertThat(text).doesNotContain(SECRET))
                .anySatisfy(text -> assertThat(text).contains("***", "caf\u00e9"));
    }

    @Test
    void contentThatLooksLikeShapesGetsNoIds() throws Exception {
        flows.run("""
                settings: { capture: { payloads: all } }
                shapes:
                  - manualPayload: { json: [ { n: 1, shapes: [ { map: uk } ], catch: [ { filter: fine } ] } ] }
                  - send: {}
                """);

        assertThat(flows.history.captured)
                .extracting(CapturedPayload::shape, each -> new String(each.bytes(), StandardCharsets.UTF_8))
                .contains(tuple(
                        "manual-payload",
                        "[{\"n\":1,\"shapes\":[{\"map\":\"uk\"}],\"catch\":[{\"filter\":\"fine\"}]}]"));
    }

    @Test
    void letsEachShapeSeeEverythingBeforeTheNextWhenDeliveryIsStaged() throws Exception {
        flows.run("""
                settings: { delivery: staged }
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - { id: first, send: {} }
                  - { id: second, send: {} }
                """);

        assertThat(shapes.effects).containsExactly("first:0", "first:1", "second:0", "second:1");
    }

    @Test
    void worksOncePerRunBehindAllPayloadsAndLetsThemGoOn() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 2 } }
                  - { id: single, singles: {} }
                  - { id: first, send: {} }
                  - { id: told, once: {} }
                  - { id: second, send: {} }
                """);

        assertThat(shapes.effects)
                .containsExactly(
                        "first:0",
                        "first:1",
                        "first:2",
                        "first:3",
                        "told",
                        "second:0",
                        "second:1",
                        "second:2",
                        "second:3");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.shapes().get(3).recordsIn())
                .as("seen at once by 'told'")
                .isEqualTo(4);
        assertThat(record.shapes().get(3).recordsOut()).isEqualTo(4);
    }

    @Test
    void sendsEveryPayloadDownEachBranchOneBranchAfterTheOther() throws Exception {
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - id: both
                    branch:
                      paths:
                        - { name: one, shapes: [ { id: a, send: {} } ] }
                        - { name: two, shapes: [ { id: b, send: {} } ] }
                  - { id: c, send: {} }
                """);

        assertThat(shapes.effects).containsExactly("a:0", "a:1", "b:0", "b:1", "c:0", "c:1", "c:0", "c:1");
    }

    @Test
    void dividesRecordsOverThePathsOfARouteAndJoinsThemBehindIt() throws Exception {
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 4 } }
                  - id: where
                    route:
                      match: first
                      paths:
                        - { name: low, when: { field: n, below: 2 }, shapes: [ { id: a, send: {} } ] }
                        - { name: rest, otherwise: true, shapes: [ { id: b, send: {} } ] }
                  - { id: c, send: {} }
                """);

        assertThat(shapes.effects).containsExactly("a:0", "a:1", "b:2", "b:3", "c:0", "c:1", "c:2", "c:3");
    }

    @Test
    void sendsWhatFailedInATryToItsCatchAndGoesOnWithTheOthers() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - id: safely
                    try:
                      shapes: [ { id: risky, send: { failsAt: 1 } } ]
                      catch: [ { id: caught, send: {} }, { id: told, once: {} } ]
                  - { id: after, send: {} }
                """);

        assertThat(shapes.effects)
                .containsExactly("risky:0", "risky:2", "caught:1", "told", "after:0", "after:2", "after:1");
        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(checkpoints.failed).extracting(FailedPayload::state).containsExactly(FailedPayload.State.CAUGHT);
    }

    @Test
    void whatWasCaughtStillSaysWhyItFailedBehindTheTry() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - id: safely
                    try:
                      shapes: [ { id: risky, send: { failsAt: 1 } } ]
                  - id: told
                    notify: { log: info, text: "${record.n}: ${error.code ?? '-'}, ${error.shape ?? '-'}, ${error.attempts ?? '-'}" }
                """);

        assertThat(record.logs())
                .filteredOn(line -> "told".equals(line.shape()))
                .extracting(RunRecord.LogLine::text)
                .containsExactly("0: -, -, -", "1: REFUSED, risky, 1");
    }

    @Test
    void doesNotRunACatchWhenNothingFailed() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - id: safely
                    try:
                      shapes: [ { id: risky, send: {} } ]
                      catch: [ { id: told, once: {} } ]
                """);

        assertThat(shapes.effects).containsExactly("risky:0", "risky:1");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void stopsTheRunAtAFailureAndKeepsThePayload() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - { id: push, send: { failsAt: 1 } }
                """);

        assertThat(shapes.effects).containsExactly("push:0");
        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason()).contains("push").contains("record 1 was refused");
        assertThat(checkpoints.failed).singleElement().satisfies(failed -> {
            assertThat(failed.shape()).isEqualTo("push");
            assertThat(failed.payload().tree().toString()).isEqualTo("[{\"n\":1}]");
        });
    }

    @Test
    void goesOnWithTheOthersWhenAFailureIsToBeSkipped() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - { id: push, onError: skip, send: { failsAt: 1 } }
                """);

        assertThat(shapes.effects).containsExactly("push:0", "push:2");
        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
    }

    @Test
    void triesAgainWhenAnotherAttemptMayHelp() throws Exception {
        shapes.failuresLeft.put("push", new AtomicInteger(2));
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - { id: push, retries: { count: 2, backoff: 10ms }, send: { retryable: true } }
                """);

        assertThat(shapes.effects).containsExactly("push:0");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.shapes().get(1).attempts()).isEqualTo(3);
    }

    @Test
    void makesBatchesAnewAndSendsOnlyThoseThatWereNotSent() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 4 } }
                  - { id: each, singles: {} }
                  - { id: push, send: { failsAt: 2 } }
                """;
        flows.run(text);
        assertThat(shapes.effects).containsExactly("push:0", "push:1");
        checkpoints.failed.clear();
        shapes.failuresLeft.put("push", new AtomicInteger(0));
        RunRecord record = flows.run(text, claim(aStart(), 1, 1));

        assertThat(shapes.effects)
                .containsExactly("push:0", "push:1", "push:2", "push:3", "push:4", "push:5", "push:6", "push:7");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void sendsOnlyThePartsOfAPayloadThatWereNotSentWhenItIsTakenUpAgain() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 3 } }
                  - { id: push, parts: { failsAt: 4 } }
                """;
        flows.run(text);
        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2", "push:3");
        assertThat(checkpoints.sent)
                .as("below the page, with which they are dropped")
                .containsKeys("push|run-1/pull#0/push+1#0", "push|run-1/pull#1/push+1#3");
        checkpoints.failed.clear();
        shapes.failuresLeft.put("push", new AtomicInteger(0));
        RunRecord record = flows.run(text, claim(aStart(), 1, 1));

        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2", "push:3", "push:4", "push:5");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(checkpoints.sent.get("push|run-1/pull#1").output().tree())
                .as("answers of both lives")
                .hasToString("[{\"n\":\"answer 3\"},{\"n\":\"answer 4\"},{\"n\":\"answer 5\"}]");
    }

    @Test
    void whatWasSentWhenAnotherRecordEndsTheRunIsKeptBehindTheSendingShape() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 3 } }
                  - { id: push, parts: { leavesOut: 1 } }
                  - { id: told, send: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(shapes.effects).containsExactly("push:0", "push:2");
        assertThat(checkpoints.failed)
                .extracting(failed -> failed.shape() + " " + failed.state() + " "
                        + failed.payload().tree())
                .containsExactlyInAnyOrder(
                        "push OPEN {\"n\":1}", "told HELD [{\"n\":\"answer 0\"},{\"n\":\"answer 2\"}]");
    }

    @Test
    void aRecordThatIsHeldIsNoFailureAndNoCatchTakesIt() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 3 } }
                  - id: careful
                    try:
                      shapes: [ { id: push, parts: { leavesOut: 1, retryable: true } } ]
                      catch: [ { id: caught, send: {} } ]
                """);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("push:0", "push:2");
        assertThat(checkpoints.failed)
                .extracting(failed -> failed.shape() + " " + failed.state())
                .containsExactly("push HELD");
    }

    @Test
    void triesOnlyThePartsAgainThatWereNotSent() throws Exception {
        shapes.failuresLeft.put("push", new AtomicInteger(2));
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 4 } }
                  - { id: push, retries: { count: 2, backoff: 10ms }, parts: { failsAt: 2, retryable: true } }
                """);

        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2", "push:3");
        assertThat(record.shapes().get(1).attempts()).isEqualTo(3);
    }

    @Test
    void aPartThatAGivenUpTryMadeIsMarkedByTheTryThatGoesOn() throws Exception {
        String mark = "push|run-1/push+1#0";
        List<Boolean> marked = new ArrayList<>();
        shapes.beforeSecondTry = () -> marked.add(checkpoints.sent.containsKey(mark));
        RunRecord record = flows.run("""
                shapes:
                  - { id: push, timeout: 100ms, retries: { count: 1, backoff: 10ms }, late: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).as("made once").containsExactly("push in try 1");
        assertThat(marked).as("marked by the try that was given up").containsExactly(false);
        assertThat(checkpoints.sent).containsKey(mark);
        assertThat(checkpoints.sent.get(mark).output().tree()).hasToString("\"answer\"");
        assertThat(checkpoints.sent.get("push|run-1").output().tree()).hasToString("\"answer\"");
    }

    @Test
    void goesOnFromItsCheckpointsWithoutSendingAgain() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - { id: push, send: { failsAt: 1 } }
                """;
        flows.run(text);
        checkpoints.failed.clear();
        shapes.failuresLeft.put("push", new AtomicInteger(0));
        RunRecord record = flows.run(text, claim(aStart(), 1, 1));

        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.resumed()).isEqualTo(1);
    }

    @Test
    void entersAtAShapeWithABucketOfPayloads() throws Exception {
        Body one = Runner.asBody(List.of(Payload.of(Lineage.ofRun("x"), Json.MAPPER.readTree("[{\"n\":7}]"))), folder);
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - id: safely
                    try:
                      shapes: [ { id: first, send: {} }, { id: second, send: {} } ]
                  - { id: after, send: {} }
                """, aStart(one, "second"));

        assertThat(shapes.effects).containsExactly("second:7", "after:7");
    }

    @Test
    void aRunThatWasGivenBackWithoutACrashDoesNotSendAgainWhatItSent() throws Exception {
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - { id: push, send: {} }
                """);
        checkpoints.sent("run-1", "push", "run-1/pull#0", null).join();

        assertThat(flows.runner.run(claim(aStart(), 2, 0), Slot.NONE).get(20, TimeUnit.SECONDS))
                .isTrue();

        assertThat(shapes.effects).isEmpty();
    }

    @Test
    void swapsAFlowWhileTheOldRevisionGoesWithItsLastRun() {
        flows.deploy("shapes: [ { id: pull, numbers: {} } ]\n");
        String before = flows.deployer.deployed().get("f").routeId();
        flows.deploy("shapes: [ { id: pull, numbers: { pages: 2 } } ]\n");

        assertThat(flows.context.getRoute(before)).isNull();
        assertThat(flows.context.getRoutes()).hasSize(1);
        assertThat(flows.context.getEndpoints()).hasSize(1);
    }

    @Test
    void losesAndDoublesNoStartWhileAFlowIsSwappedAHundredTimes() throws Exception {
        flows.deploy("shapes: [ { id: one, numbers: {} }, { id: push, send: {} } ]\n");
        AtomicBoolean swapping = new AtomicBoolean(true);
        List<Future<Integer>> callers = new ArrayList<>();
        ExecutorService load = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 4; thread++) {
            String prefix = "run-" + thread + "-";
            callers.add(load.submit(() -> {
                int runs = 0;
                while (swapping.get()) {
                    Start start = aStart(prefix + runs++);
                    assertThat(flows.runner.run(claim(start, 1, 0), Slot.NONE).get(20, TimeUnit.SECONDS))
                            .isTrue();
                }
                return runs;
            }));
        }
        for (int swap = 1; swap <= 100; swap++) {
            flows.deploy("name: version " + swap + "\nshapes: [ { id: one, numbers: {} }, { id: push, send: {} } ]\n");
        }
        swapping.set(false);
        int runs = 0;
        for (Future<Integer> caller : callers) {
            runs += caller.get(20, TimeUnit.SECONDS);
        }
        load.shutdown();

        assertThat(runs).isGreaterThan(100);
        assertThat(shapes.effects).hasSize(runs);
        assertThat(checkpoints.outcomes).hasSize(runs).allMatch(run -> run.status() == RunStatus.SUCCEEDED);
        assertThat(flows.context.getRoutes()).hasSize(1);
    }

    @Test
    void leavesTheGoodVersionWhereItIsWhenTheFileTurnsBad() {
        flows.deploy("shapes: [ { id: pull, numbers: {} } ]\n");
        List<Problem> problems = flows.problems("shapes: [ { id: pull, numbrs: {} } ]\n");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.toString())
                    .contains("f.flow.yaml:2:23: there is no shape 'numbrs' [UNKNOWN_SHAPE]")
                    .contains("did you mean 'numbers'?");
        });
        assertThat(flows.deployer.deployed()).containsKey("f");
    }

    @Test
    void namesEveryNodeByTheShapesId() {
        flows.deploy("shapes: [ { id: pull, numbers: {} }, { id: push, send: {} } ]\n");

        assertThat(flows.context
                        .getRouteDefinitions()
                        .get(0)
                        .getOutputs()
                        .get(0)
                        .getId())
                .endsWith("pull");
    }
}
