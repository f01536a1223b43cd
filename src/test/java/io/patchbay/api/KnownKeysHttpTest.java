package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.run.PullCursor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Lists with known keys as a caller sees them. */
@OverHttp
class KnownKeysHttpTest {

    private static final String ALL = "/api/v1/known-keys";
    private static final String PATH = ALL + "/{flow}/{instance}/{endpoint}";

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        api.knownLists.with(new PullCursor.Key("orders-to-erp", "shop-uk", "orders.list"), 7);
        api.knownLists.with(new PullCursor.Key("stock-to-shop", "shop-uk", "stock.list", "0a"), 9);
    }

    @Test
    void showsListsWithTheirSizes() throws Exception {
        JsonNode first = api.ok(api.get(ALL + "?limit=1"), ALL, "get");
        assertThat(first.at("/data/0/keys").asInt()).isEqualTo(7);
        assertThat(first.at("/data/0/bytes").asInt()).isEqualTo(21);
        JsonNode rest = api.ok(api.get(ALL + "?after=" + first.get("next").asText()), ALL, "get");
        assertThat(rest.at("/data/0/digest").asText()).isEqualTo("0a");
        JsonNode ofFlow = api.ok(api.get(ALL + "?flow=stock-to-shop"), ALL, "get");
        assertThat(ofFlow.at("/data")).hasSize(1);
        assertThat(api.ok(api.get(ALL + "/orders-to-erp/shop-uk/orders.list"), PATH, "get")
                        .get("fields")
                        .asText())
                .isEqualTo("id");
    }

    @Test
    void allowsWhatIsMissingAndForgets() throws Exception {
        String one = ALL + "/stock-to-shop/shop-uk/stock.list";
        problem(api.post(one + "/allow", ""), 404, "There is no list with known keys");
        JsonNode allowed = api.ok(api.post(one + "/allow?digest=0a", ""), PATH + "/allow", "post");
        assertThat(allowed.get("allowed").asBoolean()).isTrue();
        JsonNode forgotten = api.ok(api.post(one + "/forget?digest=0a", ""), PATH + "/forget", "post");
        assertThat(forgotten.get("keys").asInt()).isEqualTo(9);
        problem(api.get(one + "?digest=0a"), 404, "There is no list with known keys");
    }
}
