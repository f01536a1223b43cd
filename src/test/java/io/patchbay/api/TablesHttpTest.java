package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Lookup tables as a caller sees them. */
@OverHttp
class TablesHttpTest {

    private static final String ALL = "/api/v1/tables";
    private static final String ROWS = "/api/v1/tables/{name}/rows";

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void listsThemWithTheirColumns() throws Exception {
        JsonNode all = api.ok(api.get(ALL), ALL, "get");
        JsonNode one = api.ok(api.get(ALL + "/carriers"), ALL + "/{name}", "get");

        assertThat(all.get("data")).hasSize(1);
        assertThat(all.at("/data/0")).isEqualTo(one);
        assertThat(one.get("columns")).extracting(JsonNode::asText).containsExactly("country", "carrier");
        assertThat(one.get("rows").asInt()).isEqualTo(3);
    }

    @Test
    void showsRowsInParts() throws Exception {
        JsonNode first = api.ok(api.get(ALL + "/carriers/rows?limit=2"), ROWS, "get");
        JsonNode rest = api.ok(
                api.get(ALL + "/carriers/rows?limit=2&after="
                        + first.get("next").asText()),
                ROWS,
                "get");

        assertThat(first.get("data")).extracting(row -> row.get("line").asInt()).containsExactly(2, 3);
        assertThat(rest.at("/data/0/cells")).extracting(JsonNode::asText).containsExactly("PL", "InPost");
        assertThat(rest.get("next").isNull()).isTrue();
    }

    @Test
    void findsRowsByTextInAnyCell() throws Exception {
        assertThat(api.ok(api.get(ALL + "/carriers/rows?q=coli"), ROWS, "get").at("/data"))
                .extracting(row -> row.at("/cells/0").asText())
                .containsExactly("FR");
        assertThat(api.ok(api.get(ALL + "/carriers/rows?q=nothing"), ROWS, "get")
                        .at("/data"))
                .isEmpty();
    }

    @Test
    void saysWhichTableWasMostLikelyMeant() throws Exception {
        problem(api.get(ALL + "/carrier"), 404, "There is no table 'carrier'. Did you mean 'carriers'?");
        problem(api.get(ALL + "/carrier/rows"), 404, "'carriers'");
    }
}
