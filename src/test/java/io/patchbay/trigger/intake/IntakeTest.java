package io.patchbay.trigger.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.payload.Body;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.QueueFullException;
import io.patchbay.trigger.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {

    @TempDir
    private Path folder;

    private IntakeFixture intake;

    @BeforeEach
    void open() throws Exception {
        intake = new IntakeFixture(folder);
    }

    @AfterEach
    void close() throws Exception {
        intake.close();
    }

    private static void isProblem(HttpResponse<String> response, int status, String code) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(response.body()).doesNotContain("Exception", "io.patchbay", "java.");
    }

    @Test
    void answersAWebhookWithTheRunOnlyAfterTheStartIsOnDisk() throws Exception {
        intake.deploy("webhook: { path: shop/orders, auth: none }");
        CompletableFuture<String> synced = new CompletableFuture<>();
        intake.starts.onStart = start -> synced;
        var response = intake.client.sendAsync(
                intake.request("/hooks/shop/orders")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"id\":1}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        await().until(() -> intake.starts.started.size() == 1);
        assertThat(response).isNotDone();
        synced.complete("0190-run");
        assertThat(response.get().statusCode()).isEqualTo(202);
        assertThat(response.get().body()).isEqualTo("{\"run\":\"0190-run\"}");
        var start = intake.starts.started.get(0);
        assertThat(start.flow()).isEqualTo("flow-0");
        assertThat(start.trigger()).isEqualTo("webhook");
        assertThat(start.text()).isEqualTo("{\"id\":1}");
        assertThat(start.body().contentType()).isEqualTo("application/json");
        assertThat(start.meta()).isEmpty();
    }

    @Test
    void answersWhatTheTriggerSaysInPlaceOfTheRun() throws Exception {
        intake.deploy(
                "webhook: { path: a, auth: none, answer: { status: 200, body: { received: true } } }",
                "webhook: { path: b, auth: none, answer: { status: 204 } }");
        assertThat(intake.post("/hooks/a", "application/json", "{}").body()).isEqualTo("{\"received\":true}");
        var empty = intake.post("/hooks/b", "application/json", "{}");
        assertThat(empty.statusCode()).isEqualTo(204);
        assertThat(empty.body()).isEmpty();
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
        intake.deploy("webhook: { path: orders, auth: none }", "callback: { path: \"price/{sku}\", auth: none }");
        for (String path : new String[] {
            "/",
            "/hooks",
            "/hooks/",
            "/hooks/order",
            "/hooks/orders/",
            "/hooks//orders",
            "/hooks/ord%65rs",
            "/hooks/../hooks/orders",
            "/callbacks/price",
            "/callbacks/price/",
            "/actuator",
            "/jolokia"
        }) {
            isProblem(intake.post(path, "application/json", "{}"), 404, "NO_SUCH_PATH");
        }
        var method = intake.send(intake.request("/hooks/orders").PUT(BodyPublishers.ofString("x")));
        isProblem(method, 405, "METHOD_NOT_ALLOWED");
        assertThat(method.headers().firstValue("Allow")).contains("POST");
        isProblem(intake.get("/hooks/orders"), 405, "METHOD_NOT_ALLOWED");
        isProblem(intake.post("/callbacks/price/1", "text/plain", "x"), 405, "METHOD_NOT_ALLOWED");
        assertThat(intake.starts.started).isEmpty();
    }

    @Test
    void makesQueryParametersTheBodyOnlyWhenThereIsNone() throws Exception {
        intake.deploy("webhook: { path: o, auth: none, methods: [GET, POST] }");
        intake.get("/hooks/o?id=7&tag=a&tag=b+c&n%C3%A4me=%26");
        intake.post("/hooks/o?id=7", "application/json", "[1]");
        intake.get("/hooks/o");
        assertThat(intake.starts.started.get(0).text())
                .isEqualTo("{\"id\":\"7\",\"tag\":[\"a\",\"b c\"],\"näme\":\"&\"}");
        assertThat(intake.starts.started.get(1).text()).isEqualTo("[1]");
        assertThat(intake.starts.started.get(2).body()).isEqualTo(Body.EMPTY);
    }

    @Test
    void makesAFormAJsonObject() throws Exception {
        intake.deploy("webhook: { path: o, auth: none }");
        intake.post("/hooks/o?x=1", "application/x-www-form-urlencoded; charset=UTF-8", "a=1&b=%7B%22c%22%3A2%7D&a=2");
        assertThat(intake.starts.started.get(0).text()).isEqualTo("{\"a\":[\"1\",\"2\"],\"b\":\"{\\\"c\\\":2}\"}");
        isProblem(intake.post("/hooks/o", "application/x-www-form-urlencoded", "a=%zz"), 400, "BAD_FIELDS");
        isProblem(intake.post("/hooks/o", "application/x-www-form-urlencoded", "a=caf%E9"), 400, "BAD_FIELDS");
    }

    @Test
    void letsOnlyDeclaredHeadersAndParametersIn() throws Exception {
        intake.deploy("webhook: { path: o, auth: none, headers: [X-Shop], query: [page] }");
        intake.send(intake.request("/hooks/o?page=2&page=3&other=1&CamelHttpUri=http://evil")
                .header("x-SHOP", "acme")
                .header("X-Other", "1")
                .header("CamelHttpUri", "http://evil")
                .POST(BodyPublishers.ofString("x")));
        assertThat(intake.starts.started.get(0).meta())
                .containsExactlyInAnyOrderEntriesOf(Map.of("header.X-Shop", "acme", "query.page", "2, 3"));
    }

    @Test
    void keepsALargeBodyInAFile() throws Exception {
        intake.deploy("webhook: { path: o, auth: none }");
        String large = "0123456789".repeat(300_000);
        assertThat(intake.post("/hooks/o", "text/csv", large).statusCode()).isEqualTo(202);
        Body.Stored stored = (Body.Stored) intake.starts.started.get(0).body();
        assertThat(stored.contentType()).isEqualTo("text/csv");
        assertThat(stored.size()).isEqualTo(3_000_000);
        assertThat(Files.readString(stored.file())).isEqualTo(large);
        assertThat(folder.resolve("intake")).isEmptyDirectory();
    }

    @Test
    void keepsALargeBodyWhoseStartMayHaveBeenWritten() throws Exception {
        intake.deploy("webhook: { path: o, auth: none }");
        intake.starts.onStart = start -> CompletableFuture.failedFuture(new java.sql.SQLException("connection lost"));
        isProblem(intake.post("/hooks/o", "text/csv", "0123456789".repeat(30_000)), 500, "FLOW_FAILED");
        assertThat(folder.resolve("bodies")).isNotEmptyDirectory();
    }

    @Test
    void discardsALargeBodyWhoseStartWasNotWritten() throws Exception {
        intake.deploy("webhook: { path: o, auth: none }");
        intake.starts.onStart =
                start -> CompletableFuture.failedFuture(new QueueFullException("full", Duration.ofMillis(1500)));
        var response = intake.post("/hooks/o", "text/csv", "0123456789".repeat(30_000));
        isProblem(response, 429, "QUEUE_FULL");
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
        assertThat(folder.resolve("bodies")).isEmptyDirectory();
        assertThat(folder.resolve("intake")).isEmptyDirectory();
    }

    @Test
    void answers503WhileNothingCanBeKept() throws Exception {
        intake.deploy("webhook: { path: o, auth: none }");
        intake.starts.onStart =
                start -> CompletableFuture.failedFuture(new IntakeRefusedException("disk", Duration.ofSeconds(30)));
        var response = intake.post("/hooks/o", "text/plain", "x");
        isProblem(response, 503, "NOTHING_ACCEPTED");
        assertThat(response.headers().firstValue("Retry-After")).contains("30");
    }

    @Test
    void answers500WithoutDetailsWhenTheStartFails() throws Exception {
        intake.deploy("webhook: { path: o, auth: none }", "callback: { path: c, auth: none }");
        intake.starts.onStart = start -> CompletableFuture.failedFuture(new IllegalStateException("java.sql secret"));
        intake.starts.onCall = call -> {
            throw new IllegalStateException("io.patchbay thing");
        };
        isProblem(intake.post("/hooks/o", "text/plain", "x"), 500, "FLOW_FAILED");
        isProblem(intake.get("/callbacks/c"), 500, "FLOW_FAILED");
    }

    @Test
    void givesTheFlowsAnswerToTheCallersOfACallback() throws Exception {
        intake.deploy(
                "callback: { path: \"price/{sku}/in/{currency}\", auth: none }",
                "callback: { path: price/list/in/all, auth: none }",
                "callback: { path: \"price/{item}/in/{c}\", method: POST, auth: none }");
        intake.starts.onCall = call -> CompletableFuture.completedFuture(
                new Answer(200, "application/json", ("\"" + call.flow() + "\"").getBytes(StandardCharsets.UTF_8)));
        var response = intake.get("/callbacks/price/A%2F7%20b+c/in/EUR");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("\"flow-0\"");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(intake.starts.started.get(0).meta())
                .containsExactlyInAnyOrderEntriesOf(Map.of("path.sku", "A/7 b+c", "path.currency", "EUR"));
        assertThat(intake.starts.started.get(0).trigger()).isEqualTo("callback");
        assertThat(intake.get("/callbacks/price/list/in/all").body()).isEqualTo("\"flow-1\"");
        assertThat(intake.post("/callbacks/price/x/in/y", "text/plain", "b").body())
                .isEqualTo("\"flow-2\"");
        assertThat(intake.starts.started.get(2).meta()).containsEntry("path.item", "x");
        isProblem(intake.get("/callbacks/price/a%0d%0aX-Evil:1/in/EUR"), 400, "BAD_FIELDS");
        isProblem(intake.get("/callbacks/price/caf%E9/in/EUR"), 400, "BAD_FIELDS");
    }

    @Test
    void answersWhatTheTriggerSaysWhenTimeIsOver() throws Exception {
        intake.deploy(
                "callback: { path: a, auth: none, timeout: 50ms }",
                "callback: { path: b, auth: none, timeout: 50ms, onTimeout: { status: 200, body: [] } }");
        isProblem(intake.get("/callbacks/a"), 504, "FLOW_TIMEOUT");
        var response = intake.get("/callbacks/b");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("[]");
    }

    @Test
    void swapsAllPathsInOneStepWithoutLosingARequest() throws Exception {
        intake.deploy("webhook: { path: o, auth: none }");
        CompletableFuture<Void> swaps = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 200; i++) {
                intake.deploy("webhook: { path: o, auth: none }", "webhook: { path: p" + i + ", auth: none }");
            }
        });
        int sent = 0;
        while (!swaps.isDone() || sent < 100) {
            assertThat(intake.post("/hooks/o", "text/plain", "x").statusCode()).isEqualTo(202);
            sent++;
        }
        assertThat(intake.starts.started).hasSize(sent);
        intake.deploy();
        isProblem(intake.post("/hooks/o", "text/plain", "x"), 404, "NO_SUCH_PATH");
    }

    @Test
    void waitsForTheCallersItTookInBeforeItFellSilent() throws Exception {
        intake.deploy("{callback: {path: slow, method: GET, auth: none}}");
        CompletableFuture<Answer> flow = new CompletableFuture<>();
        intake.starts.onCall = call -> flow;
        CompletableFuture<HttpResponse<String>> caller = intake.client.sendAsync(
                intake.request("/callbacks/slow").build(), HttpResponse.BodyHandlers.ofString());
        await().until(() -> intake.starts.started.size() == 1);

        intake.intake.silence();
        assertThat(intake.get("/callbacks/slow").statusCode()).isEqualTo(503);
        assertThat(intake.intake.drain(Duration.ofMillis(20))).isFalse();
        byte[] large = new byte[4_000_000];
        flow.complete(new Answer(200, "application/octet-stream", large));
        assertThat(intake.intake.drain(Duration.ofSeconds(10))).isTrue();
        intake.intake.stop();

        assertThat(caller.get(10, TimeUnit.SECONDS).body()).hasSize(large.length);
    }

    @Test
    void answers503WhileItsRouteIsStopped() throws Exception {
        intake.deploy("webhook: { path: o, auth: none }");
        intake.camel.getRouteController().suspendRoute("intake-hooks");
        var response = intake.post("/hooks/o", "text/plain", "x");
        isProblem(response, 503, "NOT_OPEN");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        intake.camel.getRouteController().resumeRoute("intake-hooks");
        assertThat(intake.post("/hooks/o", "text/plain", "x").statusCode()).isEqualTo(202);
        intake.camel.getRouteController().stopRoute("intake-hooks");
        isProblem(intake.post("/hooks/o", "text/plain", "x"), 503, "NOT_OPEN");
        intake.camel.getRouteController().startRoute("intake-hooks");
        assertThat(intake.post("/hooks/o", "text/plain", "x").statusCode()).isEqualTo(202);
    }
}
