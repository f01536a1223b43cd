package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.QueueFullException;
import io.patchbay.route.Flows;
import io.patchbay.run.RunStatus;
import io.patchbay.run.counts.RunCounts;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Flows as a caller sees them: what they are, what is wrong with their files, and how they are started. */
@OverHttp
class FlowsHttpTest {

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
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
    void tellsTheNewestRunTheNextOneAndWhatTheLastOnesAddUpTo() throws Exception {
        api.counts.sums.put("orders-to-erp", FakeCounts.TWO);
        api.counts.newest.put(
                "orders-to-erp",
                new RunCounts.Newest(
                        "run-9", RunStatus.FAILED, ApiFixture.NOON, ApiFixture.NOON, ApiFixture.NOON.plusSeconds(3)));

        JsonNode answer = api.ok(api.get("/api/v1/flows"), "/api/v1/flows", "get");

        assertThat(answer.at("/data/0/lastRun/id").asText()).isEqualTo("run-9");
        assertThat(answer.at("/data/0/lastRun/status").asText()).isEqualTo("failed");
        assertThat(Instant.parse(answer.at("/data/0/nextRunAt").asText())).isAfter(Instant.now());
        assertThat(answer.at("/data/0/lastDay/counts/runs").asInt()).isEqualTo(2);
        assertThat(answer.at("/data/0/lastHour/counts/failed").asInt()).isEqualTo(1);
        assertThat(Instant.parse(answer.at("/data/0/lastHour/since").asText()))
                .isBetween(Instant.now().minusSeconds(7_200), Instant.now().minusSeconds(3_600));
        assertThat(answer.at("/data/1/lastRun").isNull()).isTrue();
        assertThat(answer.at("/data/1/lastDay/counts/runs").asInt()).isZero();
        assertThat(answer.at("/data/2/nextRunAt").isNull()).isTrue();
        JsonNode paused =
                api.ok(api.post("/api/v1/flows/orders-to-erp/disable", ""), "/api/v1/flows/{id}/disable", "post");
        assertThat(paused.get("nextRunAt").isNull()).isTrue();
        assertThat(paused.at("/lastRun/id").asText()).isEqualTo("run-9");
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

    @Test
    void startsAFlowUnderARevisionThatIsKept() throws Exception {
        api.flows.keeps("aaaa00000001", new Flows.AsKept(Set.of("country"), List.of()));
        api.flows.keeps("0123456789ab", new Flows.AsKept(Set.of("currency"), List.of()));
        HttpResponse<String> answer =
                api.post("/api/v1/flows/orders-to-erp/start?revision=aaaa00000001&var.country=DE", "{}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(api.flows.startedUnder).isEqualTo("aaaa00000001");
        assertThat(api.flows.asked.get(0).meta()).isEqualTo(Map.of("var.country", "DE"));
        problem(
                api.post("/api/v1/flows/orders-to-erp/start?revision=aaaa00000001&var.currency=EUR", "{}"),
                400,
                "The flow has no variable 'currency'; it has country.");
        JsonNode kept = api.ok(api.get("/api/v1/flows/orders-to-erp/revisions"), "/api/v1/flows/{id}/revisions", "get");
        assertThat(kept.at("/data/0/revision").asText()).isEqualTo("aaaa00000001");
        assertThat(kept.at("/data/0/active").asBoolean()).isFalse();
        assertThat(kept.at("/data/1/active").asBoolean()).isTrue();
        problem(api.get("/api/v1/flows/none/revisions"), 404, "There is no flow 'none'");
    }

    @Test
    void refusesARevisionThatIsNotKeptOrCannotRunAndStartsNothing() throws Exception {
        api.flows.keeps("aaaa00000001", new Flows.AsKept(Set.of(), List.of()));
        api.flows.keeps("bbbb00000002", new Flows.AsKept(Set.of(), List.of(FakeFlows.problem("routes/old.flow.yaml"))));

        problem(
                api.post("/api/v1/flows/orders-to-erp/start?revision=cccc", "{}"),
                404,
                "There is no revision 'cccc' of flow 'orders-to-erp'. Newest first there are: aaaa00000001, bbbb00000002;"
                        + " /api/v1/flows/orders-to-erp/revisions lists them.");
        problem(
                api.post("/api/v1/flows/orders-to-erp/start?revision=bbbb00000002", "{}"),
                409,
                "what it names has changed since: routes/old.flow.yaml:14:9: filter has no key 'kepe'");
        problem(
                api.post("/api/v1/flows/orders-to-erp/start?version=1", "{}"),
                400,
                "there are trigger=api|manual, revision=REVISION and var.NAME=VALUE");
        problem(api.post("/api/v1/flows/orders-to-erp/start?revision=", "{}"), 400, "'revision'");
        assertThat(api.flows.asked).isEmpty();
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
}
