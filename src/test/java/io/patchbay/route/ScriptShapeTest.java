package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.flow.FlowReader;
import io.patchbay.problem.Problem;
import io.patchbay.run.Entrance;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in flows, through Camel routes: what they set, when others see it, and which text a run works with. */
class ScriptShapeTest {

    private final FlowFixture flow = new FlowFixture();
    private final Scripts scripts = Scripts.ofFlows(ScriptsProperties.DEFAULT);

    @BeforeEach
    void start(@TempDir Path folder) {
        flow.start(folder);
    }

    @AfterEach
    void stop() {
        flow.close();
        scripts.close();
    }

    private void scripts(String... namesAndTexts) {
        flow.services = Map.of(ScriptLibrary.class, library(namesAndTexts));
    }

    private ScriptLibrary library(String... namesAndTexts) {
        List<String> all = Arrays.asList(namesAndTexts);
        return new ScriptLibrary(
                java.util.stream.IntStream.range(0, all.size() / 2)
                        .mapToObj(i -> new ScriptLibrary.Source(
                                all.get(2 * i), "routes/scripts/" + all.get(2 * i), all.get(2 * i + 1)))
                        .toList(),
                scripts);
    }

    private static List<String> lines(RunRecord run) {
        return run.logs().stream().map(RunRecord.LogLine::text).toList();
    }

    @Test
    void aShapeThatReadsAVariableWaitsForTheScriptThatMaySetIt() throws Exception {
        scripts("count.js", """
                function handle(data) {
                  return { flow: { variables: { count: data.flow.variables.count + data.payload.id } } };
                }""");

        RunRecord run = flow.run("""
                variables: { count: 0 }
                shapes:
                  - id: all
                    manualPayload: { json: [ { id: 1 }, { id: 2 }, { id: 3 } ] }
                  - id: one
                    flowControl: { size: 1, wrapSingle: false }
                  - id: counted
                    script: { file: count.js }
                  - id: told
                    notify: { log: info, text: "${record.id} of ${flow.count}" }
                """);

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(lines(run)).containsExactly("1 of 6", "2 of 6", "3 of 6");
    }

    @Test
    void aScriptThatAsksForAnotherTryGetsIt() throws Exception {
        scripts("again.js", """
                function handle(data) {
                  return data.run.attempt < 3 ? { code: 2, message: 'not yet' } : { payload: { tries: data.run.attempt } };
                }""");

        RunRecord run = flow.run("""
                shapes:
                  - id: asked
                    script: { file: again.js }
                    retries: { count: 3, backoff: 1ms }
                  - id: told
                    notify: { log: info, text: "${record.tries}" }
                """);

        assertThat(lines(run))
                .containsExactly(
                        "not yet [SCRIPT_RETRY]; attempt 2 of 4 in 1ms",
                        "not yet [SCRIPT_RETRY]; attempt 3 of 4 in 2ms",
                        "3");
    }

    @Test
    void aFunctionOfAMapHandsTheValueToAScript() throws Exception {
        scripts("tidy.js", "function upper(data) { return data.value.toUpperCase() + data.record.id; }");

        RunRecord run = flow.run("""
                shapes:
                  - id: one
                    manualPayload: { json: { id: 1, name: ann } }
                  - id: mapped
                    map: { fields: [ { to: name, from: name, then: [ { script: { file: tidy.js, function: upper } } ] } ] }
                  - id: told
                    notify: { log: info, text: "${record.name}" }
                """);

        assertThat(lines(run)).containsExactly("ANN1");
    }

    @Test
    void anotherTextOfTheScriptIsAnotherRevision() {
        String text = "shapes:\n  - id: a\n    script: { file: a.js }\n";
        scripts("a.js", "function handle() {}", "b.js", "function handle() {}");
        flow.deploy(text);
        String first = flow.deployer.deployed().get("f").revision();

        scripts("a.js", "function handle() {}", "b.js", "function handle() { return {} }");
        flow.deploy(text);
        String sameScript = flow.deployer.deployed().get("f").revision();
        scripts("a.js", "function handle() { return {} }", "b.js", "function handle() {}");
        flow.deploy(text);

        assertThat(sameScript).isEqualTo(first);
        assertThat(flow.deployer.deployed().get("f").revision()).isNotEqualTo(first);
    }

    @Test
    void aScriptThatWentBadLeavesTheFlowWithTheOneItHad() throws Exception {
        String text = "shapes:\n  - id: a\n    script: { file: a.js }\n";
        scripts("a.js", "function handle() { console.log('good') }");
        flow.deploy(text);
        scripts("a.js", "function handle( {");

        assertThat(flow.problems(text)).extracting(Problem::code).containsExactly("BAD_SCRIPT");
        RunRecord run =
                flow.end(flow.runner.run(FlowFixture.claim(FlowFixture.aStart(), 1, 0), io.patchbay.run.Slot.NONE));
        assertThat(lines(run)).containsExactly("good");
    }

    @Test
    void aRevisionThatIsCompiledAgainAfterARestartHasTheScriptsThatItHad() throws Exception {
        MemoryRevisionTexts texts = new MemoryRevisionTexts();
        FlowDeployer.Source source = new FlowDeployer.Source(
                "routes/f.flow.yaml", "flow: f\nshapes:\n  - id: a\n    script: { file: a.js }\n");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            FlowCompiler compiler = new FlowCompiler((run, bucket, answer) -> {});
            FlowDeployer before =
                    new FlowDeployer(context, new FlowReader(Shapes.all()), compiler, texts, MemoryHolds.atOnce());
            before.apply(List.of(source), world(library("a.js", "function handle() { return { code: 0 } }")));
            String revision = before.deployed().get("f").revision();

            FlowDeployer after =
                    new FlowDeployer(context, new FlowReader(Shapes.all()), compiler, texts, MemoryHolds.atOnce());
            after.apply(List.of(source), world(library("a.js", "function handle() {}")));

            assertThat(after.deployed().get("f").revision()).isNotEqualTo(revision);
            Entrance old = after.enter("f", revision).orElseThrow();
            assertThat(old.revision()).isEqualTo(revision);
        }
    }

    private static FlowReader.World world(ScriptLibrary library) {
        return (String name, Map<String, JsonNode> variables) ->
                new Surroundings(name, Clock.systemUTC(), variables, Map.of(), Map.of(ScriptLibrary.class, library));
    }
}
