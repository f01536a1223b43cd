package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the store of the sandbox refuses. */
class SandboxBigCommerceTest {

    private static final String STORE = "https://api.bigcommerce.com/stores/abc123/v3";

    private final SandboxBigCommerce store = new SandboxBigCommerce("abc123", "t0ken", 1);

    private String ask(String method, String address, String token, String body) {
        return Calls.text(store.answer(
                Calls.call(method, address, Map.of("X-Auth-Token", token, "Accept", "application/json"), body)));
    }

    @Test
    void refusesOtherTokensAndStores() {
        assertThat(ask("GET", STORE + "/catalog/variants", "other", "")).startsWith("401");
        assertThat(ask("GET", STORE.replace("abc123", "abc124") + "/catalog/variants", "t0ken", ""))
                .startsWith("404");
        assertThat(ask("GET", STORE + "/catalog/variants?limit=251", "t0ken", ""))
                .startsWith("422");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|from 1 to 2000 items",
                "{\"items\":[{\"location_id\":1,\"sku\":\"MUG\",\"variant_id\":3,\"quantity\":1}]}|one of sku",
                "{\"items\":[{\"location_id\":2,\"sku\":\"MUG\",\"quantity\":1}]}|location",
                "{\"items\":[{\"location_id\":1,\"sku\":\"MUG\",\"quantity\":-1}]}|whole number",
                "{\"items\":[{\"location_id\":1,\"sku\":\"MUG\",\"quantity\":9999999999}]}|whole number",
                "{\"items\":[{\"location_id\":1,\"sku\":\"MUG\",\"quantity\":4},"
                        + "{\"location_id\":1,\"sku\":\"MUG\",\"quantity\":\"5\"}]}|items.1"
            })
    void refusesAnAdjustmentAsAWhole(String adjustment, String said) {
        store.sell("MUG");

        assertThat(ask("PUT", STORE + "/inventory/adjustments/absolute", "t0ken", adjustment))
                .startsWith("422")
                .contains(said);
        assertThat(store.stock()).containsEntry("MUG", 0);
    }
}
