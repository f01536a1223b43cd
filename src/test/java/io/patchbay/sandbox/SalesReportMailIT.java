package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.patchbay.connector.mail.MailPort;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code sales-report-mail}, installed and run: a shop behind the proxy, a mail server beside the program. */
class SalesReportMailIT {

    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(MailPort.free(ServerSetupTest.SMTP))
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

    /**
     * What the shop sold on a day.
     *
     * @param totals the totals of its orders that stand, by order
     * @param summary as the mail tells it
     */
    private record Sales(LocalDate day, Map<String, String> totals, String summary) {}

    /** Two orders that stand, and one that was cancelled. */
    private Sales sales(Instant at, String large, String small, String summary) {
        Node first = order(large, at);
        Node second = order(small, at);
        shop.orders().cancel(order("9.00", at));
        return new Sales(day(at), Map.of(first.text("name"), large, second.text("name"), small), summary);
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** What a run tells of: around midnight it may be another day than when the orders were made. */
    private static Sales reported(Sandbox.Run run, Sales... days) {
        LocalDate before =
                day(Instant.parse(run.record().path("queuedAt").asText())).minusDays(1);
        return Stream.of(days)
                .filter(sales -> sales.day().equals(before))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no orders on " + before + ": " + run));
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
            Instant now = Instant.now();
            order("9.00", now.minus(Duration.ofDays(2)));
            Sales yesterday = sales(
                    now.minus(Duration.ofDays(1)),
                    "1000.10",
                    "0.30",
                    "GBP 1,000.40 of 2 orders, 500.20 each on average");
            Sales today = sales(now, "2000.10", "0.50", "GBP 2,000.60 of 2 orders, 1,000.30 each on average");

            Sandbox.Run run = sandbox.run("sales-report");

            assertThat(run.status()).as(run.toString()).isEqualTo("succeeded");
            assertThat(MAIL.getReceivedMessages()).as(run.toString()).hasSize(1);
            MimeMessage mail = MAIL.getReceivedMessages()[0];
            Sales sales = reported(run, yesterday, today);
            assertThat(mail.getSubject()).isEqualTo("Sales of " + sales.day());
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("boss@example.com");
            MimeMultipart parts = (MimeMultipart) mail.getContent();
            assertThat(parts.getBodyPart(0).getContent().toString())
                    .contains(sales.summary(), "0 orders could not be read");
            assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("sales-" + sales.day() + ".csv");
            String csv = new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(csv.lines().skip(1)).hasSameSizeAs(sales.totals().keySet());
            sales.totals()
                    .forEach((order, total) -> assertThat(csv.lines().skip(1))
                            .anySatisfy(row -> assertThat(row)
                                    .startsWith("\"" + order + "\",")
                                    .contains(",GBP," + total + ",")));

            Sandbox.Run again = sandbox.run("sales-report");

            assertThat(again.status()).as(again.toString()).isEqualTo("succeeded");
            assertThat(MAIL.getReceivedMessages())
                    .as("a run by hand sends it once more, as the README says")
                    .hasSize(2);
            assertThat(MAIL.getReceivedMessages()[1].getSubject())
                    .isEqualTo("Sales of " + reported(again, yesterday, today).day());
        }
    }
}
