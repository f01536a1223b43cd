package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.client.ApiClient;
import io.patchbay.client.CursorsApi;
import io.patchbay.client.FailedPayloadsApi;
import io.patchbay.client.FlowsApi;
import io.patchbay.client.RunsApi;
import io.patchbay.client.VersionsApi;
import io.patchbay.client.model.FailedView;
import io.patchbay.client.model.FlowView;
import io.patchbay.client.model.FlowViewPage;
import io.patchbay.client.model.LogView;
import io.patchbay.client.model.Problem;
import io.patchbay.client.model.RunView;
import io.patchbay.client.model.RunViewPage;
import io.patchbay.client.model.VersionStateView;
import io.patchbay.runtime.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** The whole program as a client sees it that was generated from the API's document, and from nothing else. */
class GeneratedClientTest {

    private static final String FLOW = """
            flow: %s
            shapes:
              - id: is-seven
                assert: { json: { id: 7 } }
              - id: told
                notify: { per: payload, log: info, text: "it is seven" }
            """;

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext program;
    private static ApiClient client;

    @BeforeAll
    static void start() throws Exception {
        Path routes = Files.createDirectories(home.resolve("routes"));
        for (String flow : List.of("checked", "other", "third")) {
            Files.writeString(routes.resolve(flow + ".flow.yaml"), FLOW.formatted(flow));
        }
        program = Program.start(home);
        // Spring's own converters: those of the client would read each JSON as an object, content of payloads, too.
        client = new ApiClient(
                        RestClient.create(),
                        ApiClient.createDefaultObjectMapper(null),
                        ApiClient.createDefaultDateFormat())
                .setBasePath(Program.url(program));
        client.setBearerToken(Program.TOKEN);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void listsFlowsInPartsThatFitTogether() {
        FlowsApi flows = new FlowsApi(client);
        List<String> ids = new ArrayList<>();
        String after = null;
        do {
            FlowViewPage page = flows.listFlows(null, null, after, 2, null);
            page.getData().forEach(flow -> ids.add(flow.getId()));
            after = page.getNext();
        } while (after != null);

        assertThat(ids).containsExactly("checked", "other", "third");
        FlowView one = flows.oneFlows("checked", null);
        assertThat(one.getStatus()).isEqualTo(FlowView.StatusEnum.ACTIVE);
        assertThat(one.getRevision()).isNotEmpty();
        assertThat(one.getLastRun()).isNull();
        assertThat(one.getShapes().get(0).getId()).isEqualTo("is-seven");
    }

    @Test
    void startsRunsAndReadsThem() {
        RunsApi runs = new RunsApi(client);
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            started.add(0, ended(begin("other", Map.of("id", 7))).getId());
        }

        List<String> listed = new ArrayList<>();
        String after = null;
        do {
            RunViewPage page = runs.listRuns("other", null, null, null, null, null, null, null, after, 2, null);
            assertThat(page.getData()).hasSizeLessThanOrEqualTo(2);
            page.getData().forEach(run -> listed.add(run.getId()));
            after = page.getNext();
        } while (after != null);

        assertThat(listed).isEqualTo(started);
        RunView run = runs.oneRuns(started.get(0), null);
        assertThat(run.getStatus()).isEqualTo(RunView.StatusEnum.SUCCEEDED);
        assertThat(run.getReason()).isNull();
        assertThat(run.getEndedAt()).isAfterOrEqualTo(run.getQueuedAt());
        assertThat(run.getShapes().get(0).getShape()).isEqualTo("is-seven");
        assertThat(runs.logsRuns(run.getId(), null, null).getData())
                .extracting(LogView::getText)
                .contains("it is seven");
        assertThat(runs.logStreamRuns(run.getId(), null)).contains("event:line", "event:end", "\"succeeded\"");
    }

    @Test
    void readsTheContentOfAFailedPayloadAsItWas() throws Exception {
        RunView run = ended(begin("checked", Map.of("name", "Zoë")));
        assertThat(run.getStatus()).isEqualTo(RunView.StatusEnum.FAILED);
        FailedPayloadsApi payloads = new FailedPayloadsApi(client);

        FailedView failed = payloads.listFailedPayloads(
                        "checked", "open", run.getId(), null, null, null, null, null, null, null, null, 10, null)
                .getData()
                .get(0);
        var body = payloads.bodyFailedPayloadsWithHttpInfo(failed.getId());

        assertThat(body.getBody().getContentAsString(StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"Zoë\"}");
        assertThat(body.getHeaders().getETag()).isEqualTo('"' + failed.getId() + '"');
        assertThat(payloads.resolveFailedPayloads(failed.getId(), null).getState())
                .isEqualTo(FailedView.StateEnum.RESOLVED);
    }

    @Test
    void aWrongCallIsToldInAProblemDocument() throws Exception {
        HttpClientErrorException refused = catchThrowableOfType(
                HttpClientErrorException.class,
                () -> new CursorsApi(client).oneCursors("checked", "nobody", "orders.list", null, null));

        Problem problem = client.getObjectMapper().readValue(refused.getResponseBodyAsString(), Problem.class);
        assertThat(refused.getStatusCode().value()).isEqualTo(404);
        assertThat(problem.getStatus()).isEqualTo(404);
        assertThat(problem.getDetail()).isEqualTo("There is no cursor 'checked/nobody/orders.list'.");
        assertThat(problem.getId()).isNotEmpty();
    }

    @Test
    void asksForWhatChangedAndChangesWhatItSaw() {
        VersionsApi versions = new VersionsApi(client);
        ResponseEntity<VersionStateView> seen = versions.versionVersionsWithHttpInfo("third", null);
        String tag = seen.getHeaders().getETag();

        ResponseEntity<VersionStateView> again = versions.versionVersionsWithHttpInfo("third", tag);
        assertThat(again.getStatusCode().value()).isEqualTo(304);
        assertThat(again.getBody()).isNull();

        HttpClientErrorException refused = catchThrowableOfType(
                HttpClientErrorException.class, () -> versions.deployVersions("third", null, "\"of-yesterday\""));
        assertThat(refused.getStatusCode().value()).isEqualTo(412);
        assertThat(versions.deployVersions("third", "as it was seen", tag)
                        .getVersion()
                        .getFileState())
                .isEqualTo(VersionStateView.FileStateEnum.RUNS);
    }

    @Test
    void itsDocumentIsTheOneThatIsServed() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Object served = new io.patchbay.client.OpenApiApi(client).documentOpenApi();

        JsonNode shipped =
                json.readTree(Path.of("src/main/resources/openapi.json").toFile());
        JsonNode told = json.valueToTree(served);
        assertThat(told).isEqualTo(shipped);
        assertThat(shipped.at("/paths/~1api~1v1~1flows/get/responses/200/headers/" + HttpHeaders.ETAG)
                        .isMissingNode())
                .isFalse();
    }

    private static String begin(String flow, Object body) {
        return new FlowsApi(client).startFlows(flow, "manual", null, null, body).getRun();
    }

    private static RunView ended(String run) {
        RunsApi runs = new RunsApi(client);
        return await().until(() -> runs.oneRuns(run, null), view -> view.getEndedAt() != null);
    }
}
