package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthTest extends InWorld {

    private static final String ME = """
            me.get:
              kind: read
              method: GET
              path: /me
            """;
    private static final String URI = "connector:shop/me.get";

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile String accepted = "";
    private volatile boolean closed;

    private Exchange call() throws Exception {
        return world.call(URI, Payload.empty(Lineage.ofRun("run-1")), attempt, null);
    }

    private void succeeds() throws Exception {
        assertThat(call().getException()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{none: {type: none}} | null | null | null",
                "{a: {type: basic, username: 'ada', password: '${settings.token}'}} | Basic YWRhOnQwa2VuLXZhbHVl | null | null",
                "{a: {type: bearer, inject: {format: '${settings.token}'}}} | Bearer t0ken-value | null | null",
                "{a: {type: apiKey, inject: {into: header, name: X-Key, format: 'k ${settings.token}'}}} | null | k t0ken-value | null",
                "{a: {type: apiKey, inject: {into: cookie, name: sid, format: '${settings.token}'}}} | null | null | sid=t0ken-value"
            })
    void sendsTheProofWhereTheDefinitionWantsIt(String auth, String authorization, String key, String cookie)
            throws Exception {
        world.shop(auth, "", ME, "");
        world.serve("/api/me", exchange -> {
            for (String name : List.of("Authorization", "X-Key", "Cookie")) {
                seen.add(String.valueOf(exchange.getRequestHeaders().getFirst(name)));
            }
            World.json(exchange, 200, "{}");
        });

        succeeds();

        assertThat(seen).containsExactly(authorization, key, cookie);
        assertThat(attempt.requests().toString()).doesNotContain("t0ken-value").doesNotContain("YWRhOnQwa2VuLXZhbHVl");
    }

    private void tokenServer(String more, int expiresIn) throws Exception {
        world.shop(
                "{m2m: {type: oauth2ClientCredentials, token: {url: 'http://127.0.0.1:${settings.port}/token'" + more
                        + "}}}",
                "",
                ME,
                "");
        world.serve("/token", exchange -> {
            tokenRequests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            accepted = "token-" + tokens.incrementAndGet();
            World.json(
                    exchange,
                    200,
                    "{\"access_token\":\"" + accepted + "\",\"token_type\":\"bearer\",\"expires_in\":" + expiresIn
                            + "}");
        });
        world.serve("/api/me", exchange -> World.json(exchange, knows(exchange) ? 200 : 401, "{}"));
    }

    private boolean knows(HttpExchange exchange) {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        seen.add(String.valueOf(sent));
        return !closed && ("Bearer " + accepted).equals(sent);
    }

    @Test
    void asksForATokenOnceAndKeepsIt() throws Exception {
        tokenServer(", scopes: [a, b], parameters: {audience: 'https://api'}", 3600);

        succeeds();
        succeeds();

        assertThat(tokenRequests)
                .containsExactly("Basic Y2xpZW50LWlkOmNsaWVudC1zZWNyZXQ="
                        + " grant_type=client_credentials&scope=a+b&audience=https%3A%2F%2Fapi");
        assertThat(seen).containsExactly("Bearer token-1", "Bearer token-1");
    }

    @Test
    void putsTheClientIntoTheBodyWhenTold() throws Exception {
        tokenServer(", clientAuth: body, bodyFormat: json", 3600);

        succeeds();

        assertThat(tokenRequests)
                .containsExactly("null {\"grant_type\":\"client_credentials\",\"client_id\":\"client-id\","
                        + "\"client_secret\":\"client-secret\"}");
    }

    @Test
    void renewsAfterA401AndRepeatsOnce() throws Exception {
        tokenServer("", 3600);
        succeeds();
        accepted = "revoked";

        succeeds();

        assertThat(seen).containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-2");
        assertThat(attempt.requests()).extracting(log -> log.status()).containsExactly(200, 401, 200);
    }

    @Test
    void renewsAlsoWhereARuleSaysThatA401Fails() throws Exception {
        tokenServer("", 3600);
        world.rewrite(
                "endpoints:",
                "errorHandler: {rules: [{match: {status: [401]}, action: fail, message: 'Look at the app.'}]}\nendpoints:");
        succeeds();
        accepted = "revoked";

        succeeds();

        assertThat(seen).containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-2");
        closed = true;
        assertThat(call().getException()).hasMessageContaining("Look at the app.");
    }

    @Test
    void failsWhenARenewedTokenIsRefusedToo() throws Exception {
        tokenServer("", 3600);
        world.shop(
                "{m2m: {type: oauth2ClientCredentials, token: {url: 'http://127.0.0.1:${settings.port}/token'}}}",
                "",
                ME.replace("path: /me", "path: /other"),
                "");
        AtomicInteger calls = new AtomicInteger();
        world.serve("/api/other", exchange -> {
            calls.incrementAndGet();
            World.json(exchange, 401, "{}");
        });

        StepException why = (StepException) call().getException();

        assertThat(why.code()).isEqualTo("HTTP_401");
        assertThat(why.retryable()).isFalse();
        assertThat(calls).hasValue(2);
    }

    @Test
    void renewsOnceForManyCallers() throws Exception {
        tokenServer("", 3600);
        succeeds();
        accepted = "revoked";

        World.allSucceed(64, this::call);

        assertThat(tokens).hasValue(2);
    }

    @Test
    void saysThatTheTokenEndpointRefused() throws Exception {
        world.shop(
                "{m2m: {type: oauth2ClientCredentials, token: {url: 'http://127.0.0.1:${settings.port}/token'}}}",
                "",
                ME,
                "");
        world.serve("/token", exchange -> World.json(exchange, 401, "{\"error\":\"invalid_client\"}"));

        StepException why = (StepException) call().getException();

        assertThat(why.code()).isEqualTo("TOKEN_REFUSED");
        assertThat(why.getMessage())
                .isEqualTo("the token endpoint 127.0.0.1 answered 401 (invalid_client); check client id and secret of"
                        + " instance 'shop'");
        assertThat(why.retryable()).isFalse();
    }

    @Test
    void triesAgainWhenTheTokenEndpointIsDown() throws Exception {
        world.shop(
                "{m2m: {type: oauth2ClientCredentials, token: {url: 'http://127.0.0.1:${settings.port}/token'}}}",
                "",
                ME,
                "");
        world.serve("/token", exchange -> World.json(exchange, 503, ""));

        assertThat(((StepException) call().getException()).retryable()).isTrue();
    }

    @Test
    void hidesTokensThatItGot() throws Exception {
        tokenServer("", 3600);
        succeeds();

        assertThat(world.redactor().redact("it was token-1 and client-secret")).isEqualTo("it was *** and ***");
    }
}
