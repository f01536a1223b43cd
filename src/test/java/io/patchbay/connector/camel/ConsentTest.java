package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.auth.MemoryTokens;
import io.patchbay.connector.camel.InstanceConnect.Arrival;
import io.patchbay.connector.camel.InstanceConnect.Begun;
import io.patchbay.connector.camel.InstanceConnect.Departure;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.store.SettableClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that a person connects, against a server that gives each refresh token once. */
class ConsentTest {

    private static final String AUTH =
            "{type: oauth2AuthorizationCode, token: {authorizeUrl: 'https://id.example.com/authorize',"
                    + " url: 'http://127.0.0.1:${settings.port}/token'%s}}";
    private static final String PAGE = "https://patchbay.example.com/connect/instances/shop";

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock();
    private final MemoryTokens tokens = new MemoryTokens();
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private World world;
    private InstanceConnect connect;
    private volatile int given;
    private volatile String granted = "orders";
    private volatile String accepted = "a-";
    private volatile CountDownLatch hold = new CountDownLatch(0);

    @BeforeEach
    void open() throws Exception {
        world = world("one");
        connect = connect(world);
        world.serve("/token", this::token);
        world.serve("/revoke", exchange -> {
            asked.add(fields(exchange));
            World.answer(exchange, 200, "text/plain", "");
        });
        world.serve("/api/me", exchange -> {
            String proof = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            seen.add(proof);
            World.json(exchange, proof.startsWith("Bearer " + accepted) ? 200 : 401, "{}");
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private World world(String name) throws Exception {
        return new World(home.resolve(name), clock, new Connecting(tokens, "https://patchbay.example.com/"));
    }

    /** Another program with the same files and the same store: it calls the first one's server. */
    private World again() throws Exception {
        World second = world("one");
        second.secret("ID", "client-id");
        second.secret("SECRET", "client-secret");
        second.secret("TOKEN", "t0ken-value");
        second.reload();
        return second;
    }

    private static InstanceConnect connect(World world) {
        return new InstanceConnect(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
    }

    /** A refresh token is the number of the answer that it came with, and good until the next one. */
    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> fields = fields(exchange);
        asked.add(fields);
        try {
            hold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean right = fields.get("grant_type").equals("authorization_code")
                ? fields.get("code").equals("c0de")
                : fields.get("refresh_token").equals("refresh-" + given);
        if (!right) {
            World.json(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        given++;
        World.json(
                exchange,
                200,
                ("{\"access_token\":\"a-%d\",\"expires_in\":600,\"refresh_token\":\"refresh-%d\","
                                + "\"scope\":\"%s\"}")
                        .formatted(given, given, granted));
    }

    private static Map<String, String> fields(HttpExchange exchange) throws IOException {
        return query(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private void shop(String more) throws Exception {
        world.shop("{a: " + AUTH.formatted(more) + "}", "", "me.get: {kind: read, method: GET, path: /me}\n", "");
    }

    private static Exchange call(World world, FakeAttempt attempt) throws Exception {
        return world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("run-1")), attempt, null);
    }

    private void succeeds() throws Exception {
        assertThat(call(world, attempt).getException()).isNull();
    }

    private StepException fails() throws Exception {
        return (StepException) call(world, attempt).getException();
    }

    private void connected() throws Exception {
        connect.finish(connect.begin("shop").begun(), new Arrival("c0de", null, null));
    }

    @Test
    void aCheckSaysWhereAnInstanceIsConnected() throws Exception {
        world.shop(
                "{a: " + AUTH.formatted("") + "}",
                "check: {endpoint: me.get}",
                "me.get: {kind: read, method: GET, path: /me}\n",
                "");
        InstanceCalls calls =
                new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));

        InstanceCheck before = calls.check("shop", "call-1").orElseThrow();
        connected();
        InstanceCheck after = calls.check("shop", "call-2").orElseThrow();

        assertThat(before.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
        assertThat(before.code()).isEqualTo("NOT_CONNECTED");
        assertThat(before.sentence()).isEqualTo("instance 'shop' is not connected: connect it at " + PAGE);
        assertThat(before.requests()).isEmpty();
        assertThat(after.status()).isEqualTo(InstanceStatus.OPERATIONAL);
    }

    @Test
    void saysWhereAnInstanceIsConnected() throws Exception {
        shop("");

        StepException why = fails();

        assertThat(why.code()).isEqualTo("NOT_CONNECTED");
        assertThat(why).hasMessage("instance 'shop' is not connected: connect it at " + PAGE);
        assertThat(asked).isEmpty();
        assertThat(connect.standing("shop").orElseThrow().connectedAt()).isNull();
    }

    @Test
    void sendsTheBrowserWithAChallengeAndRedeemsTheCodeWithItsVerifier() throws Exception {
        shop(", scopes: [orders, stock], authorizeParameters: {access_type: offline}");

        Departure departure = connect.begin("shop");

        assertThat(departure.address().toString()).startsWith("https://id.example.com/authorize?");
        Map<String, String> sent = query(departure.address().getRawQuery());
        Begun begun = departure.begun();
        assertThat(sent)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "client-id")
                .containsEntry("redirect_uri", "https://patchbay.example.com/connect/callback")
                .containsEntry("scope", "orders stock")
                .containsEntry("state", begun.state())
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("access_type", "offline")
                .hasSize(8);
        assertThat(sent.get("code_challenge")).hasSize(43).isNotEqualTo(begun.verifier());

        connect.finish(begun, new Arrival("c0de", null, null));
        succeeds();

        assertThat(asked).hasSize(1);
        assertThat(asked.get(0))
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "c0de")
                .containsEntry("redirect_uri", "https://patchbay.example.com/connect/callback")
                .containsEntry("code_verifier", begun.verifier());
        assertThat(seen).containsExactly("Bearer a-1");
        var standing = connect.standing("shop").orElseThrow();
        assertThat(standing.connectedAt()).isEqualTo(clock.instant());
        assertThat(standing.renews()).isTrue();
        assertThat(standing.missing()).isEqualTo("stock");
        assertThat(begun.toString()).doesNotContain(begun.state()).doesNotContain(begun.verifier());
        assertThat(world.redactor().redact("refresh-1")).isEqualTo("***");
    }

    @Test
    void renewsBeforeTheEndWithTheNewestRefreshToken() throws Exception {
        shop("");
        connected();

        for (int i = 0; i < 3; i++) {
            succeeds();
            clock.forward(Duration.ofSeconds(541));
        }

        assertThat(seen).containsExactly("Bearer a-1", "Bearer a-2", "Bearer a-3");
        assertThat(asked)
                .extracting(fields -> fields.get("refresh_token"))
                .containsExactly(null, "refresh-1", "refresh-2");
    }

    @Test
    void goesOnAfterARestartWithWhatIsKept() throws Exception {
        shop("");
        connected();
        clock.forward(Duration.ofMinutes(20));
        succeeds();

        world.context().stop();

        try (World second = again()) {
            assertThat(call(second, attempt).getException()).isNull();
        }

        assertThat(seen).containsExactly("Bearer a-2", "Bearer a-2");
        assertThat(given).isEqualTo(2);
    }

    @Test
    void renewsOnceForAllCallersAndReplicas() throws Exception {
        shop("");
        connected();
        clock.forward(Duration.ofMinutes(20));
        try (World second = again()) {
            FakeAttempt other = new FakeAttempt(Map.of(), Map.of(), null, 0);
            hold = new CountDownLatch(1);

            Future<?> first = world.workers().submit(() -> {
                World.allSucceed(32, () -> call(world, attempt));
                return null;
            });
            Future<?> both = world.workers().submit(() -> {
                World.allSucceed(32, () -> call(second, other));
                return null;
            });
            while (asked.size() < 2) {
                Thread.onSpinWait();
            }
            hold.countDown();
            first.get();
            both.get();
        }

        assertThat(given).isEqualTo(2);
        assertThat(asked).hasSize(2);
        assertThat(seen).hasSize(64).containsOnly("Bearer a-2");
    }

    @Test
    void storesFreshTokensBeforeItUsesThem() throws Exception {
        shop("");
        connected();
        clock.forward(Duration.ofMinutes(20));
        // The claim is taken, the answer is on its way, and then the store breaks.
        hold = new CountDownLatch(1);
        Future<StepException> call = world.workers().submit(this::fails);
        while (asked.size() < 2) {
            Thread.onSpinWait();
        }
        tokens.broken(true);
        hold.countDown();

        StepException why = call.get();

        assertThat(why.retryable()).isTrue();
        assertThat(seen).isEmpty();
        tokens.broken(false);
        succeeds();
        assertThat(seen).containsExactly("Bearer a-2"); // the answer was not lost
        assertThat(asked).hasSize(2);
    }

    @Test
    void saysWhereToConnectAgainWhenTheRefreshTokenIsNotTaken() throws Exception {
        shop("");
        connected();
        given = 7; // as if somebody else had used it
        clock.forward(Duration.ofMinutes(20));

        StepException first = fails();
        StepException second = fails();

        assertThat(first.code()).isEqualTo("NOT_CONNECTED");
        assertThat(first)
                .hasMessage(
                        "the token endpoint 127.0.0.1 answered 400 (invalid_grant): connect instance 'shop' again at "
                                + PAGE);
        assertThat(second).hasMessage("instance 'shop' is not connected: connect it at " + PAGE);
        assertThat(asked).hasSize(2);
        connected();
        succeeds();
    }

    @Test
    void renewsAndRepeatsOnceAndThenSaysWhereToConnectAgain() throws Exception {
        shop("");
        connected();
        accepted = "a-2";
        succeeds();
        accepted = "none";

        StepException why = fails();

        assertThat(seen).containsExactly("Bearer a-1", "Bearer a-2", "Bearer a-2", "Bearer a-3");
        assertThat(why)
                .hasMessage("instance 'shop' answered 401 to 'me.get'; connect instance 'shop' again at " + PAGE);
    }

    @Test
    void disconnectsAndTellsTheServer() throws Exception {
        shop(", revokeUrl: 'http://127.0.0.1:${settings.port}/revoke'");
        connected();
        succeeds();

        assertThat(connect.disconnect("shop")).isNull();

        assertThat(asked.get(1)).containsEntry("token", "refresh-1").containsEntry("token_type_hint", "refresh_token");
        assertThat(fails().code()).isEqualTo("NOT_CONNECTED");
    }

    @Test
    void saysThatTheServerKnowsNothingOfADisconnection() throws Exception {
        shop("");
        connected();

        assertThat(connect.disconnect("shop"))
                .isEqualTo("the system was not told, because the connector declares no token.revokeUrl");
    }

    @Test
    void takesNoAnswerOfAnotherIssuer() throws Exception {
        shop(", issuer: 'https://id.example.com'");

        for (String issuer : new String[] {null, "https://evil.example.com"}) {
            assertThatThrownBy(() -> connect.finish(connect.begin("shop").begun(), new Arrival("c0de", issuer, null)))
                    .hasMessageStartingWith("the answer does not name https://id.example.com");
        }
        assertThat(asked).isEmpty();
        connect.finish(connect.begin("shop").begun(), new Arrival("c0de", "https://id.example.com", null));
        succeeds();
    }

    @Test
    void takesNoAnswerThatComesLateOrSaysNo() throws Exception {
        shop("");
        Begun begun = connect.begin("shop").begun();

        assertThatThrownBy(() -> connect.finish(begun, new Arrival(null, null, "access_denied")))
                .hasMessage("the system did not let the instance in (access_denied): somebody said no there");
        assertThatThrownBy(() -> connect.finish(begun, new Arrival(null, null, "<script>")))
                .hasMessage("the system did not let the instance in");
        clock.forward(InstanceConnect.PATIENCE.plusSeconds(1));
        assertThatThrownBy(() -> connect.finish(begun, new Arrival("c0de", null, null)))
                .hasMessage("this took longer than 15 minutes; begin again");
        assertThat(asked).isEmpty();
    }

    @Test
    void usesNoTokensThatAnotherClientGot() throws Exception {
        shop("");
        connected();
        succeeds();

        world.rewrite("token: {", "clientId: another, token: {");

        assertThat(fails().code()).isEqualTo("NOT_CONNECTED");
    }

    @Test
    void saysThatAnInstanceNeedsNoPerson() throws Exception {
        world.shop("me.get: {kind: read, method: GET, path: /me}\n");

        assertThat(connect.standing("shop").orElseThrow().needed()).isFalse();
        assertThat(connect.standing("other")).isEmpty();
        assertThatThrownBy(() -> connect.begin("shop"))
                .hasMessage("instance 'shop' proves itself by its settings: nobody has to connect it");
    }
}
