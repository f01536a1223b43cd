package io.patchbay.api;

import static io.patchbay.api.ApiFixture.NOON;
import static io.patchbay.api.ApiFixture.problem;
import static io.patchbay.api.ApiFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.queue.QueueFullException;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunStatus;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Failed payloads as a caller sees them, and how they are replayed, one or all of a run. */
@OverHttp
class FailedPayloadsHttpTest {

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
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
    void saysWhichRunReplayedIt() throws Exception {
        failed("f1", "r1", FailedPayload.State.OPEN);
        String path = "/api/v1/failed-payloads/{id}";
        assertThat(api.ok(api.get("/api/v1/failed-payloads/f1"), path, "get")
                        .get("replayRun")
                        .isNull())
                .isTrue();

        api.history.replayed("f1", "r2", null).join();

        assertThat(api.ok(api.get("/api/v1/failed-payloads/f1"), path, "get")
                        .get("replayRun")
                        .asText())
                .isEqualTo("r2");
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
    void refusesABodyThatIsBeyondABoundOfTheReader() throws Exception {
        failed("f1", "r1", FailedPayload.State.OPEN);

        String deep = "{\"edited\":" + "[".repeat(3000) + "]".repeat(3000) + "}";
        HttpResponse<String> answer = api.post("/api/v1/failed-payloads/f1/replay", deep);
        problem(answer, 400, "nested deeper than 200 levels");
        assertThat(answer.body()).contains("NOT_JSON");
        byte[] noUtf = {0, 0, (byte) 0xFE, (byte) 0xFF, 0x7F, 0x7F, 0x7F, 0x7F};
        problem(
                api.send(api.request("/api/v1/failed-payloads/f1/replay")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(noUtf))),
                400,
                "not in UTF-8");
        problem(
                api.post("/api/v1/failed-payloads/f1/replay", "{\"again\":true,\"again\":false}"),
                400,
                "'again' stands twice");
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
    void oneThatCannotBeReplayedKeepsNoneOfTheOthersFromIt() throws Exception {
        api.history.started(run("r1", RunStatus.FAILED, NOON.plusSeconds(3)));
        failed("f1", "r1", FailedPayload.State.OPEN);
        failed("f2", "r1", FailedPayload.State.OPEN);
        failed("f3", "r1", FailedPayload.State.OPEN);
        api.flows.refusals.put("f2", new IllegalArgumentException("version 3 cannot be read any more"));
        JsonNode replays = api.fits(api.post("/api/v1/runs/r1/replay", ""), "/api/v1/runs/{id}/replay", "post");

        assertThat(replays.get("runs"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("run-of-f1", "run-of-f3");
        assertThat(replays.get("refused"))
                .hasToString("[{\"failedPayload\":\"f2\",\"reason\":\"Version 3 cannot be read any more.\"}]");
        assertThat(replays.get("stopped").isNull()).isTrue();
    }

    @Test
    void saysWhatWasReplayedBeforeTheQueueWasFull() throws Exception {
        api.history.started(run("r1", RunStatus.FAILED, NOON.plusSeconds(3)));
        failed("f1", "r1", FailedPayload.State.OPEN);
        failed("f2", "r1", FailedPayload.State.OPEN);
        RuntimeException full = new QueueFullException("the queue is full: 2 starts wait", Duration.ofSeconds(5));
        api.flows.refusals.put("f2", full);
        JsonNode replays = api.fits(api.post("/api/v1/runs/r1/replay", ""), "/api/v1/runs/{id}/replay", "post");

        assertThat(replays.get("runs")).extracting(JsonNode::asText).containsExactly("run-of-f1");
        assertThat(replays.get("more").asBoolean()).isTrue();
        assertThat(replays.get("stopped").asText()).isEqualTo("The queue is full: 2 starts wait.");

        api.flows.refusals.put("f1", full);
        problem(api.post("/api/v1/runs/r1/replay", ""), 429, "the queue is full");
    }

    @Test
    void resolvesAFailedPayload() throws Exception {
        failed("f1", "r1", FailedPayload.State.OPEN);
        JsonNode one = api.ok(
                api.post("/api/v1/failed-payloads/f1/resolve", ""), "/api/v1/failed-payloads/{id}/resolve", "post");

        assertThat(one.get("state").asText()).isEqualTo("resolved");
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
}
