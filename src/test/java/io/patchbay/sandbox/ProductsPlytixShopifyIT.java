package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.sandbox.shopify.Node;
import io.patchbay.sandbox.shopify.SandboxShopify;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blueprint products-plytix-shopify, installed and run between a Plytix and a shop that answer. */
class ProductsPlytixShopifyIT {

    private static final String FLOW = "products-to-shopify";

    @TempDir
    private Path folder;

    private final SandboxPlytix pim = new SandboxPlytix("ABCDEF0123456789", "s3cret of the key");
    private final SandboxShopify shop = new SandboxShopify("acme", "shpat_1", "GBP");
    private final Instant before = Instant.now().minus(Duration.ofDays(2));
    private Sandbox sandbox;

    @BeforeEach
    void install() throws Exception {
        sandbox = new Sandbox(folder, pim, shop);
        sandbox.install(
                "products-plytix-shopify",
                Map.of("shop", "acme", "apiKey", "ABCDEF0123456789", "price", "price_gbp", "text", "long_text"));
        sandbox.secret("PLYTIX_PASSWORD", "s3cret of the key");
        sandbox.secret("SHOPIFY_TOKEN", "shpat_1");
        sandbox.activate();
        sandbox.start();
    }

    @AfterEach
    void close() throws Exception {
        sandbox.close();
    }

    private long written() {
        return sandbox.calls().stream()
                .filter(asked -> asked.call().text().contains("mutation"))
                .count();
    }

    @Test
    void newProductsAreMadeKnownOnesChangedAndEachChangeGoesOnce() throws Exception {
        Node tote = shop.products().add("Tote", "TOTE-01", "10.00");
        pim.save(
                "TOTE-01",
                "Canvas tote",
                before,
                Map.of("price_gbp", "12.00", "long_text", "<p>Strong</p>", "brand", "Totes"));
        for (int i = 0; i < 119; i++) {
            pim.save("BAG-" + i, "Bag " + i, before.plusSeconds(i), Map.of("price_gbp", 20 + i));
        }
        pim.save("", "Without a SKU", before, Map.of());

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(run.status()).as(run.toString()).isEqualTo("succeeded");
        assertThat(shop.products().all()).hasSize(120);
        assertThat(tote.decimal("price")).isEqualByComparingTo("12.00");
        assertThat(shop.products().of(tote))
                .containsEntry("title", "Canvas tote")
                .containsEntry("descriptionHtml", "<p>Strong</p>")
                .containsEntry("vendor", "Totes")
                .containsEntry("status", "ACTIVE");
        Node bag = shop.products().variant("BAG-118");
        assertThat(bag.decimal("price")).isEqualByComparingTo("138");
        assertThat(shop.products().of(bag)).containsEntry("title", "Bag 118").containsEntry("status", "DRAFT");
        assertThat(written()).isEqualTo(121);

        pim.endTokens();
        pim.save("BAG-118", "Large bag", Instant.now(), Map.of("price_gbp", "99.00"));
        Sandbox.Run second = sandbox.run(FLOW);

        assertThat(second.status()).as(second.toString()).isEqualTo("succeeded");
        assertThat(shop.products().all()).hasSize(120);
        assertThat(shop.products().of(bag)).containsEntry("title", "Large bag");
        assertThat(bag.decimal("price")).isEqualByComparingTo("99.00");
        assertThat(written()).isEqualTo(123);
    }

    @Test
    void aProductThatShopifyRefusesFailsAloneAndComesAgain() throws Exception {
        pim.save("TOTE-01", "Canvas tote", before, Map.of("price_gbp", "10.00"));
        pim.save("TOTE-02", "Linen tote", before, Map.of("price_gbp", "-1.00"));
        pim.save("TOTE-03", "Paper tote", before, Map.of("price_gbp", "much"));
        pim.save("TOTE,\"4", "Odd tote", before, Map.of("price_gbp", "10.00"));

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(run.status()).as(run.toString()).isEqualTo("partial");
        assertThat(shop.products().all())
                .extracting(product -> product.get("title"))
                .isEqualTo(List.of("Canvas tote"));
        assertThat(FailedThere.of(sandbox, FLOW))
                .anySatisfy(one -> assertThat(one).startsWith("searchable:"))
                .anySatisfy(one -> assertThat(one).startsWith("send:").contains("greater than or equal to 0"))
                .anySatisfy(one -> assertThat(one).startsWith("send:").contains("much"))
                .hasSize(3);

        pim.save("TOTE-02", "Linen tote", before, Map.of("price_gbp", "11.00"));
        Sandbox.Run second = sandbox.run(FLOW);

        assertThat(second.status()).as(second.toString()).isEqualTo("partial");
        assertThat(shop.products().all())
                .extracting(product -> product.get("title"))
                .isEqualTo(List.of("Canvas tote", "Linen tote"));
    }
}
