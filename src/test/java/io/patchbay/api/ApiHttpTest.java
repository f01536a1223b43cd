package io.patchbay.api;

import static io.patchbay.api.ApiFixture.NOON;
import static io.patchbay.api.ApiFixture.problem;
import static io.patchbay.api.ApiFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.payload.Body;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueueFullException;
import io.patchbay.queue.QueuedStart;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunStatus;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The API over a real port, behind the real login; what it answers is held against the document that we ship. */
@OverHttp
class ApiHttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ApiFixture api;

    @Autowired
    private RequestMappingHandlerMapping mappings;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void everyHandlerIsInTheDocumentAndNothingElse() throws Exception {
        TreeSet<String> handlers = new TreeSet<>();
        mappings.getHandlerMethods()
                .forEach((mapping, handler) -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(verb ->
                                        handlers.add(verb.name().toLowerCase(java.util.Locale.ROOT) + " " + path))));
        TreeSet<String> told = new TreeSet<>();
        api.document()
                .get("paths")
                .properties()
                .forEach(path ->
                        path.getValue().fieldNames().forEachRemaining(verb -> told.add(verb + " " + path.getKey())));

        assertThat(told).isEqualTo(handlers);
    }

    @Test
    void listsFlowsWithWhatIsWrongWithTheirFiles() throws Exception {
        JsonNode answer = api.ok(api.get("/api/v1/flows"), "/api/v1/flows", "get");

        assertThat(answer.at("/data/0/id").asText()).isEqualTo("orders-to-erp");
        assertThat(answer.at("/data/0/status").asText()).isEqualTo("active");
        assertThat(answer.at("/data/0/shapes/1/type").asText()).isEqualTo("filter");
        assertThat(answer.at("/data/2/revision").isNull()).isTrue();
        assertThat(answer.at("/data/2/problems/0/hint").asText()).isEqualTo("did you mean 'keep'?");
        assertThat(answer.get("next").isNull()).isTrue();
    }

    @Test
    void givesListsInPartsThatFitTogether() throws Exception {
        JsonNode first = api.ok(api.get("/api/v1/flows?limit=2"), "/api/v1/flows", "get");
        JsonNode second = api.ok(
                api.get("/api/v1/flows?limit=2&after=" + first.get("next").asText()), "/api/v1/flows", "get");

        assertThat(first.get("data")).hasSize(2);
        assertThat(second.at("/data/0/id").asText()).isEqualTo("wrong");
        assertThat(second.get("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/flows?label=stock,stock-to-shop",
        "/api/v1/flows?q=ORDERS-TO,orders-to-erp",
        "/api/v1/flows?q=name+of+stock,stock-to-shop"
    })
    void findsFlows(String path, String id) throws Exception {
        JsonNode answer = api.ok(api.get(path), "/api/v1/flows", "get");

        assertThat(answer.get("data")).hasSize(1);
        assertThat(answer.at("/data/0/id").asText()).isEqualTo(id);
    }

    @Test
    void pausesAFlowAndGoesOn() throws Exception {
        JsonNode paused =
                api.ok(api.post("/api/v1/flows/orders-to-erp/disable", ""), "/api/v1/flows/{id}/disable", "post");
        JsonNode going =
                api.ok(api.post("/api/v1/flows/orders-to-erp/enable", ""), "/api/v1/flows/{id}/enable", "post");

        assertThat(paused.get("enabled").asBoolean()).isFalse();
        assertThat(going.get("enabled").asBoolean()).isTrue();
    }

    @Test
    void startsAFlowWithTheBodyAsPayload() throws Exception {
        HttpResponse<String> answer =
                api.send(api.request("/api/v1/flows/orders-to-erp/start?var.currency=EUR&trigger=manual")
                        .header("Content-Type", "text/csv; charset=utf-8")
                        .POST(BodyPublishers.ofString("a;b\n1;2")));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/runs/run-1");
        assertThat(api.fits(answer, "/api/v1/flows/{id}/start", "post")
                        .get("run")
                        .asText())
                .isEqualTo("run-1");
        FakeFlows.Asked asked = api.flows.asked.get(0);
        assertThat(asked.trigger()).isEqualTo("manual");
        assertThat(asked.meta()).isEqualTo(Map.of("var.currency", "EUR"));
        assertThat(asked.body()).isInstanceOfSatisfying(Body.Bytes.class, body -> {
            assertThat(body.contentType()).isEqualTo("text/csv;charset=utf-8");
            assertThat(new String(body.bytes(), StandardCharsets.UTF_8)).isEqualTo("a;b\n1;2");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=xx"})
    void takesFormsAsTheyAre(String type) throws Exception {
        String form = "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xx--\r\n";
        HttpResponse<String> answer = api.send(api.request("/api/v1/flows/orders-to-erp/start")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(form)));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(((Body.Bytes) api.flows.asked.get(0).body()).bytes())
                .isEqualTo(form.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void startsAFlowWithoutAnything() throws Exception {
        HttpResponse<String> answer = api.post("/api/v1/flows/orders-to-erp/start", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(api.flows.asked.get(0).body()).isEqualTo(Body.EMPTY);
        assertThat(api.flows.asked.get(0).trigger()).isEqualTo("api");
    }

    @Test
    void refusesAPayloadOverTheLimitByItsLength() throws Exception {
        HttpResponse<String> answer = api.send(api.request("/api/v1/flows/orders-to-erp/start")
                .POST(BodyPublishers.ofByteArray(new byte[100 * 1024 + 1])));

        problem(answer, 413, "more than 102400 bytes");
        assertThat(api.flows.asked).isEmpty();
    }

    @Test
    void refusesAPayloadOverTheLimitThatHidesItsLength() throws Exception {
        HttpResponse<String> answer = api.send(api.request("/api/v1/flows/orders-to-erp/start")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[100 * 1024 + 1]))));

        problem(answer, 413, "more than 102400 bytes");
        assertThat(api.flows.asked).isEmpty();
    }

    @Test
    void refusesABodyThatEndsTooEarly() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", api.port)) {
            socket.getOutputStream()
                    .write(("POST /api/v1/flows/orders-to-erp/start HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                    + ApiProgram.TOKEN
                                    + "\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{\"half\":")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }

        assertThat(api.flows.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/flows/orders-to-erp/start?var.curency=EUR | no variable 'curency'; it has currency",
                "/api/v1/flows/orders-to-erp/start?priority=high | 'priority' is not one of a start",
                "/api/v1/flows/orders-to-erp/start?trigger=cron | 'trigger' is not one of a start",
                "/api/v1/flows?limit=0 | limit must be 1 to 500, found 0",
                "/api/v1/flows?limit=ten | limit",
                "/api/v1/runs?status=done | status 'done' is not known; there are queued, running",
                "/api/v1/failed-payloads?state=lost | state 'lost' is not known; there are open",
            })
    void refusesParametersThatMakeNoSense(String path, String detail) throws Exception {
        HttpResponse<String> answer = path.contains("/start") ? api.post(path, "") : api.get(path);

        problem(answer, 400, detail);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/flows/nope",
        "GET,/api/v1/flows/nope/explain",
        "POST,/api/v1/flows/nope/start",
        "POST,/api/v1/flows/nope/enable",
        "GET,/api/v1/runs/nope",
        "GET,/api/v1/runs/nope/logs",
        "GET,/api/v1/runs/nope/requests",
        "GET,/api/v1/runs/nope/payloads",
        "POST,/api/v1/runs/nope/stop",
        "POST,/api/v1/runs/nope/replay",
        "GET,/api/v1/failed-payloads/nope",
        "GET,/api/v1/failed-payloads/nope/body",
        "POST,/api/v1/failed-payloads/nope/replay",
        "POST,/api/v1/failed-payloads/nope/resolve",
        "GET,/api/v1/schemas/nope"
    })
    void saysThatThereIsNoSuchThing(String verb, String path) throws Exception {
        problem(api.send(api.request(path).method(verb, BodyPublishers.noBody())), 404, "'nope'");
    }

    @Test
    void refusesToStartAFlowThatWasNeverRight() throws Exception {
        problem(api.post("/api/v1/flows/wrong/start", "{}"), 409, "No version of flow 'wrong' was ever right");
        problem(api.get("/api/v1/flows/wrong/explain"), 409, "No version of flow 'wrong' was ever right");
    }

    @Test
    void saysWhenToComeBackWhenTheQueueIsFull() throws Exception {
        api.flows.refusal = new QueueFullException("10000 starts of orders-to-erp wait.", Duration.ofSeconds(5));
        HttpResponse<String> answer = api.post("/api/v1/flows/orders-to-erp/start", "{}");

        problem(answer, 429, "10000 starts");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(api.bodies.discarded).hasSize(1);
    }

    @Test
    void saysThatNothingIsAcceptedWhenTheDiskIsFull() throws Exception {
        api.flows.refusal = new IntakeRefusedException("The disk is nearly full.", Duration.ofMillis(200));
        HttpResponse<String> answer = api.post("/api/v1/flows/orders-to-erp/start", "{}");

        problem(answer, 503, "The disk is nearly full");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void explainsAFlowAsText() throws Exception {
        HttpResponse<String> answer = api.get("/api/v1/flows/orders-to-erp/explain");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(answer.body()).isEqualTo("layout of orders-to-erp");
    }

    @Test
    void listsWhatIsWrongWithFiles() throws Exception {
        JsonNode all = api.ok(api.get("/api/v1/problems"), "/api/v1/problems", "get");
        JsonNode others = api.ok(api.get("/api/v1/problems?file=routes/right.flow.yaml"), "/api/v1/problems", "get");

        assertThat(all.at("/data/0/line").asInt()).isEqualTo(14);
        assertThat(all.at("/data/0/severity").asText()).isEqualTo("error");
        assertThat(others.get("data")).isEmpty();
    }

    @Test
    void tellsARunStepByStep() throws Exception {
        api.history.started(run("r1", RunStatus.PARTIAL, NOON.plusSeconds(3)));
        JsonNode run = api.ok(api.get("/api/v1/runs/r1"), "/api/v1/runs/{id}", "get");
        JsonNode logs = api.ok(api.get("/api/v1/runs/r1/logs?shape=pull"), "/api/v1/runs/{id}/logs", "get");
        JsonNode requests = api.ok(api.get("/api/v1/runs/r1/requests"), "/api/v1/runs/{id}/requests", "get");

        assertThat(run.get("status").asText()).isEqualTo("partial");
        assertThat(run.get("queuedAt").asText()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(run.get("tookMs").asLong()).isEqualTo(2000);
        assertThat(run.at("/shapes/0/tookMs").asLong()).isEqualTo(1500);
        assertThat(run.at("/shapes/0/payloadsFailed").asLong()).isEqualTo(1);
        assertThat(logs.get("data")).hasSize(1);
        assertThat(logs.at("/data/0/level").asText()).isEqualTo("warn");
        assertThat(requests.at("/data/0/tookMs").asLong()).isEqualTo(40);
    }

    @Test
    void saysNoTimeOfARunThatGoesOn() throws Exception {
        api.history.started(run("r1", RunStatus.RUNNING, null));
        JsonNode run = api.ok(api.get("/api/v1/runs/r1"), "/api/v1/runs/{id}", "get");

        assertThat(run.get("endedAt").isNull()).isTrue();
        assertThat(run.get("tookMs").isNull()).isTrue();
    }

    @Test
    void listsRunsByFlowStatusAndText() throws Exception {
        api.history.started(run("r1", RunStatus.FAILED, NOON.plusSeconds(3)));
        api.history.started(run("r2", RunStatus.SUCCEEDED, NOON.plusSeconds(3)));
        JsonNode all = api.ok(api.get("/api/v1/runs?flow=orders-to-erp&limit=1"), "/api/v1/runs", "get");
        JsonNode failed = api.ok(api.get("/api/v1/runs?status=FAILED&q=401"), "/api/v1/runs", "get");

        assertThat(all.at("/data/0/id").asText()).isEqualTo("r2");
        assertThat(all.get("next").asText()).isEqualTo("r2");
        assertThat(failed.get("data")).hasSize(1);
        assertThat(failed.at("/data/0/id").asText()).isEqualTo("r1");
    }

    @Test
    void showsPayloadsWithTheirBytesOnlyWhenAsked() throws Exception {
        api.history.started(run("r1", RunStatus.SUCCEEDED, NOON.plusSeconds(3)));
        captured("pull", "{\"name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8), 20);
        captured("only-paid", new byte[] {(byte) 0xff, 0, 1}, 3);
        JsonNode list = api.ok(api.get("/api/v1/runs/r1/payloads"), "/api/v1/runs/{id}/payloads", "get");
        JsonNode text =
                api.ok(api.get("/api/v1/runs/r1/payloads?shape=pull&bytes=true"), "/api/v1/runs/{id}/payloads", "get");
        JsonNode raw = api.ok(
                api.get("/api/v1/runs/r1/payloads?shape=only-paid&bytes=true"), "/api/v1/runs/{id}/payloads", "get");

        assertThat(list.get("data")).hasSize(2);
        assertThat(list.at("/data/0/text").isNull()).isTrue();
        assertThat(list.at("/data/0/direction").asText()).isEqualTo("out");
        assertThat(text.at("/data/0/text").asText()).isEqualTo("{\"name\":\"Zoë\"}");
        assertThat(text.at("/data/0/cut").asBoolean()).isTrue();
        assertThat(raw.at("/data/0/base64").asText()).isEqualTo("/wAB");
        assertThat(raw.at("/data/0/cut").asBoolean()).isFalse();
    }

    @Test
    void stopsARunThatGoesOn() throws Exception {
        api.history.started(run("r1", RunStatus.RUNNING, null));
        api.flows.running.add("r1");
        HttpResponse<String> answer = api.post("/api/v1/runs/r1/stop", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        api.fits(answer, "/api/v1/runs/{id}/stop", "post");
        assertThat(api.flows.running).isEmpty();
    }

    @Test
    void cannotStopARunThatEnded() throws Exception {
        api.history.started(run("r1", RunStatus.SUCCEEDED, NOON.plusSeconds(3)));

        problem(api.post("/api/v1/runs/r1/stop", ""), 409, "it is succeeded");
    }

    @Test
    void showsAFailedPayloadAndItsContent() throws Exception {
        failed("f1", "r1", FailedPayload.State.OPEN);
        JsonNode list = api.ok(api.get("/api/v1/failed-payloads?state=open"), "/api/v1/failed-payloads", "get");
        JsonNode one = api.ok(api.get("/api/v1/failed-payloads/f1"), "/api/v1/failed-payloads/{id}", "get");
        HttpResponse<String> body = api.get("/api/v1/failed-payloads/f1/body");

        assertThat(list.get("data")).hasSize(1);
        assertThat(one.get("owner").asText()).isEqualTo("remote");
        assertThat(one.at("/meta/file").asText()).isEqualTo("a.json");
        assertThat(body.body()).isEqualTo("{\"sku\":\"A-1\"}");
        assertThat(body.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        assertThat(body.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void replaysAFailedPayloadAsItWas() throws Exception {
        failed("f1", "r1", FailedPayload.State.OPEN);
        HttpResponse<String> answer = api.post("/api/v1/failed-payloads/f1/replay", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(api.fits(answer, "/api/v1/failed-payloads/{id}/replay", "post")
                        .get("run")
                        .asText())
                .isEqualTo("run-of-f1");
        assertThat(api.flows.asked.get(0).body()).isNull();
        assertThat(api.flows.asked.get(0).today()).isFalse();
    }

    @Test
    void replaysAnEditedPayloadWithEveryDigit() throws Exception {
        failed("f1", "r1", FailedPayload.State.OPEN);
        HttpResponse<String> answer = api.post(
                "/api/v1/failed-payloads/f1/replay",
                "{\"edited\":{\"price\":12345678901234567890.10},\"revision\":\"today\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(api.flows.asked.get(0).today()).isTrue();
        assertThat(((Body.Tree) api.flows.asked.get(0).body()).tree().toString())
                .isEqualTo("{\"price\":12345678901234567890.10}");
    }

    @Test
    void replaysEditedTextUnderItsMediaType() throws Exception {
        failed("f1", "r1", FailedPayload.State.HELD);
        api.post("/api/v1/failed-payloads/f1/replay", "{\"edited\":\"a;b\",\"contentType\":\"text/csv\"}");

        assertThat(api.flows.asked.get(0).body())
                .isInstanceOfSatisfying(
                        Body.Bytes.class, body -> assertThat(body.contentType()).isEqualTo("text/csv"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"edited\":  | The body is not JSON: line 1",
                "[1] | must be a JSON object",
                "{\"edit\":1} | Key 'edit' is not known",
                "{\"revision\":\"newest\"} | revision 'newest' is not known; there are own, today",
                "{\"revision\":7} | revision must be text",
                "{\"again\":\"yes\"} | again must be true or false",
                "{\"edited\":{},\"contentType\":\"text/csv\"} | edited must be text",
                "{\"edited\":\"x\",\"contentType\":\"csv\"} | contentType 'csv' is not a media type",
            })
    void refusesAReplayThatMakesNoSense(String body, String detail) throws Exception {
        failed("f1", "r1", FailedPayload.State.OPEN);

        problem(api.post("/api/v1/failed-payloads/f1/replay", body), 400, detail);
        assertThat(api.flows.asked).isEmpty();
    }

    @Test
    void replaysTwiceOnlyWhenToldSo() throws Exception {
        failed("f1", "r1", FailedPayload.State.REPLAYED);

        problem(api.post("/api/v1/failed-payloads/f1/replay", ""), 409, "replayed already");
        assertThat(api.post("/api/v1/failed-payloads/f1/replay", "{\"again\":true}")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void replaysAllThatWaitsInARun() throws Exception {
        api.history.started(run("r1", RunStatus.FAILED, NOON.plusSeconds(3)));
        failed("f1", "r1", FailedPayload.State.OPEN);
        failed("f2", "other", FailedPayload.State.OPEN);
        failed("f3", "r1", FailedPayload.State.HELD);
        failed("f4", "r1", FailedPayload.State.RESOLVED);
        HttpResponse<String> answer = api.post("/api/v1/runs/r1/replay", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode replays = api.fits(answer, "/api/v1/runs/{id}/replay", "post");
        assertThat(replays.get("runs"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("run-of-f1", "run-of-f3");
        assertThat(replays.get("more").asBoolean()).isFalse();
    }

    @Test
    void resolvesAFailedPayload() throws Exception {
        failed("f1", "r1", FailedPayload.State.OPEN);
        JsonNode one = api.ok(
                api.post("/api/v1/failed-payloads/f1/resolve", ""), "/api/v1/failed-payloads/{id}/resolve", "post");

        assertThat(one.get("state").asText()).isEqualTo("resolved");
    }

    @Test
    void servesSchemas() throws Exception {
        JsonNode names = api.ok(api.get("/api/v1/schemas"), "/api/v1/schemas", "get");

        assertThat(names.get("data")).extracting(JsonNode::asText).contains("flow", "connector", "instance", "camel");
        for (JsonNode name : names.get("data")) {
            HttpResponse<String> schema = api.get("/api/v1/schemas/" + name.asText());
            assertThat(schema.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(schema.body()).has("$schema")).isTrue();
        }
    }

    @Test
    void letsNobodyInWithoutTheToken() throws Exception {
        HttpResponse<String> answer = api.client.send(
                HttpRequest.newBuilder(api.uri("/api/v1/openapi.json")).build(), HttpResponse.BodyHandlers.ofString());

        problem(answer, 401, "token");
    }

    private void captured(String shape, byte[] bytes, long size) {
        api.history.captured(new CapturedPayload(
                "r1",
                shape,
                CapturedPayload.Direction.OUT,
                "r1/pull#0",
                "application/json",
                size,
                bytes,
                NOON,
                Duration.ofHours(72)));
    }

    @Test
    void listsStartsInPartsAndByState() throws Exception {
        start("s-1", QueuedStart.State.QUARANTINED);
        start("s-2", QueuedStart.State.WAITING);
        start("s-3", QueuedStart.State.QUARANTINED);

        JsonNode first = api.ok(api.get("/api/v1/starts?state=quarantined&limit=1"), "/api/v1/starts", "get");
        JsonNode second = api.ok(
                api.get("/api/v1/starts?state=quarantined&limit=1&after="
                        + first.get("next").asText()),
                "/api/v1/starts",
                "get");
        JsonNode waiting = api.ok(api.get("/api/v1/starts"), "/api/v1/starts", "get");

        assertThat(first.at("/data/0/id").asText()).isEqualTo("s-3");
        assertThat(first.at("/data/0/crashes").asInt()).isEqualTo(3);
        assertThat(second.at("/data/0/id").asText()).isEqualTo("s-1");
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(waiting.at("/data/0/state").asText()).isEqualTo("waiting");
    }

    @Test
    void releasesAndDiscardsAStartThatWasPutAside() throws Exception {
        start("s-1", QueuedStart.State.QUARANTINED);
        start("s-2", QueuedStart.State.CLAIMED);

        HttpResponse<String> released = api.post("/api/v1/starts/s-1/release", "");
        assertThat(released.statusCode()).isEqualTo(202);
        api.fits(released, "/api/v1/starts/{id}/release", "post");
        api.ok(api.post("/api/v1/starts/s-1/discard", ""), "/api/v1/starts/{id}/discard", "post");

        assertThat(api.starts.starts).doesNotContainKey("s-1");
        problem(api.get("/api/v1/starts/s-1"), 404, "There is no start 's-1'");
        problem(api.post("/api/v1/starts/s-2/release", ""), 409, "is claimed, not quarantined");
        problem(api.post("/api/v1/starts/s-2/discard", ""), 409, "stop its run");
    }

    private void start(String id, QueuedStart.State state) {
        api.starts.starts.put(
                id, new QueuedStart(id, "orders-to-erp", "webhook", Priority.REGULAR, NOON, 12, 3, state));
    }

    private void failed(String id, String run, FailedPayload.State state) {
        Body body = new Body.Bytes("{\"sku\":\"A-1\"}".getBytes(StandardCharsets.UTF_8), "application/json");
        api.history.failed.add(new FailedPayload(
                id,
                run,
                "orders-to-erp",
                "0123456789ab",
                "push",
                new Payload(new Lineage(run + "/pull#0"), body, RecordPath.ROOT, Map.of("file", "a.json")),
                Owner.REMOTE,
                "HTTP_500",
                "the ERP answered 500",
                4,
                NOON.plusSeconds(2),
                state));
    }

    @Test
    void showsCursorsAndPutsThemElsewhere() throws Exception {
        String one = "/api/v1/cursors/orders-to-erp/shop-uk/orders.list";
        String path = "/api/v1/cursors/{flow}/{instance}/{endpoint}";
        api.cursors.with("orders-to-erp", CursorKind.DATETIME, "2026-11-24T12:00:00Z");
        api.cursors.with("stock-to-shop", CursorKind.SEQUENCE, "17");

        JsonNode all = api.ok(api.get("/api/v1/cursors?limit=1"), "/api/v1/cursors", "get");
        assertThat(all.at("/data/0/kind").asText()).isEqualTo("datetime");
        JsonNode rest =
                api.ok(api.get("/api/v1/cursors?after=" + all.get("next").asText()), "/api/v1/cursors", "get");
        assertThat(rest.at("/data/0/flow").asText()).isEqualTo("stock-to-shop");
        assertThat(api.ok(api.get(one), path, "get").get("run").asText()).isEqualTo("run-1");

        JsonNode back = api.ok(api.post(one + "/move?back=7d", ""), path + "/move", "post");
        assertThat(back.get("position").asText()).isEqualTo("2026-11-17T12:00:00Z");
        assertThat(back.get("run").isNull()).isTrue();
        JsonNode to = api.ok(api.post(one + "/move?to=2026-01-01T00:00:00Z", ""), path + "/move", "post");
        assertThat(to.get("position").asText()).isEqualTo("2026-01-01T00:00:00Z");
        api.ok(api.post(one + "/forget", ""), path + "/forget", "post");
        problem(api.get(one), 404, "There is no cursor 'orders-to-erp/shop-uk/orders.list'");
        api.cursors.with(
                new PullCursor.Key("orders-to-erp", "shop-uk", "orders.list", "0a"),
                "{\"shop\":1}",
                CursorKind.SEQUENCE,
                "17");
        problem(api.get(one), 404, "There is no cursor");
        assertThat(api.ok(api.get(one + "?digest=0a"), path, "get")
                        .get("inputs")
                        .asText())
                .isEqualTo("{\"shop\":1}");
        api.ok(api.post(one + "/move?digest=0a&to=5", ""), path + "/move", "post");
        JsonNode was = api.ok(api.post(one + "/forget?digest=0a", ""), path + "/forget", "post");
        assertThat(was.get("position").asText()).isEqualTo("5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders-to-erp | move | Give either",
                "orders-to-erp | move?to=2026-01-01T00:00:00Z&back=1d | Give either",
                "orders-to-erp | move?to=yesterday | 'yesterday' is not a time",
                "orders-to-erp | move?back=soon | 'soon' is not a duration",
                "stock-to-shop | move?to=x | 'x' is not a number",
                "stock-to-shop | move?back=1d | Only a cursor that is a time"
            })
    void refusesAPositionThatIsNone(String flow, String call, String detail) throws Exception {
        api.cursors.with("orders-to-erp", CursorKind.DATETIME, "2026-11-24T12:00:00Z");
        api.cursors.with("stock-to-shop", CursorKind.SEQUENCE, "17");

        problem(api.post("/api/v1/cursors/" + flow + "/shop-uk/orders.list/" + call, ""), 400, detail);
    }
}
