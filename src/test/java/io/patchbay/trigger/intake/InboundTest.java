package io.patchbay.trigger.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.trigger.inbound.Caller;
import io.patchbay.trigger.inbound.Callers;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The inbound API as a caller meets it. */
class InboundTest {

    private static final String SCHEMA = "schema: { type: object, required: [id], properties: { id: { type: integer },"
            + " lines: { type: array, items: { required: [sku] } } } }";

    @TempDir
    private Path folder;

    private IntakeFixture intake;
    private Callers.Created erp;

    @BeforeEach
    void open() throws Exception {
        intake = new IntakeFixture(folder);
        erp = intake.callers.create("erp", new Caller.Limits(100, null));
        intake.deploy(
                "inbound: { name: orders }",
                "inbound: { name: wrapped, envelope: payload }",
                "inbound: { name: small, maxBody: 10B, headers: [X-Batch] }",
                "inbound: { name: shop-only, callers: [shop] }",
                "inbound: { name: strict, " + SCHEMA + " }",
                "inbound: { name: sifted, refuse: records, " + SCHEMA + " }",
                "inbound: { name: strict-wrapped, envelope: payload, " + SCHEMA + " }");
    }

    @AfterEach
    void close() {
        intake.close();
    }

    private HttpResponse<String> ask(String form) throws Exception {
        return intake.post("/inbound/token", "application/x-www-form-urlencoded", form);
    }

    private String token(Callers.Created caller) throws Exception {
        var answer = ask("grant_type=client_credentials&client_id="
                + caller.caller().clientId() + "&client_secret=" + caller.secret());
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = new ObjectMapper().readTree(answer.body());
        assertThat(body.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").asInt()).isEqualTo(86_400);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return body.path("access_token").asText();
    }

    private HttpRequest.Builder send(String name, String token, String body) {
        return intake.request("/inbound/" + name)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private int status(HttpRequest.Builder request) throws Exception {
        return intake.send(request).statusCode();
    }

    @Test
    void aBodyThatIsNotAsItsSchemaSaysIsAnsweredWithEachViolation() throws Exception {
        String token = token(erp);

        var answer = intake.send(send("strict", token, "{\"id\":\"1\",\"lines\":[{\"sku\":1},{}]}"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new ObjectMapper().readTree(answer.body()).path("errors"))
                .extracting(error -> error.path("pointer").asText() + " "
                        + error.path("detail").asText())
                .containsExactlyInAnyOrder(
                        "#/id $.id: string found, integer expected",
                        "#/lines/1 $.lines[1]: required property 'sku' not found");
        assertThat(status(send("strict", token, "<order/>"))).isEqualTo(422);
        assertThat(status(send("strict-wrapped", token, "{\"payload\":\"{}\"}")))
                .isEqualTo(422);
        assertThat(intake.starts.started).isEmpty();
        assertThat(status(send("strict", token, "{\"id\":1}"))).isEqualTo(202);
        assertThat(status(send("strict-wrapped", token, "{\"payload\":\"{\\\"id\\\":1}\"}")))
                .isEqualTo(202);
    }

    private String code(HttpRequest.Builder request) throws Exception {
        return new ObjectMapper()
                .readTree(intake.send(request).body())
                .path("code")
                .asText();
    }

    @Test
    void eachRefusalHasACode() throws Exception {
        String token = token(erp);

        assertThat(code(send("strict", token, "{\"id\":\"1\"}"))).isEqualTo("NOT_IN_SCHEMA");
        assertThat(code(send("strict", token, "{"))).isEqualTo("NOT_JSON");
        assertThat(code(send("orders", token, ""))).isEqualTo("NO_EVENT");
        assertThat(code(send("wrapped", token, "{\"id\":1}"))).isEqualTo("NO_EVENT");
        assertThat(code(send("orders", "other", "{}"))).isEqualTo("UNAUTHORIZED");
        assertThat(code(send("orders", token, "{}").header("Idempotency-Key", "k".repeat(1001))))
                .isEqualTo("KEY_TOO_LONG");
        assertThat(code(send("orders", token, "{}")
                        .header("Idempotency-Key", "a")
                        .header("Idempotency-Key", "b")))
                .isEqualTo("KEY_TWICE");
    }

    @Test
    void startsARunForACallerWithAToken() throws Exception {
        var answer = intake.send(send("orders", token(erp), "{\"id\":1}"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"run\":\"run-1\"}");
        var start = intake.starts.started.get(0);
        assertThat(start.flow()).isEqualTo("flow-0");
        assertThat(start.trigger()).isEqualTo("inbound");
        assertThat(start.text()).isEqualTo("{\"id\":1}");
        assertThat(start.meta()).isEqualTo(java.util.Map.of("inbound.caller", "erp"));
    }

    private String basic() {
        String pair = erp.caller().clientId() + ":" + erp.secret();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givesATokenForBasicCredentialsOrJsonToo() throws Exception {
        assertThat(status(intake.request("/inbound/token")
                        .header("Authorization", basic())
                        .POST(BodyPublishers.noBody())))
                .isEqualTo(200);
        assertThat(intake.post(
                                "/inbound/token",
                                "application/json",
                                "{\"client_id\":\"" + erp.caller().clientId() + "\",\"client_secret\":\"" + erp.secret()
                                        + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCallerThatCanOnlyGetItsTokenShowsItsCredentialsInAHeader() throws Exception {
        var answer = intake.send(
                intake.request("/inbound/token?grant_type=client_credentials").header("Authorization", basic()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        String token =
                new ObjectMapper().readTree(answer.body()).path("access_token").asText();
        assertThat(status(send("orders", token, "{}"))).isEqualTo(202);
        assertThat(intake.get("/inbound/token").statusCode()).isEqualTo(401);
        assertThat(intake.get("/inbound/orders").statusCode()).isEqualTo(405);
    }

    @Test
    void aTokenIsNotGivenForASecretInTheAddressNorForOneInTheBodyOfAGet() throws Exception {
        String pair = "client_id=" + erp.caller().clientId() + "&client_secret=" + erp.secret();
        for (String method : new String[] {"GET", "POST"}) {
            var answer = intake.send(intake.request("/inbound/token?" + pair).method(method, BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .contains("invalid_request")
                    .contains("stands in the address")
                    .doesNotContain(erp.secret());
        }
        assertThat(status(intake.request("/inbound/token?" + pair).header("Authorization", basic())))
                .isEqualTo(400);
        assertThat(status(intake.request("/inbound/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method("GET", BodyPublishers.ofString(pair))))
                .isEqualTo(413);
    }

    @Test
    void aBodyThatIsAnnouncedAsJsonAndIsNotStartsNothing() throws Exception {
        String token = token(erp);
        String large = "[" + "\"Geheim\",".repeat(20_000) + "}";
        for (String body : new String[] {
            "{\"id\": Geheim}", "{\"id\":\"Geheim\"", " ", "{} {}", "<Geheim/>", "{\"a\":1,\"a\":2}", large
        }) {
            var answer = intake.send(send("orders", token, body));
            assertThat(answer.statusCode())
                    .as(body.substring(0, Math.min(20, body.length())))
                    .isEqualTo(422);
            assertThat(answer.body()).contains("The body is not JSON").doesNotContain("Geheim");
        }
        assertThat(intake.send(send("orders", token, "{\"id\":1,\n \"x\": }")).body())
                .contains("line 2, column 7");
        assertThat(status(typed(token, "application/vnd.shop+json; charset=utf-8", "{")))
                .isEqualTo(422);
        assertThat(status(typed(token, "Application/JSON", "\"\u00e4\"".getBytes(StandardCharsets.ISO_8859_1))))
                .isEqualTo(422);
        assertThat(intake.starts.started).isEmpty();
        await().until(() -> intake.intake.load().bytes() == 0);
    }

    @Test
    void aBodyThatIsNotAnnouncedAsJsonIsTakenAsItIs() throws Exception {
        String token = token(erp);
        for (String type : new String[] {"application/xml", "application/x-ndjson", "text/csv"}) {
            assertThat(status(typed(token, type, "{"))).isEqualTo(202);
        }
        assertThat(status(send("orders", token, "12"))).isEqualTo(202);
        assertThat(intake.starts.started).hasSize(4);
    }

    private HttpRequest.Builder typed(String token, String type, String body) {
        return typed(token, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder typed(String token, String type, byte[] body) {
        return intake.request("/inbound/orders")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body));
    }

    @Test
    void refusesATokenToWhoDoesNotKnowTheSecret() throws Exception {
        String id = erp.caller().clientId();
        assertThat(ask("client_id=" + id + "&client_secret=wrong").statusCode()).isEqualTo(401);
        assertThat(ask("client_id=nobody&client_secret=" + erp.secret()).statusCode())
                .isEqualTo(401);
        assertThat(ask("client_id=" + id + "&client_secret=" + "x".repeat(100)).statusCode())
                .isEqualTo(401);
        assertThat(ask("client_id=" + id).body()).contains("invalid_client");
        assertThat(ask("grant_type=password&client_id=" + id + "&client_secret=" + erp.secret())
                        .body())
                .contains("unsupported_grant_type");
        assertThat(intake.post("/inbound/token", "application/json", "{").statusCode())
                .isEqualTo(400);
        assertThat(ask("x=" + "y".repeat(10_000)).statusCode()).isEqualTo(413);
        assertThat(intake.starts.started).isEmpty();
    }

    @Test
    void refusesWhoHasNoToken() throws Exception {
        String token = token(erp);
        for (String shown : new String[] {"Bearer x", "Bearer ", "Basic " + token, "Bearer " + "x".repeat(300)}) {
            var answer = intake.send(intake.request("/inbound/orders")
                    .header("Authorization", shown)
                    .POST(BodyPublishers.ofString("{}")));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        }
        assertThat(intake.post("/inbound/orders", "text/plain", "x").statusCode())
                .isEqualTo(401);
        assertThat(status(send("orders", token, "{}").header("Authorization", "Bearer " + token)))
                .isEqualTo(401);
        assertThat(status(send("other", token, "{}"))).isEqualTo(404);
        assertThat(status(send("shop-only", token, "{}"))).isEqualTo(403);
        assertThat(intake.starts.started).isEmpty();
        await().until(() -> intake.intake.load().requests() == 0);
    }

    @Test
    void endsATokenAfterADayAndWithItsCaller() throws Exception {
        String token = token(erp);
        assertThat(status(send("orders", token, "{}"))).isEqualTo(202);
        intake.clock.set(Instant.now().plus(Duration.ofHours(25)));
        assertThat(status(send("orders", token, "{}"))).isEqualTo(401);
        String fresh = token(erp);
        assertThat(status(send("orders", fresh, "{}"))).isEqualTo(202);
        assertThat(intake.callers.revoke("erp")).isPresent();
        assertThat(status(send("orders", fresh, "{}"))).isEqualTo(401);
        assertThat(ask("client_id=" + erp.caller().clientId() + "&client_secret=" + erp.secret())
                        .statusCode())
                .isEqualTo(401);
        assertThatThrownBy(() -> intake.callers.create("erp", new Caller.Limits(1, null)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesABodyThatIsEmptyTooLargeOrNotInItsEnvelope() throws Exception {
        String token = token(erp);
        assertThat(status(send("orders", token, ""))).isEqualTo(422);
        assertThat(status(send("small", token, "12345678901"))).isEqualTo(413);
        assertThat(status(send("orders", token, "x".repeat(8 * 1024 * 1024 + 1))))
                .isEqualTo(413);
        assertThat(status(send("wrapped", token, "{\"id\":1}"))).isEqualTo(422);
        assertThat(status(send("wrapped", token, "{\"payload\":{}}"))).isEqualTo(422);
        assertThat(status(send("wrapped", token, "<x/>"))).isEqualTo(422);
        assertThat(intake.starts.started).isEmpty();
        String large = "\"" + "x".repeat(8 * 1024 * 1024 - 2) + "\"";
        assertThat(status(send("orders", token, large))).isEqualTo(202);
        await().until(() -> intake.intake.load().bytes() == 0);
    }

    @Test
    void takesThePayloadOutOfItsEnvelope() throws Exception {
        String token = token(erp);
        intake.send(send("wrapped", token, "{\"payload\":\"{\\\"id\\\":1}\"}"));
        intake.send(send("wrapped", token, "{\"payload\":\"<order/>\"}"));
        intake.send(send("wrapped", token, "{\"payload\":\"plain text\"}"));
        assertThat(intake.starts.started)
                .extracting(RecordedStarts.Started::text)
                .containsExactly("{\"id\":1}", "<order/>", "plain text");
        assertThat(intake.starts.started.get(1).body().contentType()).isEqualTo("application/xml");
    }

    @Test
    void startsOneRunForRequestsOfOneCallerWithTheSameIdempotencyKey() throws Exception {
        String token = token(erp);
        String other = token(intake.callers.create("shop", new Caller.Limits(100, null)));
        for (String shown : new String[] {token, token, other, other}) {
            assertThat(status(send("orders", shown, "{}").header("Idempotency-Key", "k-1")))
                    .isEqualTo(202);
        }
        assertThat(intake.starts.started).hasSize(2);
        assertThat(status(send("orders", token, "{}"))).isEqualTo(202);
        assertThat(status(send("orders", token, "{}"))).isEqualTo(202);
        assertThat(intake.starts.started).hasSize(4);
    }

    @Test
    void aKeyThatIsTooLongIsToldAsSuch() throws Exception {
        var refused = intake.send(send("orders", token(erp), "{}").header("Idempotency-Key", "k".repeat(1_001)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Idempotency-Key").contains("has more than 1000 characters");
        assertThat(intake.starts.started).isEmpty();
    }

    @Test
    void aKeyThatIsThereTwiceIsRefusedAndStartsNothing() throws Exception {
        var refused = intake.send(send("orders", token(erp), "{}")
                .header("Idempotency-Key", "k-1")
                .header("Idempotency-Key", "k-2"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("The header Idempotency-Key is there more than once.");
        assertThat(intake.starts.started).isEmpty();
    }

    @Test
    void holdsACallerToItsRate() throws Exception {
        String token = token(intake.callers.create("slow", new Caller.Limits(2, null)));
        assertThat(status(send("orders", token, "{}"))).isEqualTo(202);
        assertThat(status(send("orders", token, "{}"))).isEqualTo(202);
        var refused = intake.send(send("orders", token, "{}"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(status(send("orders", token(erp), "{}"))).isEqualTo(202);
    }

    @Test
    void beginsWithTheRecordsThatFitAndSaysWhatIsWrongWithTheOthers() throws Exception {
        String token = token(erp);

        var partly =
                intake.send(send("sifted", token, "[{\"id\":1},{\"id\":\"2\"},{\"id\":3,\"lines\":[{}]},{\"id\":4}]"));

        assertThat(partly.statusCode()).isEqualTo(207);
        JsonNode told = new ObjectMapper().readTree(partly.body());
        assertThat(told.path("run").asText()).isEqualTo("run-1");
        assertThat(told.path("accepted").asInt()).isEqualTo(2);
        assertThat(told.path("refused").asInt()).isEqualTo(2);
        assertThat(told.path("errors"))
                .extracting(error -> error.path("pointer").asText())
                .containsExactly("#/1/id", "#/2/lines/0");
        assertThat(intake.starts.started.get(0).text()).isEqualTo("[{\"id\":1},{\"id\":4}]");
    }

    @Test
    void takesAListWholeWhenAllOfItFitsAndNothingWhenNoneDoes() throws Exception {
        String token = token(erp);

        var whole = intake.send(send("sifted", token, "[ {\"id\":1} ]"));
        var one = intake.send(send("sifted", token, "{\"id\":1}"));
        var none = intake.send(send("sifted", token, "[{},{}]"));

        assertThat(whole.statusCode()).isEqualTo(202);
        assertThat(whole.body()).isEqualTo("{\"run\":\"run-1\",\"accepted\":1,\"refused\":0}");
        assertThat(one.statusCode()).isEqualTo(202);
        assertThat(none.statusCode()).isEqualTo(422);
        assertThat(none.body()).contains("#/0").contains("#/1");
        assertThat(status(send("sifted", token, "[]"))).isEqualTo(422);
        assertThat(status(send("sifted", token, "{\"id\":\"1\"}"))).isEqualTo(422);
        assertThat(intake.starts.started)
                .extracting(RecordedStarts.Started::text)
                .containsExactly("[ {\"id\":1} ]", "{\"id\":1}");
    }

    @Test
    void namesEachOfAThousandRecordsThatDoNotFitAndTakesNoneWhenThereAreMore() throws Exception {
        String token = token(erp);

        var partly = intake.send(send("sifted", token, "[" + "{},".repeat(1_000) + "{\"id\":1}]"));
        var none = intake.send(send("sifted", token, "[" + "{},".repeat(1_001) + "{\"id\":1}]"));

        JsonNode told = new ObjectMapper().readTree(partly.body());
        assertThat(told.path("refused").asInt()).isEqualTo(1_000);
        assertThat(told.at("/errors/999/index").asInt()).isEqualTo(999);
        assertThat(none.statusCode()).isEqualTo(422);
        assertThat(intake.starts.started).hasSize(1);
    }

    @Test
    void holdsACallerToItsOwnLargestBodyWhichMayBeChanged() throws Exception {
        String token = token(intake.callers.create("phone", new Caller.Limits(100, DataSize.ofBytes(10))));

        assertThat(status(send("orders", token, "\"12345678\""))).isEqualTo(202);
        assertThat(status(send("orders", token, "\"123456789\""))).isEqualTo(413);
        assertThat(intake.callers.limit("phone", new Caller.Limits(1, null))).isPresent();
        assertThat(status(send("orders", token, "\"123456789\""))).isEqualTo(202);
        assertThat(status(send("orders", token, "1"))).isEqualTo(429);
        assertThat(intake.callers.limit("nobody", new Caller.Limits(1, null))).isEmpty();
    }

    @Test
    void anAddressThatRefusesRecordsNeedsASchema() {
        assertThatThrownBy(() -> intake.deploy("inbound: { name: any, refuse: records }"))
                .hasMessageContaining("'refuse: records' needs a 'schema'");
    }
}
