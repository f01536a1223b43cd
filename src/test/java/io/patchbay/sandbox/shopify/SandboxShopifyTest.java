package io.patchbay.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.sandbox.SandboxSystem.Answer;
import io.patchbay.sandbox.SandboxSystem.Call;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxShopifyTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SET =
            "mutation($input: ProductSetInput!) { productSet(input: $input) { product { id handle status } userErrors"
                    + " { code field message } } }";
    private static final String LEVELS =
            "mutation($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) @idempotent(key:"
                    + " \"%s\") { inventoryAdjustmentGroup { id } userErrors { code field } } }";
    private static final String SENT =
            "mutation($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) { fulfillment {"
                    + " id status trackingInfo { number } } userErrors { field message } } }";
    private static final String REFUND =
            "mutation($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {"
                    + " refund { id } userErrors { field message } } }";

    private final SandboxShopify shop = new SandboxShopify("acme", "shpat_1", "GBP", Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void refusesACallWithoutItsToken() {
        assertThat(answer("shpat_2", "{ shop { id } }", Map.of()).status()).isEqualTo(401);
        assertThat(answer("shpat_1", "{ shop { id } }", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void refusesAFieldThatShopifyDoesNotHave() throws IOException {
        JsonNode answer = call("{ customers(first: 1) { nodes { id mail } } }", Map.of());

        assertThat(answer.has("data")).isFalse();
        assertThat(answer.at("/errors/0/message").textValue()).contains("mail").contains("Customer");
    }

    @Test
    void refusesAVariableThatIsNotOfItsType() throws IOException {
        JsonNode answer = call(SET, Map.of("input", product(Map.of("price", "many"))));

        assertThat(answer.at("/errors/0/extensions/code").textValue()).isEqualTo("INVALID_VARIABLE");
        assertThat(shop.products().all()).isEmpty();
    }

    @Test
    void refusesAListWithoutASize() throws IOException {
        JsonNode answer = call("{ customers { nodes { id } } }", Map.of());

        assertThat(answer.at("/errors/0/message").textValue()).isEqualTo("you must provide one of first or last");
        assertThat(answer.path("data").isNull()).isTrue();
    }

    @Test
    void givesWhatWasChangedInATimePageByPage() throws IOException {
        for (int i = 0; i < 4; i++) {
            Node customer = shop.customers().add(Map.of("firstName", "C" + i, "email", i + "@example.com"));
            customer.with("updatedAt", NOW.minusSeconds(100 - i * 10));
        }
        String query = "query($after: String) { customers(first: 2, after: $after, query:"
                + " \"updated_at:>='2026-11-30T11:58:30Z' AND updated_at:<='2026-11-30T12:00:00Z'\", sortKey:"
                + " UPDATED_AT) { nodes { firstName updatedAt } pageInfo { hasNextPage endCursor } } }";

        JsonNode first = call(query, Map.of()).at("/data/customers");
        JsonNode second = call(
                        query, Map.of("after", first.at("/pageInfo/endCursor").textValue()))
                .at("/data/customers");

        assertThat(first.findValuesAsText("firstName")).containsExactly("C1", "C2");
        assertThat(first.at("/pageInfo/hasNextPage").booleanValue()).isTrue();
        assertThat(first.at("/nodes/0/updatedAt").textValue()).isEqualTo("2026-11-30T11:58:30Z");
        assertThat(second.findValuesAsText("firstName")).containsExactly("C3");
        assertThat(second.at("/pageInfo/hasNextPage").booleanValue()).isFalse();
    }

    @Test
    void findsVariantsBySeveralSkus() throws IOException {
        shop.products().add("Tote", "TOTE-01", "10.00");
        shop.products().add("Bag", "BAG 2", "12.00");
        shop.products().add("Hat", "HAT-3", "7.00");

        JsonNode answer = call(
                "query($q: String) { productVariants(first: 9, query: $q) { nodes { sku price inventoryItem { id } } }"
                        + " }",
                Map.of("q", "sku:\"TOTE-01\" OR sku:\"BAG 2\""));

        assertThat(answer.findValuesAsText("sku")).containsExactly("TOTE-01", "BAG 2");
        assertThat(answer.findValuesAsText("price")).containsExactly("10.00", "12.00");
    }

    @Test
    void tellsWhatACallCostsAndLetsNoneThroughWithoutPoints() throws IOException {
        JsonNode answer = call("{ shop { id } }", Map.of());
        int calls =
                answer.at("/extensions/cost/throttleStatus/currentlyAvailable").intValue();
        for (int i = 0; i < calls; i++) {
            call("{ shop { id } }", Map.of());
        }

        assertThat(answer.at("/extensions/cost/actualQueryCost").intValue()).isEqualTo(1);
        assertThat(call("{ shop { id } }", Map.of())
                        .at("/errors/0/extensions/code")
                        .textValue())
                .isEqualTo("THROTTLED");
    }

    @Test
    void makesAProductWithItsOptionsAndVariantsOnly() throws IOException {
        JsonNode made =
                call(SET, Map.of("input", product(Map.of("price", "10")))).at("/data/productSet");
        JsonNode without = call(
                SET,
                Map.of(
                        "input",
                        Map.of("title", "Tote", "variants", product(Map.of()).get("variants"))));
        JsonNode untitled = call(SET, Map.of("input", Map.of("vendor", "Totes")));
        JsonNode missing = call(SET, Map.of("input", Map.of("id", "gid://shopify/Product/7", "title", "Tote")));

        assertThat(made.path("userErrors")).isEmpty();
        assertThat(made.at("/product/handle").textValue()).isEqualTo("canvas-tote");
        assertThat(without.findValue("code").textValue()).isEqualTo("PRODUCT_OPTIONS_INPUT_MISSING");
        assertThat(untitled.findValue("code").textValue()).isEqualTo("INVALID_PRODUCT");
        assertThat(missing.findValue("code").textValue()).isEqualTo("PRODUCT_DOES_NOT_EXIST");
        assertThat(shop.products().all()).hasSize(1);
    }

    @Test
    void changesNoVariantWhereOneOfThemIsBad() throws IOException {
        Node variant = shop.products().add("Tote", "TOTE-01", "10.00");
        String mutation =
                "mutation($p: ID!, $v: [ProductVariantsBulkInput!]!) { productVariantsBulkUpdate(productId: $p,"
                        + " variants: $v) { productVariants { id } userErrors { field code } } }";
        Map<String, String> good = Map.of("id", variant.id(), "price", "11.00");
        Map<String, String> bad = Map.of("id", "gid://shopify/ProductVariant/1", "price", "11.00");

        JsonNode answer = call(mutation, Map.of("p", variant.text("productId"), "v", List.of(good, bad)));

        assertThat(answer.findValue("field").get(1).textValue()).isEqualTo("1");
        assertThat(variant.decimal("price")).isEqualByComparingTo("10.00");
    }

    @Test
    void setsLevelsOnceForAKeyAndWantsToKnowWhatTheyWere() throws IOException {
        Node variant = shop.products().add("Tote", "TOTE-01", "10.00");
        Node location = shop.stock().locations().get(0);
        Map<String, Object> input = levels(level(variant, location, 5, 0));

        JsonNode first = call(LEVELS.formatted("k1"), Map.of("input", input));
        JsonNode again = call(LEVELS.formatted("k1"), Map.of("input", input));
        JsonNode stale = call(LEVELS.formatted("k2"), Map.of("input", levels(level(variant, location, 7, 4))));
        JsonNode other = call(LEVELS.formatted("k1"), Map.of("input", levels(level(variant, location, 8, 5))));

        assertThat(shop.stock().available("TOTE-01", location)).isEqualTo(5);
        assertThat(again.at("/data")).isEqualTo(first.at("/data"));
        assertThat(stale.findValue("code").textValue()).isEqualTo("CHANGE_FROM_QUANTITY_STALE");
        assertThat(other.findValue("code").textValue()).isEqualTo("IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
    }

    @Test
    void setsNoLevelsWithoutAKeyOrWithoutTheQuantityBefore() throws IOException {
        Node variant = shop.products().add("Tote", "TOTE-01", "10.00");
        Node location = shop.stock().locations().get(0);
        Map<String, Object> unknown =
                Map.of("inventoryItemId", variant.text("inventoryItemId"), "locationId", location.id(), "quantity", 5);

        JsonNode keyless = call(
                LEVELS.replace("@idempotent(key: \"%s\")", ""),
                Map.of("input", levels(level(variant, location, 5, 0))));
        JsonNode blind = call(LEVELS.formatted("k1"), Map.of("input", levels(unknown)));

        assertThat(keyless.at("/errors/0/message").textValue()).contains("@idempotent directive is required");
        assertThat(blind.at("/errors/0/message").textValue()).contains("changeFromQuantity");
        assertThat(shop.stock().available("TOTE-01", location)).isZero();
    }

    @Test
    void refusesAnOrderWithoutLinesOrWithAVariantThatIsNotThere() throws IOException {
        String mutation =
                "mutation($order: OrderCreateOrderInput!) { orderCreate(order: $order) { order { id } userErrors {"
                        + " code field } } }";

        JsonNode empty = call(mutation, Map.of("order", Map.of("email", "jane@example.com")));
        JsonNode unknown = call(
                mutation,
                Map.of(
                        "order",
                        Map.of(
                                "lineItems",
                                List.of(Map.of("variantId", "gid://shopify/ProductVariant/1", "quantity", 1)))));

        assertThat(empty.at("/data/orderCreate/userErrors/0/field/1").textValue())
                .isEqualTo("lineItems");
        assertThat(unknown.at("/data/orderCreate/userErrors/0/field/3").textValue())
                .isEqualTo("variantId");
        assertThat(shop.orders().all()).isEmpty();
    }

    @Test
    void pricesAnOrderAndTellsWhetherItIsPaid() {
        Node order = order("62.00");

        assertThat(order.money("totalPriceSet")).isEqualByComparingTo("62.00");
        assertThat(order.text("displayFinancialStatus")).isEqualTo("PAID");
        assertThat(order("61.99").text("displayFinancialStatus")).isEqualTo("PARTIALLY_PAID");
    }

    @Test
    void sendsNoMoreOfALineThanRemains() throws IOException {
        Node order = order("62.00");
        Node open = order.nodes("fulfillmentOrders").get(0);
        Node line = open.nodes("lineItems").get(0);

        JsonNode some = call(SENT, Map.of("fulfillment", fulfilment(open, line, 2, "TRACK1")));
        JsonNode more = call(SENT, Map.of("fulfillment", fulfilment(open, line, 2, "TRACK2")));
        JsonNode rest = call(SENT, Map.of("fulfillment", fulfilment(open, line, 1, "TRACK3")));
        JsonNode closed = call(SENT, Map.of("fulfillment", fulfilment(open, line, 1, "TRACK4")));

        assertThat(some.findValue("number").textValue()).isEqualTo("TRACK1");
        assertThat(more.findValue("message").textValue())
                .isEqualTo("Invalid fulfillment order line item quantity requested.");
        assertThat(rest.findValue("status").textValue()).isEqualTo("SUCCESS");
        assertThat(closed.findValue("message").textValue()).contains("unfulfillable status= closed");
        assertThat(order.text("displayFulfillmentStatus")).isEqualTo("FULFILLED");
    }

    @Test
    void givesBackWhatItSuggestsAndNoMoreThanWasBought() throws IOException {
        Node order = order("62.00");
        String line = order.nodes("lineItems").get(0).id();
        List<Map<String, Object>> lines =
                List.of(Map.of("lineItemId", line, "quantity", 2, "restockType", "NO_RESTOCK"));
        JsonNode suggested = call(
                        "query($id: ID!, $lines: [RefundLineItemInput!]) { order(id: $id) {"
                                + " suggestedRefund(refundLineItems: $lines) { amountSet { shopMoney { amount } }"
                                + " suggestedTransactions { gateway parentTransaction { id } } } } }",
                        Map.of("id", order.id(), "lines", lines))
                .at("/data/order/suggestedRefund");
        Map<String, Object> input = Map.of(
                "orderId",
                order.id(),
                "refundLineItems",
                lines,
                "transactions",
                List.of(Map.of(
                        "orderId", order.id(),
                        "kind", "REFUND",
                        "gateway", suggested.findValue("gateway").textValue(),
                        "parentId",
                                suggested
                                        .at("/suggestedTransactions/0/parentTransaction/id")
                                        .textValue(),
                        "amount", suggested.findValue("amount").textValue())));

        JsonNode refunded = call(REFUND, Map.of("input", input, "key", "k1"));
        JsonNode again = call(REFUND, Map.of("input", input, "key", "k1"));
        JsonNode more = call(REFUND, Map.of("input", input, "key", "k2"));

        assertThat(suggested.findValue("amount").textValue()).isEqualTo("40.00");
        assertThat(again.at("/data")).isEqualTo(refunded.at("/data"));
        assertThat(more.findValue("message").textValue()).contains("more items than were purchased");
        assertThat(shop.refunds().of(order)).hasSize(1);
        assertThat(order.text("displayFinancialStatus")).isEqualTo("PARTIALLY_REFUNDED");
    }

    private Node order(String paid) {
        return shop.orders()
                .place(Map.of(
                        "email", "jane@example.com",
                        "lineItems",
                                List.of(Map.of(
                                        "title", "Tote", "sku", "TOTE-01", "quantity", 3, "priceSet", money("20.00"))),
                        "shippingLines", List.of(Map.of("title", "Standard", "priceSet", money("2.00"))),
                        "transactions", List.of(Map.of("gateway", "card", "amountSet", money(paid)))));
    }

    private static Map<String, Object> money(String amount) {
        return Map.of("shopMoney", Map.of("amount", new BigDecimal(amount), "currencyCode", "GBP"));
    }

    private static Map<String, Object> fulfilment(Node open, Node line, int quantity, String tracking) {
        return Map.of(
                "lineItemsByFulfillmentOrder",
                List.of(Map.of(
                        "fulfillmentOrderId",
                        open.id(),
                        "fulfillmentOrderLineItems",
                        List.of(Map.of("id", line.id(), "quantity", quantity)))),
                "trackingInfo",
                Map.of("company", "Royal Mail", "numbers", List.of(tracking)));
    }

    private static Map<String, Object> product(Map<String, String> variant) {
        Map<String, Object> whole = new HashMap<>(variant);
        whole.put("optionValues", List.of(Map.of("optionName", "Title", "name", "Default Title")));
        return Map.of(
                "title",
                "Canvas tote",
                "productOptions",
                List.of(Map.of("name", "Title", "values", List.of(Map.of("name", "Default Title")))),
                "variants",
                List.of(whole));
    }

    private static Map<String, Object> level(Node variant, Node location, int quantity, int before) {
        return Map.of(
                "inventoryItemId",
                variant.text("inventoryItemId"),
                "locationId",
                location.id(),
                "quantity",
                quantity,
                "changeFromQuantity",
                before);
    }

    private static Map<String, Object> levels(Map<String, Object> level) {
        return Map.of("name", "available", "reason", "correction", "quantities", List.of(level));
    }

    private JsonNode call(String query, Map<String, ?> variables) throws IOException {
        return JSON.readTree(answer("shpat_1", query, variables).body());
    }

    private Answer answer(String token, String query, Map<String, ?> variables) {
        String body =
                JSON.valueToTree(Map.of("query", query, "variables", variables)).toString();
        return shop.answer(new Call(
                "POST",
                URI.create("https://acme.myshopify.com/admin/api/2026-07/graphql.json"),
                Map.of("x-shopify-access-token", List.of(token), "content-type", List.of("application/json")),
                body.getBytes(StandardCharsets.UTF_8)));
    }
}
