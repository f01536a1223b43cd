package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Pauses as a caller sees them. */
@OverHttp
class PausesHttpTest {

    private static final String ALL = "/api/v1/pauses";

    private ApiFixture api;
    private FakePauses pauses;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        pauses = context.getBean(FakePauses.class);
        pauses.paused.clear();
    }

    @Test
    void pausesTheIntakeSaysWhyAndEndsIt() throws Exception {
        JsonNode paused = api.ok(api.post(ALL + "?kind=intake&reason=moving%20house", ""), ALL, "post");
        assertThat(paused.get("by").asText()).isEqualTo("operator");
        assertThat(api.ok(api.get(ALL), ALL, "get").at("/data/0/reason").asText())
                .isEqualTo("moving house");

        assertThat(api.ok(api.post(ALL + "/end?kind=intake", ""), ALL + "/end", "post")
                        .get("data"))
                .isEmpty();
        problem(api.post(ALL + "/end?kind=intake", ""), 404, "There is no paused intake");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        problem(api.post(ALL + "?kind=intake&name=x", ""), 400, "The intake has no name.");
        problem(api.post(ALL + "?kind=flow", ""), 400, "Name the flow that is meant.");
        problem(api.post(ALL + "?kind=flow&name=no-such", ""), 404, "no-such");
        problem(api.post(ALL + "?kind=instance&name=no-such", ""), 404, "no-such");
        problem(api.post(ALL + "?kind=shop&name=x", ""), 400, "kind");
        problem(api.post(ALL + "?kind=intake&reason=" + "x".repeat(501), ""), 400, "500 characters");
        assertThat(pauses.paused).isEmpty();
    }
}
