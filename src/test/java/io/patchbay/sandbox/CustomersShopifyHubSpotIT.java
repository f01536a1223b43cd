package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.sandbox.shopify.Node;
import io.patchbay.sandbox.shopify.SandboxShopify;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blueprint customers-shopify-hubspot, installed and run between a shop and a HubSpot that answer. */
class CustomersShopifyHubSpotIT {

    private static final String FLOW = "customers-to-hubspot";

    @TempDir
    private Path folder;

    private final SandboxShopify shop = new SandboxShopify("acme", "shpat_1", "GBP");
    private final SandboxHubSpot crm = new SandboxHubSpot("pat-eu1-1");
    private Sandbox sandbox;

    @BeforeEach
    void install() throws Exception {
        sandbox = new Sandbox(folder, shop, crm);
        sandbox.install("customers-shopify-hubspot", Map.of("shop", "acme", "stage", "lead"));
        sandbox.secret("SHOPIFY_TOKEN", "shpat_1");
        sandbox.secret("HUBSPOT_TOKEN", "pat-eu1-1");
        sandbox.activate();
        sandbox.start();
    }

    @AfterEach
    void close() throws Exception {
        sandbox.close();
    }

    @Test
    void customersOfManyPagesBecomeContactsAndOnlyChangesGoAgain() throws Exception {
        Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
        Node ada = shop.customers()
                .add(Map.of(
                        "firstName", "Ada",
                        "lastName", "Lovelace",
                        "email", "Ada@Example.com",
                        "phone", "+442079460000",
                        "address",
                                Map.of(
                                        "company", "Engines",
                                        "address1", "12 St James Square",
                                        "city", "London",
                                        "zip", "SW1Y 4JH",
                                        "countryCodeV2", "GB")));
        for (int i = 0; i < 119; i++) {
            Node customer =
                    shop.customers().add(Map.of("firstName", "Customer " + i, "email", "c" + i + "@example.com"));
            shop.customers().date(customer, hourAgo.plusSeconds(i));
        }
        shop.customers().add(Map.of("firstName", "No", "lastName", "Address"));

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(run.status()).as(run.toString()).isEqualTo("succeeded");
        assertThat(run.toString())
                .contains("120 contacts went to HubSpot together, 0 at a second try, 0 alone, 0 were refused");
        assertThat(crm.contacts()).hasSize(120);
        assertThat(crm.contact("ada@example.com"))
                .hasValue(Map.ofEntries(
                        Map.entry("email", "ada@example.com"),
                        Map.entry("firstname", "Ada"),
                        Map.entry("lastname", "Lovelace"),
                        Map.entry("phone", "+442079460000"),
                        Map.entry("company", "Engines"),
                        Map.entry("address", "12 St James Square"),
                        Map.entry("city", "London"),
                        Map.entry("zip", "SW1Y 4JH"),
                        Map.entry("country", "GB"),
                        Map.entry("lifecyclestage", "lead")));

        shop.customers().change(ada, Map.of("lastName", "King"));
        Sandbox.Run second = sandbox.run(FLOW);

        assertThat(second.status()).as(second.toString()).isEqualTo("succeeded");
        assertThat(crm.contacts()).hasSize(120);
        assertThat(crm.writes()).isEqualTo(121);
        assertThat(crm.contact("ada@example.com").orElseThrow()).containsEntry("lastname", "King");
    }

    @Test
    void aContactThatHubSpotRefusesFailsAlone() throws Exception {
        shop.customers().add(Map.of("firstName", "Ada", "email", "ada@example.com"));
        shop.customers().add(Map.of("firstName", "Jo", "email", "jo@example"));
        shop.customers().add(Map.of("firstName", "Grace", "email", "grace@example.com"));

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(run.status()).as(run.toString()).isEqualTo("partial");
        assertThat(crm.contacts())
                .extracting(contact -> contact.get("firstname"))
                .containsExactly("Ada", "Grace");
        assertThat(FailedThere.of(sandbox, FLOW))
                .as(run.toString())
                .anySatisfy(one -> assertThat(one).startsWith("send-one:").contains("jo@example is invalid"));
        assertThat(run.toString()).contains("2 alone, 1 were refused");
    }

    @Test
    void aTokenThatIsNotTakenFailsTheRunWithOneMoreCallAndTheNextRunSendsAll() throws Exception {
        for (int i = 0; i < 60; i++) {
            shop.customers().add(Map.of("firstName", "Customer " + i, "email", "c" + i + "@example.com"));
        }
        crm.takes("pat-eu1-2");

        Sandbox.Run run = sandbox.run(FLOW);

        assertThat(run.status()).as(run.toString()).isEqualTo("failed");
        assertThat(run.calls())
                .as(run.toString())
                .filteredOn(asked -> asked.call().address().getPath().endsWith("/batch/upsert"))
                .extracting(SandboxProxy.Asked::status)
                .containsExactly(401, 401);
        assertThat(FailedThere.of(sandbox, FLOW))
                .as(run.toString())
                .satisfiesExactly(
                        open -> assertThat(open).startsWith("send-again: HubSpot does not take the access token"),
                        caught -> assertThat(caught).startsWith("send: HubSpot does not take the access token"));

        crm.takes("pat-eu1-1");
        Sandbox.Run next = sandbox.run(FLOW);

        assertThat(next.status()).as(next.toString()).isEqualTo("succeeded");
        assertThat(crm.contacts()).hasSize(60);
    }
}
