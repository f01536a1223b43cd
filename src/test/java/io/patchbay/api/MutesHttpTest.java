package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Mutes as a caller sees them. */
@OverHttp
class MutesHttpTest {

    private static final String ALL = "/api/v1/alerts/mutes";
    private static final String END = ALL + "/end";

    private ApiFixture api;

    @BeforeEach
    void clear(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        context.getBean(FakeMutes.class).clear();
        FakeAlerts alerts = context.getBean(FakeAlerts.class);
        alerts.clear();
        alerts.add("a1", "orders", true);
    }

    @Test
    void mutesListsAndEnds() throws Exception {
        JsonNode muted = api.ok(api.post(ALL + "?of=group&name=ops&for=2h&reason=moves", ""), ALL, "post");
        assertThat(muted.at("/data/0/of").asText()).isEqualTo("group");
        assertThat(muted.at("/data/0/name").asText()).isEqualTo("ops");
        assertThat(muted.at("/data/0/reason").asText()).isEqualTo("moves");
        assertThat(muted.at("/data/0/by").asText()).isNotEmpty();
        String until = muted.at("/data/0/until").asText();
        assertThat(api.ok(api.get(ALL), ALL, "get").at("/data/0/until").asText())
                .isEqualTo(until);
        assertThat(api.ok(api.get("/api/v1/alerts"), "/api/v1/alerts", "get")
                        .at("/data/0/mutedUntil")
                        .asText())
                .isEqualTo(until);

        assertThat(api.ok(api.post(END + "?of=group&name=ops", ""), END, "post").at("/data"))
                .isEmpty();
        assertThat(api.post(END + "?of=group&name=ops", "").statusCode()).isEqualTo(404);
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        refused(
                "of=group&name=opps&for=2h&reason=moves",
                404,
                "There is no notification group 'opps'. Did you mean 'ops'?");
        refused("of=flow&name=none&for=2h&reason=moves", 404, "There is no flow 'none'");
        refused("of=grup&name=ops&for=2h&reason=moves", 400, "there are flow, group");
        refused("of=group&name=ops&reason=moves", 400, "either 'for'");
        refused("of=group&name=ops&for=2h&until=2026-12-24T18:00:00Z&reason=moves", 400, "either 'for'");
        refused("of=group&name=ops&for=2+hours&reason=moves", 400, "2 hours");
        refused("of=group&name=ops&for=31d&reason=moves", 400, "ends in 1m to 30d");
        refused("of=group&name=ops&until=2020-01-01T00:00:00Z&reason=moves", 400, "ends in 1m to 30d");
        refused("of=group&name=ops&for=2h&reason=+", 400, "reason has 1 to 500 characters");
        assertThat(api.ok(api.get(ALL), ALL, "get").at("/data")).isEmpty();
    }

    private void refused(String query, int status, String detail) throws Exception {
        problem(api.post(ALL + "?" + query, ""), status, detail);
    }
}
