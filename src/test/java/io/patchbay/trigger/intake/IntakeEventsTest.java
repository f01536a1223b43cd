package io.patchbay.trigger.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.queue.QueueFullException;
import io.patchbay.trigger.intake.RecordedStarts.Started;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of instances, and deliveries that come again. */
class IntakeEventsTest {

    private static final String EVENTS = """
            order-paid:
              eventPath: $.data
              dedupeKey: '${header.X-Event-Id}'
              verify: { type: hmacSha256, header: X-Sig, encoding: base64, secret: '${settings.hookSecret}' }
            stock-changed:
              dedupeKey: '${payload.hash}'
              verify: { type: basic, secret: '${settings.hookSecret}' }
            ping:
              verify: { type: none }
            """;
    private static final String BODY = "{\"data\":{\"id\":7},\"hash\":\"h1\"}";

    @TempDir
    private Path folder;

    private IntakeFixture intake;

    @BeforeEach
    void open() throws Exception {
        intake = new IntakeFixture(folder);
        intake.events.of(folder.resolve("home"), EVENTS);
        intake.events.proofs.put("shop-uk/order-paid", "the shop's key");
        intake.events.proofs.put("shop-uk/stock-changed", "shop:pass");
    }

    @AfterEach
    void close() {
        intake.close();
    }

    private HttpRequest.Builder paid(String id, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("the shop's key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        HttpRequest.Builder request = intake.request("/events/shop-uk/order-paid")
                .header("Content-Type", "application/json")
                .header("X-Sig", signature)
                .header("X-Topic", "orders/paid")
                .POST(BodyPublishers.ofString(body));
        return id.isEmpty() ? request : request.header("X-Event-Id", id);
    }

    private HttpRequest.Builder stock(String body, String login) {
        return intake.request("/events/shop-uk/stock-changed")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(body));
    }

    @Test
    void startsEachFlowThatTakesTheEventWithWhatStandsAtItsPath() throws Exception {
        intake.deploy(
                "webhook: { instance: shop-uk, event: order-paid, headers: [X-Topic] }",
                "webhook: { instance: shop-uk, event: order-paid }");
        var answer = intake.send(paid("e1", BODY));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"runs\":[\"run-1\",\"run-2\"]}");
        assertThat(intake.starts.started).extracting(Started::flow).containsExactly("flow-0", "flow-1");
        assertThat(intake.starts.started).extracting(Started::text).containsOnly("{\"id\":7}");
        assertThat(intake.starts.started.get(0).meta()).containsEntry("header.X-Topic", "orders/paid");
        assertThat(intake.starts.started.get(1).meta()).isEmpty();
    }

    @Test
    void answersARepeatedEventAsTheFirstTimeAndStartsNothing() throws Exception {
        intake.deploy("webhook: { instance: shop-uk, event: order-paid }");
        var first = intake.send(paid("e1", BODY));
        var again = intake.send(paid("e1", BODY));
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body()).isEqualTo("{\"run\":\"run-1\"}");
        assertThat(intake.send(paid("e2", BODY)).body()).isEqualTo("{\"run\":\"run-2\"}");
        assertThat(intake.starts.started).hasSize(2);
    }

    @Test
    void startsWhatIsMissingWhenAnEventComesAgain() throws Exception {
        intake.deploy(
                "webhook: { instance: shop-uk, event: order-paid }",
                "webhook: { instance: shop-uk, event: order-paid }");
        AtomicBoolean full = new AtomicBoolean(true);
        intake.starts.onStart = start -> start.flow().equals("flow-1") && full.get()
                ? CompletableFuture.failedFuture(new QueueFullException("flow-1", Duration.ofSeconds(2)))
                : CompletableFuture.completedFuture("run of " + start.flow());
        assertThat(intake.send(paid("e1", BODY)).statusCode()).isEqualTo(429);
        full.set(false);
        assertThat(intake.send(paid("e1", BODY)).statusCode()).isEqualTo(202);
        assertThat(intake.starts.started).extracting(Started::flow).containsExactly("flow-0", "flow-1", "flow-1");
    }

    @Test
    void refusesAnEventThatIsForgedTamperedWithOrWithoutItsId() throws Exception {
        intake.deploy("webhook: { instance: shop-uk, event: order-paid }");
        assertThat(intake.send(paid("e1", BODY).setHeader("X-Sig", "AAAA")).statusCode())
                .isEqualTo(401);
        assertThat(intake.send(paid("e1", BODY).POST(BodyPublishers.ofString(BODY + " ")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(intake.send(paid("", BODY)).statusCode()).isEqualTo(400);
        assertThat(intake.send(paid("e1", BODY).header("X-Event-Id", "e2")).statusCode())
                .isEqualTo(400);
        assertThat(intake.send(paid("x".repeat(1_001), BODY)).statusCode()).isEqualTo(400);
        assertThat(intake.starts.started).isEmpty();
    }

    @Test
    void saysWhatABodyLacksInsteadOfLosingIt() throws Exception {
        intake.deploy("webhook: { instance: shop-uk, event: order-paid }");
        var nothing = intake.send(paid("e1", "{\"other\":1}"));
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(nothing.body()).contains("$.data");
        assertThat(intake.send(paid("e1", "{\"data\":")).statusCode()).isEqualTo(422);
        assertThat(intake.send(paid("e1", "[".repeat(100_000))).statusCode()).isEqualTo(422);
        assertThat(intake.send(paid("e1", "")).statusCode()).isEqualTo(422);
        assertThat(intake.starts.started).isEmpty();
    }

    @Test
    void knowsARepeatedEventByItsBody() throws Exception {
        intake.deploy("webhook: { instance: shop-uk, event: stock-changed }");
        String large = "{\"hash\":\"h2\",\"x\":\"" + "y".repeat(200_000) + "\"}";
        for (int i = 0; i < 2; i++) {
            assertThat(intake.send(stock(BODY, "shop:pass")).statusCode()).isEqualTo(202);
            assertThat(intake.send(stock(large, "shop:pass")).statusCode()).isEqualTo(202);
        }
        assertThat(intake.starts.started).hasSize(2);
        assertThat(intake.starts.started.get(0).text()).isEqualTo(BODY);
        assertThat(intake.send(stock(BODY, "shop:word")).statusCode()).isEqualTo(401);
        await().until(() -> intake.intake.load().bytes() == 0);
    }

    @Test
    void takesAnEventWithoutProofOnlyWhereTheConnectorSaysSo() throws Exception {
        intake.deploy(
                "webhook: { instance: shop-uk, event: ping }", "webhook: { instance: shop-uk, event: order-paid }");
        intake.events.proofs.clear();
        intake.deploy(
                "webhook: { instance: shop-uk, event: ping }", "webhook: { instance: shop-uk, event: order-paid }");
        assertThat(intake.post("/events/shop-uk/ping", "text/plain", "hello").statusCode())
                .isEqualTo(202);
        assertThat(intake.send(paid("e1", BODY)).statusCode()).isEqualTo(401);
        assertThat(intake.get("/events/shop-uk/ping").statusCode()).isEqualTo(405);
        assertThat(intake.post("/events/shop-uk/other", "text/plain", "hello").statusCode())
                .isEqualTo(404);
    }

    @Test
    void knowsARepeatedDeliveryOfAPlainWebhook() throws Exception {
        intake.deploy(
                "webhook: { path: a, auth: none, dedupe: { key: \"${header.X-Id}\" } }",
                "webhook: { path: b, auth: none, dedupe: { key: \"${payload.id}-${payload.kind}\" } }");
        for (int i = 0; i < 2; i++) {
            var hook =
                    intake.request("/hooks/a").header("X-Id", "1").POST(BodyPublishers.ofString("x".repeat(200_000)));
            assertThat(intake.send(hook).body()).isEqualTo("{\"run\":\"run-1\"}");
        }
        assertThat(intake.post("/hooks/b", "application/json", "{\"id\":1,\"kind\":\"a\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(intake.post("/hooks/b", "application/json", "{\"kind\":\"a\",\"id\":1}")
                        .body())
                .isEqualTo("{\"run\":\"run-2\"}");
        assertThat(intake.post("/hooks/b", "application/json", "{\"id\":1}").statusCode())
                .isEqualTo(400);
        assertThat(intake.starts.started).hasSize(2);
    }
}
