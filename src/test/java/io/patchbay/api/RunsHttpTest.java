package io.patchbay.api;

import static io.patchbay.api.ApiFixture.NOON;
import static io.patchbay.api.ApiFixture.problem;
import static io.patchbay.api.ApiFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.RunStatus;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Runs as a caller sees them: their story, their captured payloads, and how they are stopped. */
@OverHttp
class RunsHttpTest {

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
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
    void saysOfWhatKindAParameterIs() throws Exception {
        ApiFixture.problem(api.get("/api/v1/runs?since=yesterday"), 400, "'since' must be an instant like 2026-");
        ApiFixture.problem(api.get("/api/v1/runs?limit=abc"), 400, "'limit' must be a whole number.");
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
    void refusesTextThatIsTooLittleToLookForInReasons() throws Exception {
        problem(api.get("/api/v1/runs?error=40"), 400, "give three letters or digits in a row");
        problem(api.get("/api/v1/runs?error=---"), 400, "q= finds them by the beginning of an id");
        assertThat(api.get("/api/v1/runs?error=401").statusCode()).isEqualTo(200);
        assertThat(api.get("/api/v1/runs?q=r").statusCode()).isEqualTo(200);
    }

    @Test
    void showsWhatIsKeptOfTheBodiesOfARequest() throws Exception {
        api.history.started(run("r1", RunStatus.SUCCEEDED, NOON.plusSeconds(3)));
        body(CapturedPayload.Direction.SENT, new byte[] {(byte) 0xff, 0, 1}, 3);
        body(CapturedPayload.Direction.RECEIVED, "<b>no</b>".getBytes(StandardCharsets.UTF_8), 20);
        String path = "/api/v1/runs/r1/requests/b1/bodies";
        JsonNode bodies = api.ok(api.get(path), "/api/v1/runs/{id}/requests/{request}/bodies", "get");
        HttpResponse<String> file = api.get(path + "/content");

        assertThat(bodies.at("/sent/base64").asText()).isEqualTo("/wAB");
        assertThat(bodies.at("/sent/cut").asBoolean()).isFalse();
        assertThat(bodies.at("/received/text").asText()).isEqualTo("<b>no</b>");
        assertThat(bodies.at("/received/cut").asBoolean()).isTrue();
        assertThat(file.body()).isEqualTo("<b>no</b>");
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(api.ok(api.get("/api/v1/runs/r1/payloads"), "/api/v1/runs/{id}/payloads", "get")
                        .get("data"))
                .isEmpty();
        problem(api.get("/api/v1/runs/r1/requests/b2/bodies"), 404, "'b2'");
        problem(api.get(path + "/content?side=in"), 400, "side 'in'");
    }

    private void body(CapturedPayload.Direction direction, byte[] bytes, long size) {
        api.history.captured(new CapturedPayload(
                "r1",
                "pull",
                direction,
                "b1",
                CapturedPayload.About.NOTHING,
                "text/html",
                size,
                bytes,
                NOON,
                Duration.ofHours(72)));
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
        assertThat(list.at("/data/0/meta")).hasToString("{\"path.sku\":\"A1\"}");
        assertThat(list.at("/data/0/variables")).hasToString("{\"least\":5}");
        assertThat(text.at("/data/0/text").asText()).isEqualTo("{\"name\":\"Zoë\"}");
        assertThat(text.at("/data/0/cut").asBoolean()).isTrue();
        assertThat(raw.at("/data/0/base64").asText()).isEqualTo("/wAB");
        assertThat(raw.at("/data/0/cut").asBoolean()).isFalse();
    }

    @Test
    void handsOutOnePayloadAsItIs() throws Exception {
        api.history.started(run("r1", RunStatus.SUCCEEDED, NOON.plusSeconds(3)));
        captured("pull", "{\"name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8), 20);
        captured("pull", "<script>".getBytes(StandardCharsets.UTF_8), 8);
        HttpResponse<String> first = api.get("/api/v1/runs/r1/payloads/content?shape=pull");
        HttpResponse<String> second = api.get("/api/v1/runs/r1/payloads/content?shape=pull&direction=out&number=2");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"name\":\"Zoë\"}");
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(first.headers().firstValue("Content-Disposition"))
                .get()
                .asString()
                .startsWith("attachment");
        assertThat(second.body()).isEqualTo("<script>");
        problem(api.get("/api/v1/runs/r1/payloads/content?shape=pull&number=3"), 404, "no payload 3 (out)");
        problem(api.get("/api/v1/runs/r1/payloads/content?shape=pull&number=0"), 404, "no payload 0 (out)");
        problem(api.get("/api/v1/runs/r1/payloads/content?shape=pull&direction=in"), 404, "no payload 1 (in)");
        problem(api.get("/api/v1/runs/r1/payloads/content?shape=pull&direction=up"), 400, "direction 'up'");
        problem(api.get("/api/v1/runs/r2/payloads/content?shape=pull"), 404, "'r2'");
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

    private void captured(String shape, byte[] bytes, long size) {
        api.history.captured(new CapturedPayload(
                "r1",
                shape,
                CapturedPayload.Direction.OUT,
                "r1/pull#0",
                new CapturedPayload.About(Map.of("path.sku", "A1"), Map.of("least", "5")),
                "application/json",
                size,
                bytes,
                NOON,
                Duration.ofHours(72)));
    }
}
