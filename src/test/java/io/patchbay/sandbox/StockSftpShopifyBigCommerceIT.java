package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.sftp.Sftp;
import io.patchbay.sandbox.shopify.Node;
import io.patchbay.sandbox.shopify.SandboxShopify;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blueprint stock-sftp-shopify-bigcommerce, installed and run between an SFTP server and two shops that answer. */
class StockSftpShopifyBigCommerceIT {

    private static final String FLOW = "stock-from-warehouse";
    private static final List<String> SKUS = List.of("TEE-RED-M", "MUG", "CAP", "MANY", "TOO-MANY");

    @TempDir
    private Path folder;

    private final SandboxShopify shop = new SandboxShopify("acme", "shpat_1", "GBP");
    private final SandboxBigCommerce store = new SandboxBigCommerce("abc123", "bc-token", 4);
    private final Node location = shop.stock().addLocation("Leeds");
    private Sftp warehouse;
    private Sandbox sandbox;

    @BeforeEach
    void install() throws Exception {
        SKUS.forEach(sku -> shop.products().add("A " + sku, sku, "9.00"));
        SKUS.forEach(store::sell);
        store.sell("STORE-ONLY");
        warehouse = new Sftp(folder.resolve("server"));
        Files.createDirectories(warehouse.file("stock"));
        sandbox = new Sandbox(folder, shop, store);
        sandbox.install(
                "stock-sftp-shopify-bigcommerce",
                Map.of(
                        "host", "127.0.0.1",
                        "port", Integer.toString(warehouse.port()),
                        "user", "ada",
                        "shop", "acme",
                        "shopLocation", location.text("legacyResourceId"),
                        "storeHash", "abc123",
                        "storeLocation", "4",
                        "tell", "ops@example.com"));
        sandbox.secret("WAREHOUSE_PASSWORD", "correct horse");
        sandbox.secret("SHOPIFY_TOKEN", "shpat_1");
        sandbox.secret("BIGCOMMERCE_TOKEN", "bc-token");
        warehouse.writeKnownHosts(sandbox.home().resolve("data/known-hosts"));
        String flow = "routes/stock-sftp-shopify-bigcommerce/stock-from-warehouse.flow.yaml";
        sandbox.edit(flow, "every: 1m", "every: 1s");
        sandbox.edit(flow, "stableFor: 1m", "stableFor: 1s");
        sandbox.activate();
        sandbox.start();
    }

    @AfterEach
    void close() throws Exception {
        sandbox.close();
        warehouse.close();
    }

    /** The run of a file that arrives, when it has ended and the file has gone where it belongs. */
    private JsonNode arrives(String name, String rows, String goesTo) throws Exception {
        Path whole = Files.writeString(warehouse.file(name + ".part"), "sku,name,quantity\n" + rows);
        Files.move(whole, warehouse.file("stock/" + name), StandardCopyOption.ATOMIC_MOVE);
        Awaitility.await()
                .atMost(Sandbox.PATIENCE)
                .until(() -> Files.exists(warehouse.file("stock/" + goesTo + "/" + name)));
        String newest =
                sandbox.api("GET", "/api/v1/runs?flow=" + FLOW).at("/data/0/id").asText();
        return sandbox.api("GET", "/api/v1/runs/" + newest);
    }

    private int inShop(String sku) {
        return shop.stock().available(sku, location);
    }

    @Test
    void aFileSetsTheLevelsOfBothShopsAndWhatOneRefusesFailsAlone() throws Exception {
        JsonNode run = arrives("levels-1.csv", """
            TEE-RED-M,"Tee, red",7
            MUG,Mug,3.9
            CAP,Cap,-2
            ,No SKU,5
            MANY,Many,2000000000
            TOO-MANY,Too many,3000000000
            STORE-ONLY,Sold in one,4
            GONE,Sold no more,1
            """, "failed");

        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("partial");
        assertThat(List.of(inShop("TEE-RED-M"), inShop("MUG"), inShop("CAP"), inShop("MANY"), inShop("TOO-MANY")))
                .containsExactly(7, 3, 0, 0, 0);
        assertThat(store.stock())
                .isEqualTo(Map.of(
                        "TEE-RED-M", 7, "MUG", 3, "CAP", 0, "MANY", 2_000_000_000, "TOO-MANY", 0, "STORE-ONLY", 4));
        assertThat(FailedThere.of(sandbox, FLOW))
                .extracting(one -> one.substring(0, one.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "row", "shop-set", "shop-set-one", "shop-set-one", "store-set", "store-set-one");
        assertThat(sandbox.api("GET", "/api/v1/runs/" + run.path("id").asText() + "/logs")
                        .toString())
                .contains("2 SKUs of levels-1.csv are not in Shopify, the first are: STORE-ONLY, GONE")
                .contains("1 SKUs of levels-1.csv are not in BigCommerce, the first are: GONE");
    }

    @Test
    void theSameFileOnceMoreSetsTheSameLevels() throws Exception {
        String rows = "TEE-RED-M,Tee,7\nMUG,Mug,3\n";

        JsonNode first = arrives("levels-2.csv", rows, "archive");
        JsonNode second = arrives("levels-3.csv", rows, "archive");

        assertThat(List.of(first.path("status").asText(), second.path("status").asText()))
                .as(second.toString())
                .containsExactly("succeeded", "succeeded");
        assertThat(List.of(inShop("TEE-RED-M"), inShop("MUG"))).containsExactly(7, 3);
        assertThat(store.stock()).containsEntry("TEE-RED-M", 7).containsEntry("MUG", 3);
        assertThat(store.adjustments()).isEqualTo(2);
    }
}
