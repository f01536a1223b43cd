package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is collected goes on once, in order, and after a crash as it was. */
class CollectTest {

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();
    private final TestShapes shapes = flows.shapes;
    private final List<Payload> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        flows.types.add(new See());
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
    }

    /** Keeps what reaches it. */
    private final class See extends TestShape<TestShape.None> {
        See() {
            super("see", None.class, Contract.one());
        }

        @Override
        public Plan plan(None settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                seen.add(payload);
                return payload;
            });
        }
    }

    private List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        seen.forEach(payload -> bodies.add(new String(payload.bytes(), java.nio.charset.StandardCharsets.UTF_8)));
        return bodies;
    }

    @Test
    void cutsWhatManyPagesYieldIntoPayloadsOfTheirRecords() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 2 } }
                  - { id: some, collect: { size: 4 } }
                  - { id: look, see: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(bodies()).containsExactly("[{\"n\":0},{\"n\":1},{\"n\":2},{\"n\":3}]", "[{\"n\":4},{\"n\":5}]");
        assertThat(seen.get(1).lineage().text()).isEqualTo("run-1/some#1");
    }

    @Test
    void collectsWhatComesOutOfABranchAndATryTogether() throws Exception {
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2 } }
                  - id: both
                    branch:
                      paths:
                        - name: left
                          shapes:
                            - id: safely
                              try:
                                outcome: succeed
                                shapes: [ { id: push, send: { failsAt: 1 } } ]
                                catch: [ { id: told, once: {} } ]
                        - { name: right, shapes: [] }
                  - { id: one, collect: { all: true } }
                  - { id: look, see: {} }
                """);

        assertThat(bodies()).containsExactly("[{\"n\":0},{\"n\":1},{\"n\":0},{\"n\":1}]");
    }

    @Test
    void nothingGoesOnWhenNothingCame() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 0 } }
                  - { id: one, collect: { all: true } }
                  - { id: look, see: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(seen).isEmpty();
    }

    @Test
    void aLargePayloadIsAFileThatIsGoneWhenTheRunEnds() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 100, size: 1000 } }
                  - { id: one, collect: { all: true, into: list } }
                  - { id: look, see: {} }
                """);

        Body.Stored stored = (Body.Stored) seen.get(0).body();
        assertThat(stored.size()).isGreaterThan(1_000_000);
        assertThat(seen.get(0).recordPath()).hasToString("$.list[*]");
        assertThat(record.shapes()).anySatisfy(shape -> {
            assertThat(shape.shape()).isEqualTo("one");
            assertThat(shape.recordsOut()).isEqualTo(100_000);
        });
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatALargePayloadHoldsIsWholeJson() throws Exception {
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 100, size: 1000 } }
                  - { id: one, collect: { all: true, into: list } }
                  - { id: some, flowControl: { size: 60000 } }
                  - { id: look, see: {} }
                """);

        assertThat(seen).hasSize(2);
        assertThat(seen.get(1).records().get(39_999)).hasToString("{\"n\":99999}");
    }

    /** Runs a flow whose third push fails, and then another text of it, as after a crash. */
    private RunRecord runAfterACrash(String before, String then) throws Exception {
        flows.run(before);
        assertThat(shapes.effects).containsExactly("push:0", "push:1");
        return flows.runAgain(then);
    }

    @Test
    void batchesThatWereSentAreNotSentAgainAfterACrash() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 5, size: 1 } }
                  - { id: some, collect: { size: 2 } }
                  - { id: push, send: { failsAt: 2 } }
                """;
        RunRecord record = runAfterACrash(text, text);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2", "push:3", "push:4");
    }

    @Test
    void whatCameMoreAfterACrashGoesOnBehindWhatWasCutAtTheEnd() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: PAGES } }
                  - { id: some, collect: { size: 2 } }
                  - { id: push, send: { failsAt: 2 } }
                """;
        RunRecord record = runAfterACrash(text.replace("PAGES", "3"), text.replace("PAGES", "5"));

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2", "push:3", "push:4");
        assertThat(flows.checkpoints.events).contains("page run-1/some#1", "page run-1/some#2");
    }

    @Test
    void whatCameMoreAfterACrashGoesOnBehindWhatWasWritten() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: PAGES } }
                  - { id: all, collect: { all: true, to: ndjson } }
                  - { id: rows, convert: { from: ndjson, to: json, chunk: 1 } }
                  - { id: push, send: { failsAt: 2 } }
                """;
        RunRecord record = runAfterACrash(text.replace("PAGES", "3"), text.replace("PAGES", "5"));

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).contains("push:2", "push:3", "push:4");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 300, 1_000_000})
    void aBucketThatSpillsIsWrittenWhileItIsFilledAndIsTheSame(long memory) throws Exception {
        flows.bucketMemory = memory;
        flows.newLife();
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 4, size: 2 } }
                  - { id: all, collect: { all: true, to: csv } }
                  - { id: look, see: {} }
                """);

        assertThat(bodies()).containsExactly("n\r\n0\r\n1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n");
        assertThat(seen.get(0).body().contentType()).isEqualTo("text/csv;charset=utf-8");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 300, 1_000_000})
    void aListThatIsWrittenWhileABucketIsFilledIsTheSame(long memory) throws Exception {
        flows.bucketMemory = memory;
        flows.newLife();
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 4, size: 2 } }
                  - { id: all, collect: { all: true, into: list } }
                  - { id: look, see: {} }
                """);

        assertThat(bodies())
                .containsExactly(
                        "{\"list\":[{\"n\":0},{\"n\":1},{\"n\":2},{\"n\":3},{\"n\":4},{\"n\":5},{\"n\":6},{\"n\":7}]}");
        assertThat(seen.get(0).recordPath()).hasToString("$.list[*]");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000_000})
    void aListThatMemoryDoesNotHoldIsWholeWhetherTheBucketSpillsOrNot(long memory) throws Exception {
        flows.bucketMemory = memory;
        flows.newLife();
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 100, size: 1000 } }
                  - { id: one, collect: { all: true } }
                  - { id: some, flowControl: { size: 60000 } }
                  - { id: look, see: {} }
                """);

        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).records().get(0)).hasToString("{\"n\":0}");
        assertThat(seen.get(1).records().get(39_999)).hasToString("{\"n\":99999}");
    }

    @Test
    void aListThatWasWrittenWhileTheBucketWasFilledIsNotSentAgainAfterACrash() throws Exception {
        flows.bucketMemory = 1;
        flows.newLife();
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 3 } }
                  - { id: all, collect: { all: true } }
                  - { id: singles, flowControl: { size: 1 } }
                  - { id: push, send: { failsAt: 2 } }
                """;
        RunRecord record = runAfterACrash(text, text);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void aRecordThatCannotBeWrittenIsAloneAsideWhetherTheBucketSpillsOrNot(long memory) throws Exception {
        flows.bucketMemory = memory;
        flows.newLife();
        RunRecord record = flows.run("""
                shapes:
                  - id: rows
                    manualPayload: { json: [ { n: 1 }, { n: 2, other: 3 }, { n: 4 } ] }
                  - { id: singles, flowControl: { size: 1 } }
                  - { id: all, collect: { all: true, to: csv }, onError: skip }
                  - { id: look, see: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(bodies()).containsExactly("n\r\n1\r\n4\r\n");
        assertThat(flows.checkpoints.failed).singleElement().satisfies(failed -> {
            assertThat(failed.shape()).isEqualTo("all");
            assertThat(failed.message()).contains("other");
        });
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatWasWrittenWhileTheBucketWasFilledIsNotSentAgainAfterACrash() throws Exception {
        flows.bucketMemory = 1;
        flows.newLife();
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 3 } }
                  - { id: all, collect: { all: true, to: ndjson } }
                  - { id: rows, convert: { from: ndjson, to: json, chunk: 1 } }
                  - { id: push, send: { failsAt: 2 } }
                """;
        RunRecord record = runAfterACrash(text, text);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2");
    }

    @Test
    void aRunThatGetsOtherPayloadsThanBeforeTheCrashFailsRatherThanToLeaveRecordsOut() throws Exception {
        String text = """
                shapes:
                  - { id: pull, numbers: { pages: 4 } }
                  - { id: odd, filter: { keep: { field: n, as: number, KEEP } } }
                  - { id: some, collect: { size: 2 } }
                  - { id: push, send: { failsAt: 2 } }
                """;
        RunRecord record = runAfterACrash(text.replace("KEEP", "above: -1"), text.replace("KEEP", "above: 0"));

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason()).contains("COLLECTED_OTHERWISE");
        assertThat(shapes.effects).as("nothing more is sent").containsExactly("push:0", "push:1");
    }

    @Test
    void aPayloadThatIsNoJsonFailsAloneWhereOthersGoOn() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - id: both
                    branch:
                      paths:
                        - { name: page, shapes: [ { id: html, manualPayload: { text: "<html>", contentType: text/html } } ] }
                        - { name: order, shapes: [ { id: order, manualPayload: { json: { n: 7 } } } ] }
                  - { id: one, collect: { all: true }, onError: skip }
                  - { id: look, see: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(bodies()).containsExactly("[{\"n\":7}]");
        assertThat(flows.checkpoints.failed).singleElement().satisfies(failed -> {
            assertThat(failed.shape()).isEqualTo("one");
            assertThat(failed.code()).isEqualTo("NOT_JSON");
        });
    }

    @Test
    void streamedAndStagedCollectTheSame() throws Exception {
        for (String delivery : List.of("streamed", "staged")) {
            seen.clear();
            flows.run("settings: { delivery: " + delivery + " }\n" + """
                    shapes:
                      - { id: pull, numbers: { pages: 3 } }
                      - { id: first, collect: { size: 2 } }
                      - { id: second, collect: { all: true, by: "${record.n}" } }
                      - { id: look, see: {} }
                    """);
            assertThat(bodies()).as(delivery).containsExactly("[{\"n\":0}]", "[{\"n\":1}]", "[{\"n\":2}]");
        }
    }
}
