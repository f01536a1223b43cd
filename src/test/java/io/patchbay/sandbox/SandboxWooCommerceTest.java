package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shop of the sandbox refuses, and how its two times differ. */
class SandboxWooCommerceTest {

    private static final String ORDERS = "https://shop.example.com/wp-json/wc/v3/orders";

    private final SandboxWooCommerce shop = new SandboxWooCommerce(
            "shop.example.com", "ck_1", "cs_1", Clock.fixed(Instant.parse("2026-11-02T10:00:00Z"), ZoneOffset.UTC));

    private String ask(String address, String login) {
        String basic = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return Calls.text(shop.answer(
                Calls.call("GET", address, login.isEmpty() ? Map.of() : Map.of("Authorization", basic), "")));
    }

    @ParameterizedTest
    @CsvSource({"'',cannot list", "ck_2:cs_1,Consumer key is invalid", "ck_1:cs_2,Consumer secret is invalid"})
    void refusesWhoHasNoKey(String login, String said) {
        assertThat(ask(ORDERS, login)).startsWith("401").contains(said);
    }

    @ParameterizedTest
    @CsvSource({
        "per_page=101,per_page",
        "page=0,page",
        "status=paid,status",
        "modified_after=yesterday,modified_after",
        "orderby=total,orderby"
    })
    void refusesParametersThatItDoesNotKnow(String query, String said) {
        assertThat(ask(ORDERS + "?" + query, "ck_1:cs_1"))
                .startsWith("400")
                .contains("rest_invalid_param", "Invalid parameter(s): " + said);
    }

    @Test
    void timesAreThoseOfTheShopUnlessItIsToldOtherwise() throws Exception {
        shop.put(727, "{}");

        assertThat(ask(ORDERS + "?modified_after=2026-11-02T10:30:00", "ck_1:cs_1"))
                .contains("\"id\":727");
        assertThat(ask(ORDERS + "?modified_after=2026-11-02T10:30:00&dates_are_gmt=true", "ck_1:cs_1"))
                .isEqualTo("200 []");
    }
}
