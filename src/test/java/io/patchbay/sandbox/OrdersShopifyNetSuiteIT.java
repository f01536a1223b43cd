package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.sandbox.netsuite.SandboxNetSuite;
import io.patchbay.sandbox.shopify.Node;
import io.patchbay.sandbox.shopify.SandboxShopify;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orders-shopify-netsuite}, installed and run: orders one way, fulfilments back. */
class OrdersShopifyNetSuiteIT {

    @TempDir
    private Path folder;

    private final SandboxShopify shop = new SandboxShopify("acme", "shpat_sandbox", "GBP");

    private Node order(String email, String status, String... skus) {
        return shop.orders()
                .place(Map.of(
                        "email",
                        email,
                        "currency",
                        "GBP",
                        "financialStatus",
                        status,
                        "shippingAddress",
                        Map.of(
                                "firstName", "Ada",
                                "lastName", "Marsh",
                                "address1", "4 Quay Street",
                                "city", "Bristol",
                                "zip", "BS1 4DJ",
                                "countryCode", "GB"),
                        "lineItems",
                        List.of(skus).stream()
                                .map(sku -> Map.of(
                                        "variantId",
                                        shop.products().variant(sku).id(),
                                        "quantity",
                                        2))
                                .toList()));
    }

    private static String external(Node order) {
        return "SHOPIFY-" + order.id().replaceAll(".*/", "");
    }

    @Test
    void ordersAndTheirCustomersAreMadeOnceAndFulfilmentsComeBack() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        for (String sku : List.of("TOTE-01", "BAG 2", "HAT-3")) {
            shop.products().add(sku, sku, "10.00");
        }
        Node first = order("ada@example.com", "PAID", "TOTE-01", "BAG 2");
        Node second = order("Ada@example.com", "PAID", "BAG 2");
        order("ada@example.com", "PENDING", "TOTE-01");
        Node unknown = order("bob@example.com", "PAID", "HAT-3");
        try (SandboxNetSuite erp = new SandboxNetSuite(
                        "1234567-sb1", "89abcdef01234567", "cert-1", (ECPublicKey) pair.getPublic());
                Sandbox sandbox = new Sandbox(folder, shop, erp)) {
            erp.item("TOTE-01");
            erp.item("BAG 2");
            sandbox.install(
                    "orders-shopify-netsuite",
                    Map.of(
                            "shop", "acme",
                            "account", "1234567-sb1",
                            "clientId", "89abcdef01234567",
                            "certificateId", "cert-1",
                            "subsidiary", "1",
                            "location", "1"));
            sandbox.secret("SHOPIFY_TOKEN", "shpat_sandbox");
            sandbox.secret("NETSUITE_PRIVATE_KEY", pem);
            sandbox.activate();
            sandbox.start();

            Sandbox.Run run = sandbox.run("orders-to-netsuite");

            assertThat(run.status()).as(run.toString()).isEqualTo("partial");
            assertThat(erp.orders())
                    .as(run.toString())
                    .extracting(order -> order.path("externalId").asText())
                    .containsExactlyInAnyOrder(external(first), external(second))
                    .doesNotContain(external(unknown));
            assertThat(erp.customers())
                    .filteredOn(one -> one.path("email").asText().equals("ada@example.com"))
                    .as("one for both orders")
                    .hasSize(1);
            ObjectNode sold = erp.orders().stream()
                    .filter(order -> order.path("externalId").asText().equals(external(first)))
                    .findFirst()
                    .orElseThrow();
            assertThat(sold.path("total").decimalValue()).isEqualByComparingTo(first.money("totalPriceSet"));
            assertThat(sold.path("currency").path("id").asText()).isEqualTo("2");
            assertThat(sold.path("shippingAddress").path("city").asText()).isEqualTo("Bristol");

            sandbox.run("orders-to-netsuite");
            assertThat(erp.orders()).as("none twice").hasSize(2);

            erp.item("HAT-3");
            Sandbox.Run again = sandbox.replay(run, "items");
            assertThat(again.status()).as(again.toString()).isEqualTo("succeeded");
            assertThat(erp.orders()).hasSize(3);

            erp.fulfil(sold.path("id").asText(), "A", "NOT-YET", Map.of("BAG 2", 2));
            erp.fulfil(sold.path("id").asText(), "C", "TRACK-1", Map.of("TOTE-01", 2));
            Sandbox.Run back = sandbox.run("fulfilments-to-shopify");

            assertThat(back.status()).as(back.toString()).isEqualTo("succeeded");
            assertThat(shop.fulfilments().of(first))
                    .as(back.toString())
                    .singleElement()
                    .satisfies(sent ->
                            assertThat(sent.toString()).contains("TRACK-1").doesNotContain("NOT-YET"));
            sandbox.run("fulfilments-to-shopify");
            assertThat(shop.fulfilments().of(first)).as("none twice").hasSize(1);
        }
    }
}
