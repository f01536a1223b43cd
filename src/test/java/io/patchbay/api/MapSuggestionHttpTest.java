package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Proposed fields as a caller sees them. */
@OverHttp
class MapSuggestionHttpTest {

    private static final String PATH = "/api/v1/map-suggestions";

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void proposesFields() throws Exception {
        JsonNode found = api.ok(
                api.post(
                        PATH,
                        "{\"source\":{\"sample\":{\"data\":[{\"qty\":\"2\",\"odd\":1}]},\"records\":\"$.data[*]\"},"
                                + "\"target\":{\"schema\":{\"type\":\"object\",\"required\":[\"none\"],\"properties\":{"
                                + "\"quantity\":{\"type\":\"integer\"},\"none\":{\"type\":\"string\"}}}}}"),
                PATH,
                "post");

        assertThat(found.at("/fields/0/from").asText()).isEqualTo("qty");
        assertThat(found.at("/fields/0/then/0").asText()).isEqualTo("{ number: { decimals: 0 } }");
        assertThat(found.at("/fields/0/sure").asText()).isEqualTo("sure");
        assertThat(found.at("/open/0/needed").asBoolean()).isTrue();
        assertThat(found.get("unused")).hasToString("[\"odd\"]");
        assertThat(found.get("text").asText()).startsWith("fields:\n  - { to: quantity, from: qty");
    }

    @Test
    void refusesWhatSaysNothing() throws Exception {
        problem(api.post(PATH, "{}"), 400, "source is missing");
        problem(api.post(PATH, "{\"source\":{\"sample\":[]},\"target\":{}}"), 400, "Nothing is known of the source");
        problem(api.post(PATH, "{\"source\":{\"samples\":[]}}"), 400, "samples");
        problem(api.post(PATH, "{\"source\":{\"schema\":1}}"), 400, "schema must be an object");
        problem(
                api.post(PATH, "{\"source\":{\"instance\":\"nope\",\"endpoint\":\"x\"}}"),
                400,
                "There is no instance 'nope'");
    }
}
