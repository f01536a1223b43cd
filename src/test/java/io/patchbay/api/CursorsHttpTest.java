package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.CursorKind;
import io.patchbay.run.PullCursor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Cursors as a caller sees them, and how they are put elsewhere. */
@OverHttp
class CursorsHttpTest {

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void showsCursorsAndPutsThemElsewhere() throws Exception {
        String one = "/api/v1/cursors/orders-to-erp/shop-uk/orders.list";
        String path = "/api/v1/cursors/{flow}/{instance}/{endpoint}";
        api.cursors.with("orders-to-erp", CursorKind.DATETIME, "2026-11-24T12:00:00Z");
        api.cursors.with("stock-to-shop", CursorKind.SEQUENCE, "17");

        JsonNode all = api.ok(api.get("/api/v1/cursors?limit=1"), "/api/v1/cursors", "get");
        assertThat(all.at("/data/0/kind").asText()).isEqualTo("datetime");
        JsonNode rest =
                api.ok(api.get("/api/v1/cursors?after=" + all.get("next").asText()), "/api/v1/cursors", "get");
        assertThat(rest.at("/data/0/flow").asText()).isEqualTo("stock-to-shop");
        assertThat(api.ok(api.get(one), path, "get").get("run").asText()).isEqualTo("run-1");

        JsonNode back = api.ok(api.post(one + "/move?back=7d", ""), path + "/move", "post");
        assertThat(back.get("position").asText()).isEqualTo("2026-11-17T12:00:00Z");
        assertThat(back.get("run").isNull()).isTrue();
        JsonNode to = api.ok(api.post(one + "/move?to=2026-01-01T00:00:00Z", ""), path + "/move", "post");
        assertThat(to.get("position").asText()).isEqualTo("2026-01-01T00:00:00Z");
        api.ok(api.post(one + "/forget", ""), path + "/forget", "post");
        problem(api.get(one), 404, "There is no cursor 'orders-to-erp/shop-uk/orders.list'");
        api.cursors.with(
                new PullCursor.Key("orders-to-erp", "shop-uk", "orders.list", "0a"),
                "{\"shop\":1}",
                CursorKind.SEQUENCE,
                "17");
        problem(api.get(one), 404, "There is no cursor");
        assertThat(api.ok(api.get(one + "?digest=0a"), path, "get")
                        .get("inputs")
                        .asText())
                .isEqualTo("{\"shop\":1}");
        api.ok(api.post(one + "/move?digest=0a&to=5", ""), path + "/move", "post");
        JsonNode was = api.ok(api.post(one + "/forget?digest=0a", ""), path + "/forget", "post");
        assertThat(was.get("position").asText()).isEqualTo("5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders-to-erp | move | Give either",
                "orders-to-erp | move?to=2026-01-01T00:00:00Z&back=1d | Give either",
                "orders-to-erp | move?to=yesterday | 'yesterday' is not a time",
                "orders-to-erp | move?back=soon | 'soon' is not a duration",
                "stock-to-shop | move?to=x | 'x' is not a number",
                "stock-to-shop | move?back=1d | Only a cursor that is a time"
            })
    void refusesAPositionThatIsNone(String flow, String call, String detail) throws Exception {
        api.cursors.with("orders-to-erp", CursorKind.DATETIME, "2026-11-24T12:00:00Z");
        api.cursors.with("stock-to-shop", CursorKind.SEQUENCE, "17");

        problem(api.post("/api/v1/cursors/" + flow + "/shop-uk/orders.list/" + call, ""), 400, detail);
    }
}
