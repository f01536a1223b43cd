package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.route.Flows;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Versions as a caller sees them. */
@OverHttp
class VersionsHttpTest {

    private static final String FLOW = "/api/v1/flows/orders-to-erp";

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void goesBackAndDeploysAgain() throws Exception {
        JsonNode back =
                api.ok(api.post(FLOW + "/rollback?to=1&note=too+fast", ""), "/api/v1/flows/{id}/rollback", "post");

        assertThat(back.at("/version/fileState").asText()).isEqualTo("draft");
        assertThat(back.at("/version/held/why").asText()).isEqualTo("rollback");
        assertThat(back.at("/version/held/number").asInt()).isEqualTo(1);
        assertThat(back.at("/version/held/note").asText()).isEqualTo("too fast");
        assertThat(back.at("/today/0/path").asText()).isEqualTo("carriers");
        JsonNode seen = api.ok(api.get(FLOW), "/api/v1/flows/{id}", "get");
        assertThat(seen.at("/version/held/number").asInt()).isEqualTo(1);

        JsonNode deployed = api.ok(api.post(FLOW + "/deploy", ""), "/api/v1/flows/{id}/deploy", "post");

        assertThat(deployed.at("/version/held").isNull()).isTrue();
        assertThat(deployed.at("/version/fileState").asText()).isEqualTo("runs");
        assertThat(deployed.get("before").asInt()).isEqualTo(1);
        assertThat(api.versions.asked).allSatisfy(asked -> assertThat(asked).contains(" by "));
        JsonNode state = api.ok(api.get(FLOW + "/version"), "/api/v1/flows/{id}/version", "get");
        assertThat(state.get("running").asInt()).isEqualTo(2);
        assertThat(state.get("deploy").asText()).isEqualTo("auto");
    }

    @Test
    void saysHowVersionsDiffer() throws Exception {
        JsonNode diff = api.ok(
                api.get(FLOW + "/revisions/1/diff/file"), "/api/v1/flows/{id}/revisions/{from}/diff/{to}", "get");

        assertThat(diff.at("/changes/0/what").asText()).isEqualTo("setting");
        assertThat(diff.at("/changes/0/before").asText()).isEqualTo("orders.create");
        assertThat(diff.at("/changes/1/before").isNull()).isTrue();
        assertThat(diff.get("complete").asBoolean()).isTrue();
    }

    @Test
    void listsVersionsWithTheirNumbers() throws Exception {
        api.flows.keeps("aaaabbbbcccc", new Flows.AsKept(Set.of(), List.of()));

        JsonNode list = api.ok(api.get(FLOW + "/revisions"), "/api/v1/flows/{id}/revisions", "get");

        assertThat(list.at("/data/0/number").asInt()).isEqualTo(1);
        assertThat(list.at("/data/0/lastRunAt").asText()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(list.at("/data/0/by").isNull()).isTrue();
    }

    @Test
    void listsVersionsInPartsByTheirNumbers() throws Exception {
        for (String revision : List.of("aaaabbbbcccc", "bbbbccccdddd", "ccccddddeeee")) {
            api.flows.keeps(revision, new Flows.AsKept(Set.of(), List.of()));
        }
        String all = FLOW + "/revisions?limit=2";

        JsonNode first = api.ok(api.get(all), "/api/v1/flows/{id}/revisions", "get");
        JsonNode rest =
                api.ok(api.get(all + "&after=" + first.get("next").asText()), "/api/v1/flows/{id}/revisions", "get");

        assertThat(first.get("data").findValuesAsText("number")).containsExactly("3", "2");
        assertThat(rest.get("data").findValuesAsText("number")).containsExactly("1");
        assertThat(rest.get("next").isNull()).isTrue();
        problem(api.get(all + "&after=aaaabbbbcccc"), 400, "'after' is the 'next' of the page before");
    }

    @Test
    void showsWhatAVersionHolds() throws Exception {
        JsonNode text = api.ok(api.get(FLOW + "/revisions/3"), "/api/v1/flows/{id}/revisions/{name}", "get");

        assertThat(text.get("text").asText()).isEqualTo("flow: orders-to-erp # 3");
        assertThat(text.at("/scripts/0/path").asText()).isEqualTo("routes/scripts/a.js");
    }

    @Test
    void refusesWhatIsNotThereOrCannotRun() throws Exception {
        problem(api.post("/api/v1/flows/none/deploy", ""), 404, "There is no flow 'none'.");
        problem(api.get("/api/v1/flows/none/version"), 404, "There is no flow 'none'.");
        problem(api.get("/api/v1/flows/none/revisions/1/diff/2"), 404, "There is no flow 'none'.");
        problem(api.post(FLOW + "/rollback?to=9", ""), 404, "There is no version '9' of flow 'orders-to-erp'.");
        problem(api.post(FLOW + "/rollback?to=8", ""), 409, "cannot run with what there is now");
        problem(api.post(FLOW + "/rollback?note=" + "x".repeat(1001), ""), 400, "note has at most 1000 characters.");
        problem(api.post(FLOW + "/rollback?version=1", ""), 400, "version");
    }
}
