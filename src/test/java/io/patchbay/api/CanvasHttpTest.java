package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.route.Flows;
import io.patchbay.run.RunStatus;
import io.patchbay.run.counts.ShapeSums;
import io.patchbay.secret.Redactor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A flow as it is drawn, and what passes its shapes. */
@OverHttp
class CanvasHttpTest {

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void drawsAFlow() throws Exception {
        JsonNode canvas = api.ok(api.get("/api/v1/flows/orders-to-erp/canvas"), "/api/v1/flows/{id}/canvas", "get");

        assertThat(canvas.at("/revision").asText()).isEqualTo("0123456789ab");
        assertThat(canvas.at("/starts/0/settings").asText()).isEqualTo("every: 10m");
        assertThat(canvas.at("/shapes/0/name").asText()).isEqualTo("Pull orders");
        assertThat(canvas.at("/shapes/0/camelNode").asText()).isEqualTo("orders-to-erp@0123456789ab/pull");
        assertThat(canvas.at("/edges/0/way").asText()).isEqualTo("next");
    }

    @Test
    void showsNoSecretThatStandsInTheFile(@Autowired Redactor redactor) throws Exception {
        redactor.learn("SHOP_TOKEN", FakeFlows.WRITTEN_OUT);

        JsonNode canvas = api.ok(api.get("/api/v1/flows/orders-to-erp/canvas"), "/api/v1/flows/{id}/canvas", "get");

        assertThat(canvas.toString()).doesNotContain(FakeFlows.WRITTEN_OUT);
        assertThat(canvas.at("/shapes/0/settings").asText()).isEqualTo("instance: shop\nwith: { token: \"***\" }");
        assertThat(canvas.at("/shapes/0/note").asText()).isEqualTo("the token is ***");
    }

    @Test
    void drawsAVersionThatIsKeptAndSaysWhyOneCannotBeRead() throws Exception {
        api.flows.keeps("aaaa00000001", new Flows.AsKept(Set.of(), List.of()));
        api.flows.keeps("bbbb00000002", new Flows.AsKept(Set.of(), List.of(FakeFlows.problem("routes/old.flow.yaml"))));

        JsonNode canvas = api.ok(
                api.get("/api/v1/flows/orders-to-erp/canvas?revision=aaaa00000001"),
                "/api/v1/flows/{id}/canvas",
                "get");
        assertThat(canvas.at("/shapes/0/camelNode").asText()).isEqualTo("orders-to-erp@aaaa00000001/pull");
        problem(
                api.get("/api/v1/flows/orders-to-erp/canvas?revision=cccc"),
                404,
                "There is no revision 'cccc' of flow 'orders-to-erp'; /api/v1/flows/orders-to-erp/revisions lists them.");
        problem(
                api.get("/api/v1/flows/orders-to-erp/canvas?revision=bbbb00000002"),
                409,
                "cannot be read now, because what it names has changed since: routes/old.flow.yaml:14:9: filter has no key 'kepe'");
        problem(api.get("/api/v1/flows/wrong/canvas"), 409, "No version of flow 'wrong' was ever right");
        problem(api.get("/api/v1/flows/none/canvas"), 404, "There is no flow 'none'");
    }

    @Test
    void countsWhatPassedShapesInRunsThatEndedAndInThoseThatGoOn() throws Exception {
        api.counts.shapes.put("pull", new ShapeSums(8, 8, 2, 500, 500, 20, 40, 11, 34));
        api.history.runs.add(ApiFixture.run("going", RunStatus.RUNNING, null));

        JsonNode counts = api.ok(
                api.get("/api/v1/flows/orders-to-erp/shape-counts?since=2026-11-24T12:34:56Z"),
                "/api/v1/flows/{id}/shape-counts",
                "get");

        assertThat(counts.at("/since").asText()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(counts.at("/running").asInt()).isEqualTo(1);
        assertThat(counts.at("/shapes")).hasSize(2);
        assertThat(counts.at("/shapes/0/payloadsIn").asInt()).isEqualTo(9);
        assertThat(counts.at("/shapes/0/payloadsOut").asInt()).isEqualTo(12);
        assertThat(counts.at("/shapes/0/retries").asInt()).isEqualTo(7);
        assertThat(counts.at("/shapes/1/shape").asText()).isEqualTo("only-paid");
        assertThat(counts.at("/shapes/1/payloadsIn").asInt()).isZero();
    }
}
