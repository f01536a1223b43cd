package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.sandbox.shopify.Node;
import io.patchbay.sandbox.shopify.SandboxShopify;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blueprint orders-shopify-peoplevox, installed and run between a shop and a warehouse that answer. */
class OrdersShopifyPeoplevoxIT {

    private static final String ORDERS = "orders-to-peoplevox";
    private static final String DESPATCHES = "despatches-to-shopify";

    @TempDir
    private Path folder;

    private final SandboxShopify shop = new SandboxShopify("acme", "shpat_1", "GBP");
    private final SandboxPeoplevox warehouse = new SandboxPeoplevox(
            "wms.peoplevox.net", new SandboxPeoplevox.Account("demo1234", "api", "a pass"), Clock.systemUTC());
    private final LostAnswer line = new LostAnswer(shop);
    private final Map<String, Node> variants = new HashMap<>();
    private Sandbox sandbox;

    @BeforeEach
    void install() throws Exception {
        sandbox = new Sandbox(folder, line, warehouse);
        sandbox.install(
                "orders-shopify-peoplevox",
                Map.of("shop", "acme", "clientId", "demo1234", "username", "api", "customer", "WEB", "channel", "Web"));
        sandbox.secret("SHOPIFY_TOKEN", "shpat_1");
        sandbox.secret("PEOPLEVOX_PASSWORD", "YSBwYXNz"); // 'a pass' in Base64
        sandbox.activate();
        for (String sku : List.of("TEE-NVY-M", "MUG", "CUP")) {
            variants.put(sku, shop.products().add("A " + sku, sku, "9.00"));
        }
        warehouse.keep("WEB", Set.of("STANDARD", "EXPRESS"), Set.of("TEE-NVY-M", "MUG"));
        sandbox.start();
    }

    @AfterEach
    void close() throws Exception {
        sandbox.close();
    }

    private Node order(String status, String shipping, String company, Map<String, Integer> lines) {
        Map<String, Object> price =
                Map.of("shopMoney", Map.of("amount", new BigDecimal("4.50"), "currencyCode", "GBP"));
        return shop.orders()
                .place(Map.of(
                        "email",
                        "ada@example.com",
                        "financialStatus",
                        status,
                        "shippingAddress",
                        Map.of(
                                "firstName", "Ada",
                                "lastName", "Moss",
                                "company", company,
                                "address1", "14 Canal Street",
                                "city", "Leeds",
                                "zip", "LS1 4AB",
                                "countryCode", "GB"),
                        "shippingLines",
                        List.of(Map.of("title", shipping, "priceSet", price)),
                        "lineItems",
                        lines.entrySet().stream()
                                .map(line -> Map.of(
                                        "variantId", variants.get(line.getKey()).id(), "quantity", line.getValue()))
                                .toList()));
    }

    private static String number(Node order) {
        return "SHOP-" + order.text("legacyResourceId");
    }

    @Test
    void paidOrdersAreSavedOnceWithTheirItemsAndWhatIsRefusedFailsAlone() throws Exception {
        Node mug = order("PAID", "Express", "Moss & \"Sons\", Ltd", Map.of("MUG", 3));
        order("PENDING", "Standard", "", Map.of("MUG", 1));
        Node cup = order("PAID", "Standard", "", Map.of("CUP", 1));
        Node tee = order("PAID", "By drone", "", Map.of("TEE-NVY-M", 2));
        shop.orders().cancel(order("PAID", "Standard", "", Map.of("MUG", 1)));

        Sandbox.Run run = sandbox.run(ORDERS);

        assertThat(run.status()).as(run.toString()).isEqualTo("partial");
        assertThat(FailedThere.of(sandbox, ORDERS)).singleElement().asString().startsWith("save-items:");
        assertThat(warehouse.orders()).containsOnlyKeys(number(mug), number(cup), number(tee));
        assertThat(warehouse.orders().get(number(mug)))
                .containsEntry("ShippingAddressLine1", "Moss & \"Sons\", Ltd, 14 Canal Street")
                .containsEntry("ShippingAddressCountry", "United Kingdom")
                .containsEntry("CustomerPurchaseOrderReferenceNumber", mug.text("name"))
                .containsEntry("ServiceType", "EXPRESS")
                .containsEntry("ShippingCost", "4.50")
                .containsEntry("TotalSale", "31.50")
                .containsEntry("ContactName", "Ada Moss");
        assertThat(warehouse.orders().get(number(tee))).containsEntry("ServiceType", "STANDARD");
        assertThat(warehouse.orderItems()).containsOnlyKeys(number(mug) + "/1", number(tee) + "/1");
        assertThat(warehouse.orderItems().get(number(mug) + "/1"))
                .containsEntry("ItemCode", "MUG")
                .containsEntry("QuantityOrdered", "3")
                .containsEntry("SalePrice", "9.00");

        warehouse.keep("WEB", Set.of(), Set.of("CUP"));
        warehouse.endSessions();
        int saves = warehouse.saves();
        Sandbox.Run second = sandbox.run(ORDERS);

        assertThat(second.status()).as(second.toString()).isEqualTo("succeeded");
        assertThat(warehouse.orderItems()).containsOnlyKeys(number(mug) + "/1", number(cup) + "/1", number(tee) + "/1");
        assertThat(warehouse.saves()).as("the order that failed, and its items").isEqualTo(saves + 2);
        assertThat(warehouse.logins()).isEqualTo(2);
    }

    @Test
    void despatchesAreToldOnceAndOneThatShopifyDoesNotWaitForFailsAlone() throws Exception {
        Node whole = order("PAID", "Standard", "", Map.of("MUG", 1, "TEE-NVY-M", 2));
        Node inTwo = order("PAID", "Standard", "", Map.of("MUG", 3));
        Node other = order("PAID", "Standard", "", Map.of("MUG", 1));
        warehouse.despatch(number(whole), "45120", "TN1", "TEE-NVY-M", 2);
        warehouse.despatch(number(whole), "45120", "TN2", "MUG", 1);
        warehouse.despatch("EDI-7", "45121", "TN3", "MUG", 1);
        warehouse.despatch(number(inTwo), "45122", "TN4", "MUG", 2);
        warehouse.despatch(number(other), "45123", "TN5", "CUP", 1);

        Sandbox.Run run = sandbox.run(DESPATCHES);

        assertThat(run.status()).as(run.toString()).isEqualTo("partial");
        assertThat(FailedThere.of(sandbox, DESPATCHES))
                .singleElement()
                .asString()
                .startsWith("fulfilment:");
        assertThat(whole.text("displayFulfillmentStatus")).isEqualTo("FULFILLED");
        assertThat(shop.fulfilments().of(whole))
                .singleElement()
                .satisfies(fulfilment -> assertThat(fulfilment.nodes("trackingInfo"))
                        .extracting(one -> one.text("company") + " " + one.text("number"))
                        .containsExactly("DPD TN1", "DPD TN2"));
        assertThat(inTwo.text("displayFulfillmentStatus")).isEqualTo("PARTIALLY_FULFILLED");
        assertThat(shop.fulfilments().of(other)).isEmpty();

        warehouse.despatch(number(inTwo), "45124", "TN6", "MUG", 1);
        Sandbox.Run second = sandbox.run(DESPATCHES);

        assertThat(second.status()).as(second.toString()).isEqualTo("partial");
        assertThat(shop.fulfilments().of(whole)).hasSize(1);
        assertThat(shop.fulfilments().of(inTwo)).hasSize(2);
        assertThat(inTwo.text("displayFulfillmentStatus")).isEqualTo("FULFILLED");
    }

    @Test
    void aDespatchWhoseAnswerIsLostIsToldOnce() throws Exception {
        Node mugs = order("PAID", "Standard", "", Map.of("MUG", 3));
        warehouse.despatch(number(mugs), "45130", "TN1", "MUG", 1);
        line.lose(call -> call.text().contains("fulfillmentCreate"));

        sandbox.run(DESPATCHES);
        Sandbox.Run second = sandbox.run(DESPATCHES);

        assertThat(shop.fulfilments().of(mugs)).as(second.toString()).hasSize(1);
    }
}
