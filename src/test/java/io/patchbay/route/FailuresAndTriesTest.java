package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.FailedPayload;
import io.patchbay.run.MemoryCheckpoints;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a payload that fails, and of the others: tries, catches, skips and the end of the run. */
class FailuresAndTriesTest {

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();
    private final TestShapes shapes = flows.shapes;
    private final MemoryCheckpoints checkpoints = flows.checkpoints;

    @BeforeEach
    void start() {
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
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
        assertThat(record.reason()).startsWith("shape 'push' failed: ").contains("record 1 was refused");
    }

    @Test
    void isPartialWhenOnePayloadFailedAndTheOthersWereFilteredAway() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - { id: wanted, filter: { keep: { field: n, is: 1 } } }
                  - { id: push, onError: skip, send: { failsAt: 1 } }
                """);

        assertThat(shapes.effects).isEmpty();
        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(record.reason()).startsWith("shape 'push' failed: ").contains("record 1 was refused");
        assertThat(checkpoints.failed).extracting(FailedPayload::shape).containsExactly("push");
    }

    @Test
    void isPartialWhenWhatWentWellEndedInAShorterPathThanWhatFailed() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - id: ways
                    route:
                      paths:
                        - { name: even, when: { field: n, is: 0 }, shapes: [ { id: first, send: {} } ] }
                        - { name: odd, when: { field: n, is: 1 }, shapes: [ { id: push, onError: skip, send: { failsAt: 1 } } ] }
                """);

        assertThat(shapes.effects).containsExactly("first:0");
        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
    }

    @Test
    void failsWhenTheOnlyPayloadFailsThoughAFilterTookRecordsOutOfIt() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 2 } }
                  - { id: wanted, filter: { keep: { field: n, is: 1 } } }
                  - { id: push, onError: skip, send: { failsAt: 1 } }
                """);

        assertThat(record.status()).as("one payload, and it failed").isEqualTo(RunStatus.FAILED);
    }

    @Test
    void failsWhenAFilterLeavesOutWhatFailuresHadEmptied() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: rows, manualPayload: { json: [ { a: x }, { a: y } ] } }
                  - { id: count, onError: skip, filter: { dropEmpty: false, keep: { field: a, as: number, above: 1 } } }
                  - { id: wanted, filter: { keep: { field: a, is: z } } }
                """);

        assertThat(checkpoints.failed).as("both records").hasSize(2);
        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void failsWhenWhatWasCaughtIsLeftOutAndAllElseFailed() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - id: safely
                    try:
                      shapes: [ { id: risky, send: { failsAt: 1 } } ]
                      catch: [ { id: none, filter: { keep: { field: n, is: 7 } } } ]
                  - { id: push, onError: skip, send: { failsAt: 0 } }
                """);

        assertThat(checkpoints.failed)
                .extracting(FailedPayload::state)
                .containsExactlyInAnyOrder(FailedPayload.State.CAUGHT, FailedPayload.State.OPEN);
        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void saysHowManyFailedAndWhyTheLastOneDidWhereNobodyStoppedTheRun() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: rows, manualPayload: { json: [ { a: x }, { a: y } ] } }
                  - { id: count, onError: skip, map: { fields: [ { to: n, from: a, then: [ number ] } ] } }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason())
                .startsWith("2 payloads failed; the last one: shape 'count' failed: ")
                .contains("field 'n'");
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
}
