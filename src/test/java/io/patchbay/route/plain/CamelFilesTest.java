package io.patchbay.route.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.problem.Problem;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CamelFilesTest {

    private static final String GREET = """
            - route:
                id: greet
                from:
                  uri: direct:greet
                  steps:
                    - setBody: { simple: "hello ${body}" }
            """;

    private final PlainCamel camel = new PlainCamel(
            CamelRules.SAFE, Map.of(), name -> name.equals("FLOW_X") ? "x-value" : null, Duration.ofSeconds(5));
    private ProducerTemplate calls;

    @BeforeEach
    void start() {
        camel.context().start();
        calls = camel.context().createProducerTemplate();
    }

    @AfterEach
    void close() throws Exception {
        calls.close();
        camel.close();
    }

    @Test
    void runsTheRoutesOfAFile() {
        apply(Map.of("routes/greet.camel.yaml", GREET));

        assertThat(call("direct:greet", "you")).isEqualTo("hello you");
        assertThat(camel.files().routes()).containsExactly(Map.entry("routes/greet.camel.yaml", List.of("greet")));
        assertThat(camel.files().problems()).isEmpty();
    }

    @Test
    void namesRoutesWithoutAnIdAfterTheirFile() {
        apply(Map.of(
                "routes/deep/two.camel.yaml", """
                - from: { uri: direct:a, steps: [ { log: "${body}" } ] }
                - from: { uri: direct:b, steps: [ { log: "${body}" } ] }
                """,
                "routes/one.camel.yaml", """
                - from: { uri: direct:c, steps: [ { log: "${body}" } ] }
                """));

        assertThat(camel.files().routes())
                .containsEntry("routes/deep/two.camel.yaml", List.of("deep/two-1", "deep/two-2"))
                .containsEntry("routes/one.camel.yaml", List.of("one"));
    }

    @Test
    void takesTheNewVersionOfAChangedFile() {
        apply(Map.of("routes/greet.camel.yaml", GREET));

        apply(Map.of("routes/greet.camel.yaml", GREET.replace("hello", "good day")));

        assertThat(call("direct:greet", "you")).isEqualTo("good day you");
    }

    @Test
    void leavesAnUnchangedFileAlone() {
        apply(Map.of("routes/greet.camel.yaml", GREET));
        Object route = camel.context().getRoute("greet");

        apply(Map.of("routes/greet.camel.yaml", GREET, "routes/b.camel.yaml", GREET.replace("greet", "other")));

        assertThat(camel.context().getRoute("greet")).isSameAs(route);
    }

    @Test
    void keepsTheGoodVersionWhenTheNewOneIsBad() {
        apply(Map.of("routes/greet.camel.yaml", GREET));

        apply(Map.of("routes/greet.camel.yaml", GREET.replace("setBody", "setBdy")));

        assertThat(call("direct:greet", "you")).isEqualTo("hello you");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("routes/greet.camel.yaml:6:11: a route may not have a step 'setBdy' [STEP_NOT_ALLOWED]")
                .contains("did you mean 'setBody'?");
    }

    @Test
    void goesBackToTheFileThatRunsWhenAMistakeIsTakenBack() {
        apply(Map.of("routes/greet.camel.yaml", GREET));
        apply(Map.of("routes/greet.camel.yaml", "- nonsense"));

        apply(Map.of("routes/greet.camel.yaml", GREET));

        assertThat(problems()).isEmpty();
    }

    @Test
    void drainsAndRemovesTheRoutesOfADeletedFile() throws Exception {
        apply(Map.of("routes/slow.camel.yaml", """
                - route:
                    id: slow
                    from:
                      uri: direct:slow
                      steps:
                        - delay: { constant: 700 }
                        - setBody: { constant: done }
                """));
        CompletableFuture<Object> answer = calls.asyncRequestBody("direct:slow", "x");
        await().until(() -> camel.context().getInflightRepository().size() > 0);

        apply(Map.of());

        assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(camel.context().getRoutes()).isEmpty();
    }

    @Test
    void refusesAnIdThatAnotherFileHas() {
        apply(Map.of("routes/a.camel.yaml", GREET));

        apply(Map.of("routes/a.camel.yaml", GREET, "routes/b.camel.yaml", GREET));
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("routes/b.camel.yaml:2:9: route id 'greet' is taken by routes/a.camel.yaml [DUPLICATE_ID]");

        apply(Map.of("routes/b.camel.yaml", GREET));
        assertThat(problems()).isEmpty();
        assertThat(camel.files().routes()).containsOnlyKeys("routes/b.camel.yaml");
    }

    @Test
    void keepsTheOldRoutesWhenCamelCannotStartTheNewOnes() {
        apply(Map.of("routes/a.camel.yaml", GREET, "routes/b.camel.yaml", GREET.replace("greet", "other")));

        apply(Map.of(
                "routes/a.camel.yaml",
                GREET,
                "routes/b.camel.yaml",
                GREET.replace("id: greet", "id: other").replace("hello", "stolen")));

        assertThat(problems()).singleElement().asString().contains("[CAMEL_REFUSED]", "routes/b.camel.yaml");
        assertThat(call("direct:other", "you")).isEqualTo("hello you");
        assertThat(call("direct:greet", "you")).isEqualTo("hello you");
    }

    @Test
    void keepsAnErrorHandlerToTheFileThatHasIt() {
        apply(Map.of(
                "routes/careful.camel.yaml", """
                - onException:
                    exception: [ java.lang.IllegalStateException ]
                    handled: { constant: "true" }
                    steps:
                      - setBody: { constant: handled }
                - from:
                    uri: direct:careful
                    steps:
                      - throwException: { exceptionType: java.lang.IllegalStateException, message: broken }
                """,
                "routes/careless.camel.yaml", """
                - from:
                    uri: direct:careless
                    steps:
                      - throwException: { exceptionType: java.lang.IllegalStateException, message: broken }
                """));

        assertThat(problems()).isEmpty();
        assertThat(call("direct:careful", "x")).isEqualTo("handled");
        assertThat(camel.context()
                        .createProducerTemplate()
                        .send("direct:careless", exchange -> {})
                        .getException())
                .hasMessage("broken");
    }

    @Test
    void readsOnlyTheEnvironmentThatRoutesMayRead() {
        apply(Map.of(
                "routes/env.camel.yaml", """
                - from: { uri: direct:env, steps: [ { setBody: { constant: "{{env:FLOW_X}}" } } ] }
                """,
                "routes/path.camel.yaml", """
                - from: { uri: direct:path, steps: [ { setBody: { constant: "{{env:PATH}}" } } ] }
                """,
                "routes/home.camel.yaml", """
                - from: { uri: direct:home, steps: [ { setBody: { constant: "{{user.home}}" } } ] }
                """));

        assertThat(call("direct:env", "")).isEqualTo("x-value");
        assertThat(camel.files().problems()).containsOnlyKeys("routes/path.camel.yaml", "routes/home.camel.yaml");
        assertThat(camel.files().problems().get("routes/path.camel.yaml"))
                .singleElement()
                .asString()
                .startsWith("routes/path.camel.yaml:1:64: there is no environment variable 'PATH'")
                .contains("[UNKNOWN_VARIABLE]");
    }

    @Test
    void leavesNoRouteBehindOnTrial() {
        apply(Map.of("routes/bad.camel.yaml", GREET + "- from: { uri: 'seda:x?size=many', steps: [ { log: x } ] }\n"));

        assertThat(problems()).singleElement().asString().startsWith("routes/bad.camel.yaml:7:16: Camel refuses this:");
        assertThat(camel.context().getRoutes()).isEmpty();
    }

    @Test
    void showsItsContextInJmxForTheConsole() throws Exception {
        apply(Map.of("routes/greet.camel.yaml", GREET));

        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("org.apache.camel:context=patchbay-camel,type=routes,*"), null))
                .hasSize(1);
        assertThat(camel.context().getRouteController().getRouteStatus("greet")).isEqualTo(ServiceStatus.Started);
        assertThat(camel.context().getRoute("greet").getGroup()).isEqualTo("file:routes/greet.camel.yaml");
    }

    private void apply(Map<String, String> files) {
        List<SourceFile> sources = new ArrayList<>();
        new java.util.TreeMap<>(files)
                .forEach((path, text) -> sources.add(new SourceFile(
                        path, Path.of("home"), SourceKind.CAMEL, text, Integer.toHexString(text.hashCode()))));
        camel.files().apply(sources).join();
    }

    private Object call(String uri, String body) {
        return calls.requestBody(uri, body);
    }

    private List<Problem> problems() {
        return new HashMap<>(camel.files().problems())
                .values().stream().flatMap(List::stream).sorted().toList();
    }
}
