package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the company of the sandbox refuses. */
class SandboxBusinessCentralTest {

    private static final String COMPANY =
            "https://api.businesscentral.dynamics.com/v2.0/t1/production/api/v2.0/companies(c1)";
    private static final String LOGIN = "https://login.microsoftonline.com/t1/oauth2/v2.0/token";
    private static final String FORM = "grant_type=client_credentials&client_id=app&client_secret=s3cret"
            + "&scope=https%3A%2F%2Fapi.businesscentral.dynamics.com%2F.default";

    private final SandboxBusinessCentral company = new SandboxBusinessCentral(
            new SandboxBusinessCentral.Account("t1", "production", "c1", "app", "s3cret"), Clock.systemUTC());
    private final Map<String, String> headers =
            new HashMap<>(Map.of("Authorization", "Bearer token-1", "Content-Type", "application/json"));

    private String ask(String method, String address, String body) {
        return Calls.text(company.answer(Calls.call(method, address, headers, body)));
    }

    @BeforeEach
    void letIn() {
        company.sell("MUG");
        assertThat(ask("POST", LOGIN, FORM)).startsWith("200");
        assertThat(ask("POST", COMPANY + "/customers", "{\"displayName\":\"Jane\",\"email\":\"jane.doe@example.com\"}"))
                .startsWith("201");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id=app,client_id=other,AADSTS700016",
        "s3cret,wrong,AADSTS7000215",
        ".default,.other,AADSTS70011",
        "client_credentials,password,AADSTS70003"
    })
    void refusesOtherAppsScopesAndSecrets(String right, String wrong, String said) {
        assertThat(ask("POST", LOGIN, FORM.replace(right, wrong)))
                .startsWith("4")
                .contains(said);
    }

    @Test
    void refusesTokensThatItDidNotGive() {
        headers.put("Authorization", "Bearer token-2");

        assertThat(ask("GET", COMPANY + "/customers", "")).startsWith("401");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|customerNumber",
                "{\"customerNumber\":\"1\"}|sell-to customer cannot be found",
                "{\"customerNumber\":\"10000\",\"currencyCode\":\"XTS\"}|does not match to a Currency",
                "{\"customerNumber\":\"10000\",\"colour\":\"red\"}|'colour' does not exist",
                "{\"customerNumber\":\"10000\",\"orderDate\":\"2.11.2026\"}|Cannot convert the literal",
                "{\"customerNumber\":\"10000\",\"salesOrderLines\":[{\"quantity\":\"1\"}]}|Cannot convert the literal",
                "{\"customerNumber\":\"10000\",\"salesOrderLines\":[{\"lineType\":\"Item\",\"lineObjectNumber\":\"CUP\"}]}|CUP)"
                        + " that cannot be found",
                "{\"customerNumber\":\"10000\",\"externalDocumentNumber\":\"123456789012345678901234567890123456\"}|36,"
                        + " but"
            })
    void refusesOrdersThatItCannotKeep(String order, String said) {
        assertThat(ask("POST", COMPANY + "/salesOrders", order))
                .startsWith("400")
                .contains(said);
        assertThat(company.orders()).isEmpty();
    }

    @Test
    void joinsComparisonsOfOneFieldByOrAndNoOthers() {
        assertThat(ask(
                        "GET",
                        COMPANY + "/customers?$filter=email%20eq%20'x'%20or%20email%20eq%20'jane.doe@example.com'",
                        ""))
                .contains("\"number\":\"10000\"");
        assertThat(ask("GET", COMPANY + "/customers?$filter=email%20eq%20'x'%20or%20number%20eq%20'10000'", ""))
                .startsWith("400")
                .contains("OR operation");
        assertThat(ask("GET", COMPANY + "/customers?$filter=email%20eq%20'o'x'", ""))
                .startsWith("400");
    }

    @Test
    void changesNothingWithoutTheTagOfTheRecord() {
        String one = COMPANY + "/customers(3f6a2c1e-0000-4f0e-9d10-000000000001)";

        assertThat(ask("PATCH", one, "{\"city\":\"Leeds\"}")).startsWith("400").contains("If-Match");
        headers.put("If-Match", "W/\"stale\"");
        assertThat(ask("PATCH", one, "{\"city\":\"Leeds\"}")).startsWith("409").contains("Request_EntityChanged");
        headers.put("If-Match", "*");
        assertThat(ask("PATCH", one, "{\"city\":\"Leeds\"}")).startsWith("200").contains("Leeds");
    }
}
