package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blueprint orders-woocommerce-business-central, installed and run between a shop and a company that answer. */
class OrdersWooCommerceBusinessCentralIT {

    private static final String FLOW = "orders-to-business-central";
    private static final String COMPANY = "00000000-0000-4000-8000-0000000000c0";

    @TempDir
    private Path folder;

    // What is changed now is read by a run that begins now, as its bound is a whole second and not in it.
    private final SandboxWooCommerce shop = new SandboxWooCommerce(
            "shop.example.com", "ck_0a1b", "cs_right", Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1)));
    private final SandboxBusinessCentral company = new SandboxBusinessCentral(
            new SandboxBusinessCentral.Account("tenant-1", "production", COMPANY, "app-1", "right"), Clock.systemUTC());
    private final LostAnswer line = new LostAnswer(company);
    private Sandbox sandbox;

    @BeforeEach
    void install() throws Exception {
        sandbox = new Sandbox(folder, shop, line);
        sandbox.install(
                "orders-woocommerce-business-central",
                Map.of(
                        "store", "shop.example.com",
                        "consumerKey", "ck_0a1b",
                        "tenantId", "tenant-1",
                        "companyId", COMPANY,
                        "clientId", "app-1",
                        "shippingAccount", "40400"));
        sandbox.secret("WOOCOMMERCE_SECRET", "cs_right");
        sandbox.activate();
        company.sell("TEE-RED-M", "MUG");
        company.book("40400");
    }

    @AfterEach
    void close() throws Exception {
        sandbox.close();
    }

    private void order(int id, String email, String company, String sku) throws Exception {
        shop.put(id, """
            {"billing": {"first_name": "Jane", "last_name": "Doe", "company": "%2$s", "address_1": "1 High Street", "address_2": "", "city": "Leeds",
              "state": "", "postcode": "LS1 1AA", "country": "GB", "email": "%1$s", "phone": "0113 0000000 (mobile)"},
             "shipping": {"first_name": "Jane", "last_name": "Doe", "company": "", "address_1": "1 High Street", "address_2": "", "city": "Leeds",
              "state": "", "postcode": "LS1 1AA", "country": "GB"},
             "line_items": [{"id": 315, "name": "Red tee - M", "quantity": 3, "subtotal": "50.00", "total": "45.00", "sku": "%3$s", "price": 15}],
             "shipping_lines": [{"id": 317, "method_title": "Flat rate", "method_id": "flat_rate", "total": "4.13"}]}
            """.formatted(email, company, sku));
    }

    private List<String> sent() {
        return company.orders().stream()
                .map(order -> order.get("externalDocumentNumber").asText() + " of "
                        + order.get("customerNumber").asText())
                .toList();
    }

    @Test
    void ordersAreSentOnceAndWhatIsRefusedFailsAlone() throws Exception {
        sandbox.secret("BUSINESS_CENTRAL_SECRET", "right");
        sandbox.start();
        order(727, "Jane.Doe@example.com", "", "TEE-RED-M");
        order(728, "kim.o'hara@example.com", "O'Hara & Sons", "MUG");
        order(729, "kim.o'hara@example.com", "O'Hara & Sons", "CUP");
        order(730, "jane.doe@example.com", "", "MUG");
        order(731, "jane.doe@example.com", "", "MUG");
        shop.put(731, "{\"status\": \"pending\"}");
        order(732, "jane.doe@example.com", "", "MUG");
        shop.put(732, "{\"status\": \"trash\"}");

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(run.status()).as(run.toString()).isEqualTo("partial");
        assertThat(sent()).containsExactlyInAnyOrder("WEB-727 of 10000", "WEB-728 of 10001", "WEB-730 of 10000");
        assertThat(company.customers())
                .extracting(one ->
                        one.get("email").asText() + " " + one.get("displayName").asText() + " "
                                + one.get("type").asText())
                .containsExactly(
                        "jane.doe@example.com Jane Doe Person", "kim.o'hara@example.com O'Hara & Sons Company");
        assertThat(company.customers())
                .extracting(one -> one.get("phoneNumber").asText())
                .containsOnly("0113 0000000");
        JsonNode lines = company.orders().get(0).get("salesOrderLines");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).toString())
                .contains("\"lineObjectNumber\":\"TEE-RED-M\"", "\"quantity\":3", "16.66667", "\"discountAmount\":5");
        assertThat(lines.get(1).toString()).contains("\"lineType\":\"Account\"", "\"40400\"", "4.13");

        company.sell("CUP");
        order(730, "jane.doe@example.com", "", "TEE-RED-M");
        Sandbox.Run second = sandbox.run(FLOW);

        assertThat(second.status()).as(second.toString()).isEqualTo("succeeded");
        assertThat(sent())
                .containsExactlyInAnyOrder(
                        "WEB-727 of 10000", "WEB-728 of 10001", "WEB-729 of 10001", "WEB-730 of 10000");
        assertThat(company.customers()).hasSize(2);
    }

    @Test
    void allPagesAreReadAndManyCustomersAreAskedForInSeveralCalls() throws Exception {
        sandbox.secret("BUSINESS_CENTRAL_SECRET", "right");
        sandbox.start();
        for (int id = 1001; id <= 1101; id++) {
            order(id, "buyer" + id % 30 + "@example.com", "", "MUG");
        }

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(run.status()).as(run.toString()).isEqualTo("succeeded");
        assertThat(company.orders()).hasSize(101);
        assertThat(company.customers()).hasSize(30);
    }

    @Test
    void aSecretThatIsWrongFailsTheRunAndSendsNothing() throws Exception {
        sandbox.secret("BUSINESS_CENTRAL_SECRET", "n0t-this");
        sandbox.start();
        order(727, "jane.doe@example.com", "", "MUG");

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(run.status()).as(run.toString()).isEqualTo("failed");
        assertThat(run.record().toString())
                .contains("check client id and secret of instance 'erp'")
                .doesNotContain("n0t-this");
        assertThat(company.orders()).isEmpty();
    }

    @Test
    void anOrderWhoseAnswerIsLostIsThereOnce() throws Exception {
        sandbox.secret("BUSINESS_CENTRAL_SECRET", "right");
        sandbox.start();
        order(727, "jane.doe@example.com", "", "MUG");
        line.lose(
                call -> call.method().equals("POST") && call.address().getPath().endsWith("/salesOrders"));

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(run.status()).as(run.toString()).isEqualTo("succeeded");
        assertThat(sent()).containsExactly("WEB-727 of 10000");
    }

    @Test
    void aCustomerWhoseAnswerIsLostIsThereOnceAndHasHisOrder() throws Exception {
        sandbox.secret("BUSINESS_CENTRAL_SECRET", "right");
        sandbox.start();
        order(727, "jane.doe@example.com", "", "MUG");
        line.lose(
                call -> call.method().equals("POST") && call.address().getPath().endsWith("/customers"));

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(company.customers()).as(run.toString()).hasSize(1);
        assertThat(sent()).containsExactly("WEB-727 of 10000");
    }
}
