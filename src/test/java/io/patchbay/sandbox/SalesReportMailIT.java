package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.patchbay.sandbox.shopify.Node;
import io.patchbay.sandbox.shopify.SandboxShopify;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code sales-report-mail}, installed and run: a shop behind the proxy, a mail server beside the program. */
class SalesReportMailIT {

    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort())
            .withConfiguration(GreenMailConfiguration.aConfig().withUser("reports", PASSWORD));

    @TempDir
    private Path folder;

    private final SandboxShopify shop = new SandboxShopify("acme", "shpat_sandbox", "GBP");

    private Node order(String price, Instant at) {
        Node order = shop.orders()
                .place(Map.of(
                        "currency",
                        "GBP",
                        "lineItems",
                        List.of(Map.of(
                                "title",
                                "Bag",
                                "quantity",
                                1,
                                "priceSet",
                                Map.of("shopMoney", Map.of("amount", new BigDecimal(price), "currencyCode", "GBP"))))));
        shop.orders().date(order, at);
        return order;
    }

    @Test
    void theOrdersOfYesterdayAreMailedAsTheyStand() throws Exception {
        try (Sandbox sandbox = new Sandbox(folder, shop)) {
            sandbox.install(
                    "sales-report-mail",
                    Map.of(
                            "shop", "acme",
                            "to", "boss@example.com",
                            "host", "127.0.0.1",
                            "from", "shop@example.com",
                            "user", "reports"));
            sandbox.edit(
                    "connectors/smtp/instances/reports.yaml",
                    "  host: \"127.0.0.1\"",
                    "  host: 127.0.0.1\n  security: none\n  port: "
                            + MAIL.getSmtp().getPort());
            sandbox.secret("SHOPIFY_TOKEN", "shpat_sandbox");
            sandbox.secret("REPORTS_MAIL_PASSWORD", PASSWORD);
            sandbox.activate();
            sandbox.start();
            // What was yesterday is worked out by the flow, too: not around midnight.
            Awaitility.await()
                    .atMost(Sandbox.PATIENCE)
                    .until(() -> LocalTime.now(ZoneOffset.UTC).isBefore(LocalTime.of(23, 55)));
            Instant yesterday = Instant.now().minus(Duration.ofDays(1));
            Node first = order("1000.10", yesterday);
            Node second = order("0.30", yesterday);
            order("9.00", yesterday.minus(Duration.ofDays(1)));
            order("9.00", Instant.now());
            Node cancelled = order("9.00", yesterday);
            shop.orders().cancel(cancelled);

            Sandbox.Run run = sandbox.run("sales-report");

            assertThat(run.status()).as(run.toString()).isEqualTo("succeeded");
            assertThat(MAIL.getReceivedMessages()).as(run.toString()).hasSize(1);
            LocalDate day = yesterday.atZone(ZoneOffset.UTC).toLocalDate();
            MimeMessage mail = MAIL.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Sales of " + day);
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("boss@example.com");
            MimeMultipart parts = (MimeMultipart) mail.getContent();
            assertThat(parts.getBodyPart(0).getContent().toString())
                    .contains("GBP 1,000.40 of 2 orders, 500.20 each on average", "0 orders could not be read");
            assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("sales-" + day + ".csv");
            String csv = new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(csv.lines().skip(1))
                    .satisfiesExactlyInAnyOrder(
                            row -> assertThat(row)
                                    .startsWith("\"" + first.text("name") + "\",")
                                    .contains(",GBP,1000.10,"),
                            row -> assertThat(row)
                                    .startsWith("\"" + second.text("name") + "\",")
                                    .contains(",GBP,0.30,"));

            assertThat(sandbox.run("sales-report").status()).isEqualTo("succeeded");
            assertThat(MAIL.getReceivedMessages())
                    .as("a run by hand sends it once more, as the README says")
                    .hasSize(2);
            assertThat(MAIL.getReceivedMessages()[1].getSubject()).isEqualTo(mail.getSubject());
        }
    }
}
