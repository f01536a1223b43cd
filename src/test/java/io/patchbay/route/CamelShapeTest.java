package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.problem.Problem;
import io.patchbay.route.plain.CamelRules;
import io.patchbay.route.plain.PlainCamel;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.shape.Plan;
import io.patchbay.shape.camel.CamelRoutes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows with camel shapes, from their text to what comes out, through both Camel contexts. */
class CamelShapeTest {

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();
    private final PlainCamel camel = new PlainCamel(
            new CamelRules(Set.of("direct", "log", "seda"), CamelRules.SAFE_LANGUAGES),
            Map.of(),
            name -> null,
            Duration.ofSeconds(5));

    @BeforeEach
    void start() {
        flows.context.addComponent("steps", camel.component());
        flows.services = Map.of(CamelRoutes.class, camel.steps());
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
        camel.close();
    }

    @Test
    void passesAPayloadThroughSteps() throws Exception {
        String answer = answer("""
                shapes:
                  - { id: order, manualPayload: { json: { name: lamp } } }
                  - id: louder
                    camel:
                      outside: false
                      steps:
                        - setBody: { jsonpath: { expression: "$.name", resultType: java.lang.String } }
                        - setBody: { simple: "${uppercase(${body})}!" }
                        - setHeader: { name: Content-Type, constant: text/plain }
                  - callback: { answer: one }
                """);

        assertThat(answer).isEqualTo("LAMP!");
    }

    @Test
    void takesJsonBackWhereTheContentTypeSaysSo() throws Exception {
        String answer = answer("""
                shapes:
                  - { id: order, manualPayload: { json: { name: lamp } } }
                  - camel: { steps: [ { setBody: { simple: '{ "was": ${body}, "n": 10.50 }' } } ] }
                  - callback: { answer: one }
                """);

        assertThat(answer).isEqualTo("{\"was\":{\"name\":\"lamp\"},\"n\":10.50}");
    }

    @Test
    void makesEachItemOfAListAPayloadOfItsOwn() throws Exception {
        String answer = answer("""
                shapes:
                  - { id: order, manualPayload: { json: { lines: [ { n: 1 }, { n: 2 } ] } } }
                  - camel: { yields: many, steps: [ { setBody: { jsonpath: "$.lines" } } ] }
                  - callback: { answer: array }
                """);

        assertThat(answer).isEqualTo("[{\"n\":1},{\"n\":2}]");
    }

    @Test
    void carriesMetadataInHeadersOutOfCamelsNames() throws Exception {
        String answer = answer(
                """
                shapes:
                  - camel:
                      steps:
                        - setHeader: { name: meta.colour, constant: red }
                        - setBody: { simple: "${headerAs('meta.shop', String)}|${headerAs('meta.CamelHttpPath', String)}|${header.CamelHttpPath}" }
                  - camel: { steps: [ { setBody: { simple: "${body}|${headerAs('meta.colour', String)}" } } ] }
                  - callback: { answer: one }
                """, new Body.Bytes("x".getBytes(), "text/plain"), Map.of("shop", "uk", "CamelHttpPath", "/etc"));

        assertThat(answer).isEqualTo("uk|/etc||red");
    }

    @Test
    void callsOneEndpoint() throws Exception {
        String answer = answer("""
                shapes:
                  - { id: order, manualPayload: { json: { name: lamp } } }
                  - camel: { uri: "log:seen?level=INFO" }
                  - callback: { answer: one }
                """);

        assertThat(answer).isEqualTo("{\"name\":\"lamp\"}");
    }

    @Test
    void endsAPayloadWithoutBody() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: order, manualPayload: { json: { name: lamp } } }
                  - camel: { steps: [ { setBody: { simple: "${null}" } } ] }
                  - { id: sent, send: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(flows.shapes.effects).isEmpty();
    }

    @Test
    void failsThePayloadWhenAStepFails() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: order, manualPayload: { json: { name: lamp } } }
                  - id: it
                    retries: { count: 0 }
                    camel: { steps: [ { throwException: { exceptionType: java.lang.IllegalStateException, message: "no lamp" } } ] }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(flows.checkpoints.failed).singleElement().satisfies(failed -> {
            assertThat(failed.message()).isEqualTo("the steps failed: no lamp");
            assertThat(failed.code()).isEqualTo("CAMEL_FAILED");
            assertThat(failed.owner()).isEqualTo(Owner.AUTHOR);
        });
    }

    @Test
    void removesTheRouteWithTheRevision() {
        String flow = """
                shapes:
                  - { id: order, manualPayload: { json: { name: lamp } } }
                  - camel: { steps: [ { setBody: { constant: one } } ] }
                """;
        flows.deploy(flow);
        String first = routes().get(0);
        assertThat(first).startsWith("f/camel@");

        flows.deploy(flow + "  - { id: more, send: {} }\n");
        assertThat(routes()).containsExactly(first);

        flows.deploy(flow.replace("one", "two"));
        await().untilAsserted(() -> assertThat(routes()).hasSize(1).doesNotContain(first));

        flows.deployer.apply(List.of(), flows::around);
        await().untilAsserted(() -> assertThat(routes()).isEmpty());
        assertThat(camel.context().getEndpoints()).isEmpty();
        assertThat(flows.context.getEndpoints()).isEmpty();
    }

    @Test
    void saysWhereAStepIsWrong() {
        assertThat(flows.problems("""
                shapes:
                  - camel:
                      steps:
                        - setBody: { groovy: "1 + 1" }
                        - to: "exec:rm"
                        - to:
                            uri: "log:x?levl=INFO"
                """))
                .extracting(problem -> problem.toString().split("\n", -1)[0])
                .containsExactly(
                        "f.flow.yaml:5:22: language 'groovy' is not allowed [LANGUAGE_NOT_ALLOWED]",
                        "f.flow.yaml:6:15: component 'exec' is not allowed [COMPONENT_NOT_ALLOWED]");
    }

    @Test
    void saysWhatCamelHasAgainstAStep() {
        assertThat(flows.problems("""
                shapes:
                  - camel:
                      steps:
                        - setBody: { constant: x }
                        - to:
                            uri: "log:x?levl=INFO"
                """))
                .singleElement()
                .asString()
                .startsWith("f.flow.yaml:7:18: Camel refuses this:")
                .contains("levl");
    }

    @Test
    void saysThatStepsAreMissing() {
        assertThat(flows.problems("shapes: [ { camel: {} } ]\n"))
                .extracting(Problem::what)
                .containsExactly("'camel' needs either 'steps' or 'uri'");
    }

    private List<String> routes() {
        return camel.context().getRoutes().stream().map(Route::getRouteId).toList();
    }

    private String answer(String text) throws Exception {
        return answer(text, new Body.Empty(), Map.of());
    }

    private String answer(String text, Body body, Map<String, String> meta) throws Exception {
        flows.deploy(text);
        Plan.Answer answer = flows.runner.call(aStart(body, meta)).get(20, TimeUnit.SECONDS);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
