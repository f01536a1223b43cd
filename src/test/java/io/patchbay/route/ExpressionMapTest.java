package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.script.ScriptLibrary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps that are an expression in another language, through Camel routes. */
class ExpressionMapTest {

    private int flows;

    @TempDir
    Path folder;

    private RunRecord run(String text, String... filesAndTexts) throws Exception {
        List<String> files = Arrays.asList(filesAndTexts);
        try (FlowFixture flow = new FlowFixture()) {
            Path own;
            synchronized (this) {
                own = folder.resolve("flow-" + flows++);
            }
            flow.start(own);
            flow.services = Map.of(
                    ScriptLibrary.class,
                    new ScriptLibrary(
                            IntStream.range(0, files.size() / 2)
                                    .mapToObj(i -> new ScriptLibrary.Source(
                                            files.get(2 * i),
                                            "routes/scripts/" + files.get(2 * i),
                                            files.get(2 * i + 1)))
                                    .toList(),
                            null));
            return flow.run(text);
        }
    }

    private static List<String> lines(RunRecord run) {
        return run.logs().stream().map(RunRecord.LogLine::text).toList();
    }

    @Test
    void anExpressionReadsVariablesThatShapesBeforeItSet() throws Exception {
        RunRecord run = run("""
                variables: { currency: EUR }
                shapes:
                  - id: orders
                    manualPayload: { json: [ { id: 1 }, { id: 2 } ] }
                  - id: set
                    setVariables: { flow: { currency: GBP } }
                  - id: lines
                    map: { jq: "(.id, .id * 10) | { id: ., currency: $flow.currency, shape: $run.shape }" }
                  - id: told
                    notify: { per: record, log: info, text: "${record.id} ${record.currency} ${record.shape}" }
                """);

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(lines(run)).containsExactly("1 GBP lines", "10 GBP lines", "2 GBP lines", "20 GBP lines");
    }

    @Test
    void whatAFileImportsIsPartOfTheRevision() throws Exception {
        String text = """
                shapes:
                  - id: one
                    manualPayload: { json: { id: 1 } }
                  - id: mapped
                    map: { jq: { file: order.jq } }
                  - id: told
                    notify: { log: info, text: "${record.id}" }
                """;
        String order = "include \"part\"; { id: (.id | part) }";
        RunRecord before = run(text, "order.jq", order, "part.jq", "def part: . + 1;", "other.jq", "1");
        RunRecord after = run(text, "order.jq", order, "part.jq", "def part: . + 2;", "other.jq", "1");
        RunRecord same = run(text, "order.jq", order, "part.jq", "def part: . + 2;", "other.jq", "2");

        assertThat(lines(before)).containsExactly("2");
        assertThat(lines(after)).containsExactly("3");
        assertThat(after.revision()).isNotEqualTo(before.revision()).isEqualTo(same.revision());
    }

    @Test
    void anExpressionThatGoesOnForEverHoldsUpNobody() throws Exception {
        CompletableFuture<RunRecord> endless = CompletableFuture.supplyAsync(() -> {
            try {
                return run("""
                        shapes:
                          - id: one
                            manualPayload: { json: { id: 1 } }
                          - id: endless
                            map: { jq: "last(range(1e15))", timeout: 1s }
                        """);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        RunRecord quick = run("""
                shapes:
                  - id: one
                    manualPayload: { json: { id: 1 } }
                  - id: mapped
                    map: { jq: "{ id: (.id + 1) }" }
                """);

        assertThat(quick.status()).isEqualTo(RunStatus.SUCCEEDED);
        RunRecord failed = endless.join();
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(String.valueOf(failed)).contains("[EXPRESSION_", "and was stopped");
    }
}
