package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.run.MemoryCheckpoints;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Runner;
import io.patchbay.run.Slot;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that go on from what an earlier life of them kept, and runs that enter a flow at one of its shapes. */
class ResumeAndReplayTest {

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
    void goesOnFromItsCheckpointsWithoutSendingAgain() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - { id: push, send: { failsAt: 1 } }
                """;
        flows.run(text);
        RunRecord record = flows.runAgain(text);

        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.resumed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{ id: wanted, filter: { keep: { field: n, is: 1 } } }, { id: push, onError: skip, send: { failsAt: 1 } }; PARTIAL",
                "{ id: push, onError: skip, send: { failsAt: 1 } }; PARTIAL",
                "{ id: push, onError: skip, send: { failsAt: 1, leavesOut: 0 } }; PARTIAL",
                "{ id: rest, filter: { dropEmpty: false, keep: { field: n, is: 7 } } }, { id: wanted, filter: { keep: { field: n, is: 7 } } }; SUCCEEDED",
                "{ id: bad, onError: skip, assert: { that: { field: n, is: 7 } } }; FAILED",
                "{ id: safely, try: { shapes: [ { id: push, send: { failsAt: 1 } } ], catch: [ { id: none, filter: { keep: { field: n, is: 7 } } } ] } }; PARTIAL",
                "{ id: safely, try: { outcome: succeed, shapes: [ { id: push, send: { failsAt: 1 } } ] } }; SUCCEEDED",
                "{ id: safely, try: { outcome: fail, shapes: [ { id: push, send: { failsAt: 1 } } ] } }; FAILED",
            })
    void endsAfterACrashAsItWouldHaveEndedWithoutOne(String shapes, RunStatus status) throws Exception {
        String text = "shapes: [ { id: pull, numbers: { pages: 3, size: 1 } }, " + shapes + ", { id: out, send: {} } ]";
        RunRecord whole = flows.run(text);
        assertThat(whole.status()).isEqualTo(status);

        flows.newLife();
        RunRecord again = flows.run(text, claim(aStart(), 1, 1)); // all was delivered, but the end was not written

        assertThat(again.status()).isEqualTo(status);
        assertThat(again.reason()).isEqualTo(whole.reason());
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
        RunRecord record = flows.runAgain(text);

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
        RunRecord record = flows.runAgain(text);

        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2", "push:3", "push:4", "push:5");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(checkpoints.sent.get("push|run-1/pull#1").output().tree())
                .as("answers of both lives")
                .hasToString("[{\"n\":\"answer 3\"},{\"n\":\"answer 4\"},{\"n\":\"answer 5\"}]");
    }

    @ParameterizedTest
    @CsvSource({"40B, 1GB", "1GB, 40B", "40B, 80B", "80B, 40B", "100B, 60B"})
    void pagesOfRecordsEndWhereTheyEndedThoughTheBoundOfTheirBytesIsAnother(String then, String now) throws Exception {
        String text = """
                shapes:
                  - { id: rows, manualPayload: { text: "n\\n0\\n1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n", contentType: text/csv } }
                  - { id: pages, convert: { from: csv, to: json, chunk: 4, chunkBytes: BOUND } }
                  - { id: push, parts: { failsAt: 5 } }
                """;
        flows.run(text.replace("BOUND", then));
        assertThat(shapes.effects).hasSize(5);
        RunRecord record = flows.runAgain(text.replace("BOUND", now));

        assertThat(shapes.effects)
                .containsExactly(
                        "push:0", "push:1", "push:2", "push:3", "push:4", "push:5", "push:6", "push:7", "push:8",
                        "push:9");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
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
    void aReplayWhoseShapeIsGoneEndsAndKeepsItsPayload() throws Exception {
        RunRecord record = flows.run(
                "shapes: [ { id: push, send: {} } ]",
                aStart(new Body.Bytes("{\"n\":7}".getBytes(), "application/json"), "gone"));

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason()).contains("there is no shape 'gone' under revision", "[NO_SHAPE]");
        assertThat(shapes.effects).isEmpty();
        assertThat(checkpoints.failed).singleElement().satisfies(failed -> {
            assertThat(failed.shape()).isEqualTo("gone");
            assertThat(failed.payload().tree()).hasToString("{\"n\":7}");
        });
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
}
