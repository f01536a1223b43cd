package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.RequestLog;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.shape.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/** A caller of the API with the right token, the fakes behind it, and the shipped document that every answer is held against. */
final class ApiFixture {

    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    final HttpClient client = HttpClient.newHttpClient();
    final int port;
    final FakeFlows flows;
    final FakeVersions versions;
    final FakeHistory history;
    final FakeCounts counts;
    final FakeStarts starts;
    final FakeCursors cursors;
    final FakeKnownLists knownLists;
    final FakeTracked tracked;
    final FakePools pools;
    final FakeDryRuns dryRuns;
    final RunCaches caches;
    final MemoryBodies bodies;

    /** Takes the fakes of a context that other tests used before, and puts them back to where each test begins. */
    ApiFixture(ApplicationContext context) {
        port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        flows = context.getBean(FakeFlows.class);
        versions = context.getBean(FakeVersions.class);
        history = context.getBean(FakeHistory.class);
        counts = context.getBean(FakeCounts.class);
        starts = context.getBean(FakeStarts.class);
        cursors = context.getBean(FakeCursors.class);
        knownLists = context.getBean(FakeKnownLists.class);
        tracked = context.getBean(FakeTracked.class);
        pools = context.getBean(FakePools.class);
        dryRuns = context.getBean(FakeDryRuns.class);
        caches = context.getBean(RunCaches.class);
        bodies = context.getBean(MemoryBodies.class);
        reset();
    }

    /** An id as the program makes them; a greater number is a later one. */
    static String id(int number) {
        return "01938f00-0000-7000-8000-%012d".formatted(number);
    }

    private void reset() {
        flows.list().forEach(view -> flows.without(view.id()));
        flows.with("orders-to-erp", "orders").with("stock-to-shop", "stock").withBroken("wrong");
        flows.asked.clear();
        flows.running.clear();
        flows.refusal = null;
        flows.refusals.clear();
        flows.keepsNone();
        versions.asked.clear();
        versions.held = null;
        bodies.discarded.clear();
        counts.clear();
        history.runs.clear();
        history.captured.clear();
        history.failed.clear();
        starts.starts.clear();
        cursors.clear();
        knownLists.clear();
        tracked.clear();
        pools.clear();
        dryRuns.clear();
        flows.stores = Stores.NONE;
        caches.clear();
    }

    JsonNode ok(HttpResponse<String> answer, String path, String verb) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return fits(answer, path, verb);
    }

    /** The answer, which is what the document says of it. */
    JsonNode fits(HttpResponse<String> answer, String path, String verb) throws IOException {
        ObjectNode document = document();
        JsonNode schema = document.at("/paths")
                .path(path)
                .path(verb)
                .path("responses")
                .path(String.valueOf(answer.statusCode()))
                .at("/content/application~1json/schema");
        assertThat(schema.isMissingNode())
                .as("%s %s %s", verb, path, answer.statusCode())
                .isFalse();
        ObjectNode root = ((ObjectNode) schema.deepCopy());
        root.set("components", document.get("components"));
        JsonSchema whole =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(whole.validate(body)).isEmpty();
        return body;
    }

    /** The answer is a problem document with this status, and says nothing of our insides. */
    static void problem(HttpResponse<String> answer, int status, String detail) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).contains(detail);
        assertThat(problem.get("id").asText()).isNotEmpty();
        assertThat(Stream.of("trace", "exception").anyMatch(problem::has)).isFalse();
    }

    ObjectNode document() throws IOException {
        try {
            return (ObjectNode) JSON.readTree(get("/api/v1/openapi.json").body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + ApiProgram.TOKEN);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** A run with one shape, two lines of log and one request. */
    static RunRecord run(String id, RunStatus status, Instant ended) {
        return new RunRecord(
                id,
                "orders-to-erp",
                "0123456789ab",
                "schedule",
                status,
                NOON,
                NOON.plusSeconds(1),
                ended,
                status == RunStatus.FAILED ? "the shop answered 401" : null,
                null,
                0,
                List.of(new RunRecord.ShapeRecord(
                        "pull", "connection", 1, 4, 1, 0, 100, 5000, 0, 5, Duration.ofMillis(1500))),
                List.of(
                        new RunRecord.LogLine(NOON, null, LogLevel.INFO, "began"),
                        new RunRecord.LogLine(NOON, "pull", LogLevel.WARN, "attempt 2 of 4")),
                List.of(new RunRecord.Request(
                        "pull",
                        1,
                        new RequestLog(
                                "shop",
                                "orders.list",
                                "GET",
                                "https://shop.example/orders",
                                200,
                                NOON,
                                Duration.ofMillis(40),
                                0,
                                900,
                                Map.of("Accept", "application/json"),
                                Map.of(),
                                null))));
    }
}
