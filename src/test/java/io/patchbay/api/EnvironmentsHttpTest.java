package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.secret.Redactor;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Environments as a caller sees them. */
@OverHttp
class EnvironmentsHttpTest {

    private static final String ALL = "/api/v1/environments";

    @Autowired
    private FakeEnvironments environments;

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        environments.asked.clear();
    }

    @Test
    void listsThemWithTheirFlows() throws Exception {
        JsonNode all = api.ok(api.get(ALL), ALL, "get");
        assertThat(all.get("data")).extracting(one -> one.get("id").asText()).containsExactly("live", "uk");
        JsonNode uk = api.ok(api.get(ALL + "/uk"), ALL + "/{id}", "get");
        assertThat(uk.at("/replace/instances/shop").asText()).isEqualTo("shop-uk");
        assertThat(uk.at("/replace/variables/currency").asText()).isEqualTo("GBP");
        assertThat(uk.at("/flows/0/id").asText()).isEqualTo("orders-to-erp@uk");
        assertThat(uk.at("/flows/0/variables/sum").asInt()).isEqualTo(1);
        assertThat(uk.get("priority").asText()).isEqualTo("high");
        assertThat(uk.get("type").asText()).isEqualTo("test");
        problem(api.get(ALL + "/ku"), 404, "Did you mean 'uk'?");
        JsonNode packages = api.ok(api.get("/api/v1/packages"), "/api/v1/packages", "get");
        assertThat(packages.at("/data/0/flows/0").asText()).isEqualTo("orders-to-erp");
    }

    @Test
    void plansDeploysAndPromotes() throws Exception {
        JsonNode plan = api.ok(api.get(ALL + "/live/plan?from=uk"), ALL + "/{id}/plan", "get");
        assertThat(plan.get("possible").asBoolean()).isFalse();
        assertThat(plan.at("/missing/0/secret").asText()).isEqualTo("SHOP_KEY");
        assertThat(plan.at("/flows/0/taken").asInt()).isEqualTo(3);
        assertThat(plan.at("/flows/0/kept/0/kind").asText()).isEqualTo("instance");
        assertThat(plan.at("/flows/0/problems/0/hint").asText()).isEqualTo("a hint");
        problem(api.post(ALL + "/live/deploy?from=uk", ""), 409, "secret 'SHOP_KEY' is not there");
        assertThat(environments.asked).isEmpty();

        JsonNode done = api.ok(
                api.post(ALL + "/uk/deploy?from=base&flow=orders-to-erp,%20stock&package=all&note=first", ""),
                ALL + "/{id}/deploy",
                "post");

        assertThat(done.at("/flows/0/action").asText()).isEqualTo("deploy");
        assertThat(environments.asked)
                .singleElement()
                .satisfies(asked -> assertThat(asked)
                        .startsWith("Wanted[environment=uk, from=base, flows=[orders-to-erp, stock], pack=all] by ")
                        .endsWith(": first"));
        problem(api.post(ALL + "/uk/deploy?note=" + "x".repeat(1001), ""), 400, "at most 1000 characters");
        problem(api.post(ALL + "/nope/deploy", ""), 404, "'nope'");
    }

    @Test
    void deploysOnlyThePlanThatWasSeen() throws Exception {
        HttpResponse<String> plan = api.get(ALL + "/uk/plan");
        String id = Json.MAPPER.readTree(plan.body()).get("id").asText();
        String tag = plan.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).startsWith('"' + id);
        assertThat(deploy("?plan=" + id, tag).statusCode()).isEqualTo(200);

        HttpResponse<String> byId = api.post(ALL + "/uk/deploy?plan=" + id, "");
        HttpResponse<String> byTag = deploy("", tag);

        problem(byId, 412, "something else would be done now");
        problem(byTag, 412, "something else would be done now");
        assertThat(Json.MAPPER.readTree(byTag.body()).get("code").asText()).isEqualTo("PLAN_CHANGED");
        assertThat(environments.asked).hasSize(1);
        assertThat(deploy("", "*").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> deploy(String query, String tag) throws Exception {
        return api.send(
                api.request(ALL + "/uk/deploy" + query).header("If-Match", tag).POST(BodyPublishers.noBody()));
    }

    @Test
    void saysHowTwoDiffer() throws Exception {
        JsonNode diff = api.ok(api.get(ALL + "/uk/diff/base"), ALL + "/{from}/diff/{to}", "get");
        assertThat(diff.at("/settings/0/to").asText()).isEqualTo("shop-uk");
        assertThat(diff.at("/flows/0/same").asBoolean()).isFalse();
        assertThat(diff.at("/flows/0/diff/changes/0/shape").asText()).isEqualTo("push");
        problem(api.get(ALL + "/nope/diff/uk"), 404, "'nope'");
    }

    @Test
    void whatIsSecretIsNotShownWhereSomebodyWroteItAsAValue(@Autowired Redactor redactor) throws Exception {
        redactor.learn("SHOP_KEY", "hidden-word-1");
        JsonNode uk = api.ok(api.get(ALL + "/uk"), ALL + "/{id}", "get");
        assertThat(uk.at("/replace/variables/key").asText()).isEqualTo("***");
        assertThat(uk.at("/flows/0/variables/key/0").asText()).isEqualTo("***");
        assertThat(api.get(ALL + "/uk/diff/base").body())
                .doesNotContain("hidden-word-1")
                .contains("***");
    }
}
