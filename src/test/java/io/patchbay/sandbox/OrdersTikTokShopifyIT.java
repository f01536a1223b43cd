package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.sandbox.shopify.Node;
import io.patchbay.sandbox.shopify.SandboxShopify;
import io.patchbay.sandbox.tiktok.SandboxTikTok;
import io.patchbay.sandbox.tiktok.SandboxTikTok.Unit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orders-tiktok-shopify}, installed and run between two shops that answer. */
class OrdersTikTokShopifyIT {

    private static final int OF_TWO_PAGES = 51;

    @TempDir
    private Path folder;

    private final SandboxTikTok tiktok = new SandboxTikTok(
            new SandboxTikTok.Credentials("abc123example", "s3cr3t-of-the-app", "refresh-of-acme", "SHOPCIPHER1"));
    private final SandboxShopify shop = new SandboxShopify("acme", "shpat_sandbox", "GBP");

    private Map<String, Node> created() {
        return shop.orders().all().stream().collect(Collectors.toMap(one -> one.text("sourceIdentifier"), one -> one));
    }

    @Test
    void eachOrderIsCreatedOnceWithWhatItHolds() throws Exception {
        shop.products().add("Red tee", "TEE-RED-M", "30.00");
        shop.products().add("Bag", "BAG 2", "12.00");
        String discounted = "576461413038785752";
        ObjectNode payment = (ObjectNode) tiktok.order(
                        discounted,
                        new Unit("TEE-RED-M", "30.00"),
                        new Unit("BAG 2", "12.00"),
                        new Unit("TEE-RED-M", "30.00"))
                .path("payment");
        payment.put("seller_discount", "5.00").put("platform_discount", "2.00").put("sub_total", "65.00");
        String unknown = "576461413038785753";
        tiktok.order(unknown, new Unit("NO-SUCH", "1.00"));
        tiktok.order("9001", new Unit("BAG 2", "12.00")).put("status", "DELIVERED");
        tiktok.order("9002", new Unit("BAG 2", "12.00")).put("fulfillment_type", "FULFILLMENT_BY_TIKTOK");
        for (int i = 0; i < OF_TWO_PAGES; i++) {
            tiktok.order(String.valueOf(1_000 + i), new Unit("BAG 2", "12.00"));
        }
        try (Sandbox sandbox = new Sandbox(folder, tiktok, shop)) {
            sandbox.install(
                    "orders-tiktok-shopify",
                    Map.of("appKey", "abc123example", "shopCipher", "SHOPCIPHER1", "shop", "acme"));
            sandbox.secret("TIKTOK_APP_SECRET", "s3cr3t-of-the-app");
            sandbox.secret("TIKTOK_REFRESH_TOKEN", "refresh-of-acme");
            sandbox.secret("SHOPIFY_TOKEN", "shpat_sandbox");
            sandbox.activate();
            sandbox.start();

            Sandbox.Run first = sandbox.run("orders-to-shopify");

            assertThat(first.status()).as(first.toString()).isEqualTo("partial");
            assertThat(created()).as(first.toString()).hasSize(OF_TWO_PAGES + 1).doesNotContainKey("tiktok-" + unknown);
            Node order = created().get("tiktok-" + discounted);
            assertThat(order.nodes("lineItems"))
                    .extracting(line -> line.text("sku") + " " + line.number("quantity"))
                    .containsExactlyInAnyOrder("TEE-RED-M 2", "BAG 2 1");
            assertThat(order.money("totalDiscountsSet")).isEqualByComparingTo("7.00");
            assertThat(order.money("totalPriceSet")).isEqualByComparingTo("69.95");
            assertThat(order.text("displayFinancialStatus")).isEqualTo("PAID");
            assertThat(order.node("shippingAddress").text("city")).isEqualTo("Leeds");
            assertThat(order.texts("tags")).isEqualTo(List.of("TikTok Shop"));

            tiktok.touch(discounted);
            tiktok.forgetTokens();
            Sandbox.Run second = sandbox.run("orders-to-shopify");

            assertThat(second.status())
                    .as("only what failed before goes on, all else is known: %s", second)
                    .isEqualTo("partial");
            assertThat(second.calls())
                    .extracting(SandboxProxy.Asked::status)
                    .as("a token that is good no more")
                    .contains(401);
            assertThat(shop.orders().all()).as("none twice").hasSize(OF_TWO_PAGES + 1);

            shop.products().add("New", "NO-SUCH", "1.00");
            Sandbox.Run again = sandbox.replay(first, "variants");
            assertThat(again.status()).as(again.toString()).isEqualTo("succeeded");
            assertThat(created()).hasSize(OF_TWO_PAGES + 2).containsKey("tiktok-" + unknown);
        }
    }
}
