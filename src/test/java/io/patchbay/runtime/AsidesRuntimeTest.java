package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole program and records that go aside while a format is changed. */
class AsidesRuntimeTest {

    @TempDir
    static Path home;

    private static Program program;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(home.resolve("routes"));
        program = new Program(home, Program.start(home));
    }

    @AfterAll
    static void stop() {
        program.context().close();
    }

    private static FailedPayload onlyFailed(String flow) {
        List<FailedPayload> all = program.failed(flow);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static Body csv(String text) {
        return new Body.Bytes(text.getBytes(StandardCharsets.UTF_8), "text/csv");
    }

    @ParameterizedTest
    @CsvSource({"converted, ''", "in-pages, 'chunk: 2'", "by-bytes, 'chunk: 2, chunkBytes: 1B'"})
    void aRowThatIsMendedGoesOnAloneThroughTheShapeInWhichItWentAside(String flow, String chunk) throws Exception {
        program.flow(flow, """
                flow: FLOW
                shapes:
                  - { id: rows, manualPayload: { text: "sku,qty\\nA,1\\nB,2,2\\nC,3\\nD,4\\n", contentType: text/csv } }
                  - { id: records, onError: skip, convert: { from: csv, to: json CHUNK } }
                  - { id: told, notify: { per: record, log: info, text: "${record.sku} ${record.qty}" } }
                """.replace("FLOW", flow).replace("CHUNK", chunk.isEmpty() ? "" : ", " + chunk));

        RunRecord run = program.run(flow, "{}");

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.PARTIAL);
        assertThat(program.told(run)).filteredOn(line -> line.length() == 3).containsExactly("A 1", "C 3", "D 4");
        FailedPayload failed = onlyFailed(flow);
        assertThat(failed.shape()).isEqualTo("records");
        assertThat(failed.message()).contains("record 2");
        assertThat(new String(failed.payload().bytes(), StandardCharsets.UTF_8)).contains("sku,qty", "B,2,2");

        RunRecord again = program.replay(failed, csv("sku,qty\nB,2\n"));

        assertThat(again.status()).as(again.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(program.told(again)).containsExactly("B 2");
        assertThat(program.failed(flow)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, hands-on", "false, hands-off"})
    void aFlowThatIsCalledDoesNotTakeTheMarkOfAShapeOfThatNameInItsCaller(boolean waits, String caller)
            throws Exception {
        String called = "lines-of-" + caller;
        program.flow(called, """
                flow: CALLED
                shapes:
                  - { id: records, convert: { from: lines, to: json } }
                  - { id: told, notify: { per: record, log: info, text: "line ${record}" } }
                """.replace("CALLED", called));
        program.flow(
                caller, """
                flow: CALLER
                shapes:
                  - { id: rows, manualPayload: { text: "sku,qty\\nA,1\\nB,2,2\\n", contentType: text/csv } }
                  - id: safely
                    try:
                      outcome: succeed
                      shapes: [ { id: records, onError: skip, convert: { from: csv, to: json } } ]
                      catch: [ { id: call, runFlow: { flow: CALLED, wait: WAITS } } ]
                """.replace("CALLER", caller).replace("CALLED", called).replace("WAITS", "" + waits));

        RunRecord run = program.run(caller, "{}");

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.SUCCEEDED);
        RunRecord below = program.ended(await().atMost(Duration.ofSeconds(20))
                .until(() -> program.runs(called), runs -> runs.size() == 1)
                .get(0)
                .id());
        assertThat(below.status()).as(below.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(program.told(below)).containsExactly("line sku,qty", "line B,2,2");
    }

    @Test
    void aRecordThatCannotBeWrittenIsWrittenWhenItIsMended() throws Exception {
        program.flow("written", """
                flow: written
                shapes:
                  - { id: rows, manualPayload: { json: [ { sku: A }, { sku: X, more: 1 }, { sku: C } ] } }
                  - { id: as-csv, onError: skip, convert: { to: csv } }
                  - { id: back, convert: { from: csv, to: json } }
                  - { id: told, notify: { per: record, log: info, text: "is ${record.sku}" } }
                """);

        RunRecord run = program.run("written", "{}");

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.PARTIAL);
        assertThat(program.told(run)).contains("is A", "is C").doesNotContain("is X");
        Body mended = new Body.Bytes("{\"sku\":\"B\"}".getBytes(StandardCharsets.UTF_8), "application/json");
        RunRecord again = program.replay(onlyFailed("written"), mended);
        assertThat(again.status()).as(again.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(program.told(again)).containsExactly("is B");
    }
}
