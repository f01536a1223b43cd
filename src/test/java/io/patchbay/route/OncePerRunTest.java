package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.run.MemoryCheckpoints;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Runner;
import io.patchbay.shape.Plan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes that work once per run do so whatever reaches them, and count what reached them. */
class OncePerRunTest {

    private static final String DROP = "filter: { keep: { field: n, as: number, above: 100 } }";

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

    /** A run of one record. */
    private RunRecord run(String text) throws Exception {
        return flows.run(text, aStart(json("{\"n\":7}")));
    }

    /** A replay: the run enters at a shape with one payload. */
    private RunRecord replay(String text, String entry) throws Exception {
        Payload kept = Payload.of(Lineage.ofRun("x"), Json.MAPPER.readTree("[{\"n\":7},{\"n\":8}]"));
        return flows.run(text, aStart(Runner.asBody(List.of(kept), folder), entry));
    }

    private static RunRecord.ShapeRecord shape(RunRecord record, String id) {
        return record.shapes().stream()
                .filter(one -> one.shape().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void assertCounts(RunRecord record, String id, long payloads, long records) {
        RunRecord.ShapeRecord of = shape(record, id);
        assertThat(List.of(of.payloadsIn(), of.recordsIn(), of.payloadsOut(), of.recordsOut()))
                .as("payloads and records in, payloads and records out of '%s'", id)
                .containsExactly(payloads, records, payloads, records);
    }

    @Test
    void worksWhenAllWasFilteredOutAndNothingWasSplit() throws Exception {
        RunRecord record = run("""
                shapes:
                  - { id: big, %s }
                  - { id: told, once: {} }
                """.formatted(DROP));

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("told");
        assertCounts(record, "told", 0, 0);
    }

    @Test
    void tellsTheCountsUpToHereWhenAllWasFilteredOut() throws Exception {
        RunRecord record = run("""
                shapes:
                  - { id: big, %s }
                  - { id: told, notify: { per: run, log: info, text: "${run.shapes.big.records} of it" } }
                """.formatted(DROP));

        assertThat(record.logs()).extracting(RunRecord.LogLine::text).containsExactly("0 of it");
    }

    @Test
    void worksWhenAFailureThatIsSkippedLeftNothing() throws Exception {
        RunRecord record = run("""
                shapes:
                  - { id: push, onError: skip, send: { failsAt: 7 } }
                  - { id: told, once: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(shapes.effects).containsExactly("told");
    }

    @Test
    void worksWhenNothingReachedThePullBeforeIt() throws Exception {
        run("""
                shapes:
                  - { id: push, onError: skip, send: { failsAt: 7 } }
                  - { id: pull, numbers: { pages: 2 } }
                  - { id: told, once: {} }
                """);

        assertThat(shapes.effects).containsExactly("told");
    }

    @Test
    void worksInATryWhoseOtherShapeFailed() throws Exception {
        run("""
                shapes:
                  - id: safely
                    try:
                      shapes: [ { id: push, send: { failsAt: 7 } }, { id: told, once: {} } ]
                      catch: [ { id: caught, send: {} } ]
                """);

        assertThat(shapes.effects).containsExactly("told", "caught:7");
    }

    @Test
    void worksInAPathThatNoPayloadTakes() throws Exception {
        String text = """
                shapes:
                  - id: where
                    route:
                      match: first
                      paths:
                        - { name: low, when: { field: n, below: 2 }, shapes: [ { id: few, once: {} } ] }
                        - { name: rest, otherwise: true, shapes: [ { id: many, once: {} } ] }
                """;
        run(text);
        assertThat(shapes.effects).as("one payload").containsExactly("few", "many");

        shapes.effects.clear();
        run(text.replace("shapes:\n", "shapes:\n  - { id: pull, numbers: { pages: 2, size: 1 } }\n"));
        assertThat(shapes.effects).as("many payloads").containsExactly("few", "many");
    }

    @Test
    void countsWhatReachedItAsTheLastShapeOfAStream() throws Exception {
        RunRecord record = run("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 2 } }
                  - { id: push, send: {} }
                  - { id: told, once: {} }
                  - { id: again, once: {} }
                """);

        assertCounts(record, "told", 3, 6);
        assertCounts(record, "again", 3, 6);
        assertThat(checkpoints.events).as("pages are not held back for it").contains("delivered run-1/pull#2");
    }

    @Test
    void countsWhatReachedItUnderAReplay() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 2 } }
                  - { id: big, filter: { keep: { field: n, as: number, above: 7 } } }
                  - { id: told, notify: { per: run, log: info, text: "first ${record.n}" } }
                """;
        RunRecord record = replay(text, "big");

        assertCounts(record, "told", 1, 1);
        assertThat(record.logs())
                .as("not what was replayed")
                .extracting(RunRecord.LogLine::text)
                .containsExactly("first 8");
    }

    @Test
    void countsNothingUnderAReplayOfWhichNothingIsLeft() throws Exception {
        RunRecord record = replay("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 2 } }
                  - { id: big, %s }
                  - { id: told, once: {} }
                """.formatted(DROP), "big");

        assertThat(shapes.effects).containsExactly("told");
        assertCounts(record, "told", 0, 0);
    }

    @Test
    void countsWhatTheWaysOfARouteLetThrough() throws Exception {
        RunRecord record = run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 2 } }
                  - id: where
                    route:
                      match: first
                      paths:
                        - { name: low, when: { field: n, as: number, below: 1 }, shapes: [ { id: a, %s } ] }
                        - { name: rest, otherwise: true, shapes: [ { id: b, send: {} } ] }
                  - { id: told, once: {} }
                """.formatted(DROP));

        assertCounts(record, "told", 2, 3);
    }

    @Test
    void answersACallerWhoseFlowLeftNothingAsItSaysForThat() throws Exception {
        flows.deploy("""
                trigger: [ { callback: { path: f, method: POST, auth: none } } ]
                shapes:
                  - { id: big, %s }
                  - { id: answer, callback: { answer: one, whenEmpty: { status: 404 } } }
                """.formatted(DROP));

        Plan.Answer answer = flows.runner.call(aStart(json("{\"n\":7}"))).get(10, TimeUnit.SECONDS);

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void failsARunWhoseAnswerWouldNotBeWhatItWas() throws Exception {
        flows.deploy("""
                trigger: [ { callback: { path: f, method: POST, auth: none } } ]
                shapes:
                  - { id: answer, callback: {} }
                """);

        Body picture = new Body.Bytes(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, "image/png");

        assertThatThrownBy(() -> flows.runner.call(aStart(picture)).get(10, TimeUnit.SECONDS))
                .hasStackTraceContaining("content of type 'image/png' is no text (UTF-8)");
    }

    @Test
    void worksWhenThePullBeforeItCannotBeOpenedAndIsSkipped() throws Exception {
        shapes.failuresLeft.put("pull", new AtomicInteger(1));
        run("""
                shapes:
                  - { id: pull, onError: skip, numbers: { pages: 2 } }
                  - { id: told, once: {} }
                """);

        assertThat(shapes.effects).containsExactly("told");
    }

    @Test
    void letsPayloadsGoOnWhenItFailsAndIsSkipped() throws Exception {
        shapes.failuresLeft.put("told", new AtomicInteger(1));
        RunRecord record = run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - { id: told, onError: skip, once: {} }
                  - { id: push, send: {} }
                  - { id: end, once: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(shapes.effects).containsExactly("push:0", "push:1", "end");
        assertCounts(record, "end", 2, 2);
    }

    @Test
    void keepsPayloadsBehindItWhenItFailsAndStopsTheRun() throws Exception {
        shapes.failuresLeft.put("told", new AtomicInteger(1));
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - { id: told, once: {} }
                  - { id: push, send: {} }
                """;
        RunRecord record = run(text);

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(checkpoints.failed)
                .extracting(failed -> failed.shape() + " " + failed.state() + " "
                        + new String(failed.payload().bytes(), StandardCharsets.UTF_8))
                .containsExactly("told OPEN ", "push HELD [{\"n\":0}]", "push HELD [{\"n\":1}]");
        assertThat(shapes.effects).isEmpty();

        Body told = Runner.asBody(List.of(checkpoints.failed.get(0).payload()), folder);
        checkpoints.outcomes.clear();
        RunRecord again = flows.run(text, aStart(told, "told"));
        assertThat(shapes.effects)
                .as("nothing goes on from what was no payload")
                .containsExactly("told");
        assertCounts(again, "told", 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void failsTheRunWhenABucketCannotBeKept(int pages) throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("file"), "a file where a folder is due");
        flows.spill = inTheWay;
        flows.bucketMemory = 1;
        flows.newLife();
        RunRecord record = run("""
                shapes:
                  - { id: pull, numbers: { pages: PAGES, size: 1 } }
                  - { id: told, once: {}, onError: skip }
                  - { id: push, send: {} }
                """.replace("PAGES", Integer.toString(pages)));

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason()).contains("a bucket cannot be kept on disk");
        assertThat(shapes.effects).isEmpty();
    }
}
