package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.sandbox.shopify.Node;
import io.patchbay.sandbox.shopify.SandboxShopify;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blueprint returns-peoplevox-shopify, installed and run between a warehouse and a shop that answer. */
class ReturnsPeoplevoxShopifyIT {

    private static final String FLOW = "returns-to-refunds";

    @TempDir
    private Path folder;

    private final SandboxShopify shop = new SandboxShopify("acme", "shpat_1", "GBP");
    private final SandboxPeoplevox warehouse = new SandboxPeoplevox(
            "wms.peoplevox.net", new SandboxPeoplevox.Account("demo1234", "api", "a pass"), Clock.systemUTC());
    private final LostAnswer line = new LostAnswer(shop);
    private Sandbox sandbox;

    @BeforeEach
    void install() throws Exception {
        sandbox = new Sandbox(folder, line, warehouse);
        sandbox.install(
                "returns-peoplevox-shopify",
                Map.of("shop", "acme", "clientId", "demo1234", "username", "api", "approveAbove", "100"));
        sandbox.secret("SHOPIFY_TOKEN", "shpat_1");
        sandbox.secret("PEOPLEVOX_PASSWORD", "YSBwYXNz"); // 'a pass' in Base64
        sandbox.activate();
        sandbox.start();
    }

    @AfterEach
    void close() throws Exception {
        sandbox.close();
    }

    private Node order(String sku, String price, int quantity) {
        Node variant = shop.products().add("A " + sku, sku, price);
        BigDecimal paid = new BigDecimal(price).multiply(BigDecimal.valueOf(quantity));
        return shop.orders()
                .place(Map.of(
                        "lineItems",
                        List.of(Map.of("variantId", variant.id(), "quantity", quantity)),
                        "transactions",
                        List.of(Map.of(
                                "kind",
                                "SALE",
                                "status",
                                "SUCCESS",
                                "gateway",
                                "shopify_payments",
                                "amountSet",
                                Map.of("shopMoney", Map.of("amount", paid, "currencyCode", "GBP"))))));
    }

    private static String number(Node order) {
        return "SHOP-" + order.text("legacyResourceId");
    }

    private List<String> refunds(Node order) {
        return shop.refunds().of(order).stream()
                .map(refund -> refund.text("note") + " "
                        + refund.money("totalRefundedSet").stripTrailingZeros().toPlainString())
                .toList();
    }

    @Test
    void whatComesBackIsRefundedOnceAndWhatDoesNotFitItsOrderFailsAlone() throws Exception {
        Node tees = order("TEE-NVY-M", "19.00", 3);
        Node mugs = order("MUG", "8.00", 1);
        warehouse.comeBack("R-1", number(tees), "TEE-NVY-M", 1);
        warehouse.comeBack("R-1", number(tees), "TEE-NVY-M", 1);
        warehouse.comeBack("R-2", "EDI-7", "MUG", 1);
        warehouse.comeBack("R-3", number(mugs), "CAP", 1);
        warehouse.comeBack("R-4", number(mugs), "MUG", 1);
        line.lose(call -> call.text().contains("refundCreate"));

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(run.status()).as(run.toString()).isEqualTo("partial");
        assertThat(FailedThere.of(sandbox, FLOW)).singleElement().asString().startsWith("matched:");
        assertThat(refunds(tees)).containsExactly("Return R-1 38");
        assertThat(refunds(mugs)).containsExactly("Return R-4 8");
        assertThat(mugs.text("displayFinancialStatus")).isEqualTo("REFUNDED");

        warehouse.comeBack("R-5", number(tees), "TEE-NVY-M", 1);
        Sandbox.Run second = sandbox.run(FLOW);

        assertThat(second.status()).as(second.toString()).isEqualTo("succeeded");
        assertThat(refunds(tees)).containsExactly("Return R-1 38", "Return R-5 19");
        assertThat(refunds(mugs)).hasSize(1);
    }

    @Test
    void aLargeRefundWaitsUntilAPersonApprovesIt() throws Exception {
        Node coats = order("COAT", "150.00", 2);
        warehouse.comeBack("R-7", number(coats), "COAT", 1);
        warehouse.comeBack("R-8", number(coats), "COAT", 1);

        sandbox.api("POST", "/api/v1/flows/" + FLOW + "/start");
        JsonNode waits = Awaitility.await()
                .atMost(Sandbox.PATIENCE)
                .until(() -> sandbox.api("GET", "/api/v1/waits?state=waiting").path("data"), all -> all.size() == 2);
        assertThat(refunds(coats)).isEmpty();
        for (JsonNode wait : waits) {
            String verb = wait.toString().contains("R-7") ? "approve" : "reject";
            sandbox.api("POST", "/api/v1/waits/" + wait.path("id").asText() + "/" + verb, "{\"by\": \"ada\"}");
        }

        Awaitility.await().atMost(Sandbox.PATIENCE).untilAsserted(() -> {
            assertThat(refunds(coats)).containsExactly("Return R-7 150");
            assertThat(FailedThere.of(sandbox, FLOW)).singleElement().asString().startsWith("approval:");
        });
    }
}
