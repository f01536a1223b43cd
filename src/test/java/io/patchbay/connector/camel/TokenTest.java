package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.store.SettableClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that we sign, and tokens that are given for something else than the client's secret. */
class TokenTest {

    private static final String ME = "me.get: {kind: read, method: GET, path: /me}\n";

    @TempDir
    Path home;

    private World world;
    private final SettableClock clock = new SettableClock();
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private KeyPair keys;

    @BeforeEach
    void open() throws Exception {
        world = new World(home, clock);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
        world.secret(
                "TOKEN",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        world.serve("/api/me", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            World.json(exchange, status, "{}");
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void shop(String auth) throws Exception {
        world.shop("{a: " + auth + "}", "", ME, "");
    }

    private Exchange call() throws Exception {
        return world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("run-1")), attempt, null);
    }

    private void succeeds() throws Exception {
        assertThat(call().getException()).isNull();
    }

    private static JsonNode part(String token, int index) throws Exception {
        return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[index]));
    }

    private boolean verifies(String token) throws Exception {
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(keys.getPublic());
        int end = token.lastIndexOf('.');
        verifier.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
        return verifier.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)));
    }

    /** Answers token requests; an answer is named by its number. */
    private void tokens(String... answers) {
        world.serve("/token", exchange -> {
            Map<String, String> fields = fields(exchange);
            asked.add(fields);
            String answer = answers[Math.min(asked.size(), answers.length) - 1];
            World.json(exchange, answer.contains("\"error\"") ? 400 : 200, answer);
        });
    }

    private static Map<String, String> fields(HttpExchange exchange) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            fields.put("Authorization", authorization);
        }
        for (String pair : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&")) {
            int equals = pair.indexOf('=');
            fields.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static final String SIGNS =
            "{type: jwt, token: {jwt: {alg: es256, kid: k1, key: '${settings.token}', lifetime: 10m, header: {x5t: abc},"
                    + " claims: {iss: '${settings.clientId}', aud: shop-api, scopes: [a, b], port: '${settings.port}'}}}}";

    @Test
    void signsATokenAndKeepsItUntilShortlyBeforeItsEnd() throws Exception {
        shop(SIGNS);

        succeeds();
        clock.forward(Duration.ofSeconds(8 * 60 + 59));
        succeeds();
        clock.forward(Duration.ofSeconds(1));
        succeeds();

        String token = seen.get(0).substring("Bearer ".length());
        assertThat(part(token, 0)).hasToString("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"k1\",\"x5t\":\"abc\"}");
        assertThat(part(token, 1))
                .hasToString("{\"iat\":1772359200,\"exp\":1772359800,\"iss\":\"client-id\",\"aud\":\"shop-api\","
                        + "\"scopes\":[\"a\",\"b\"],\"port\":" + world.port() + "}");
        assertThat(verifies(token)).isTrue();
        assertThat(seen.get(1)).isEqualTo(seen.get(0));
        assertThat(seen.get(2)).isNotEqualTo(seen.get(0));
        assertThat(world.redactor().redact("sent " + token)).isEqualTo("sent ***");
    }

    @Test
    void signsAnewWhenATokenIsRefusedAndRepeatsOnce() throws Exception {
        shop(SIGNS);
        succeeds();
        clock.forward(Duration.ofSeconds(5));
        status = 401;

        assertThat(call().getException()).hasMessageContaining("answered 401");

        assertThat(seen).hasSize(3);
        assertThat(part(seen.get(2), 1).path("iat").asLong()).isEqualTo(1772359205);
    }

    @Test
    void putsASignedTokenWhereTheDefinitionWantsIt() throws Exception {
        world.secret("TOKEN", "shared");
        shop("{type: jwt, inject: {format: 'JWT ${settings.clientId}:${auth.accessToken}'},"
                + " token: {jwt: {alg: hs256, key: '${settings.token}'}}}");

        succeeds();

        assertThat(seen.get(0)).startsWith("JWT client-id:eyJ");
    }

    @Test
    void saysThatAKeyDoesNotFitTheAlgorithm() throws Exception {
        shop("{type: jwt, token: {jwt: {alg: rs256, key: '${settings.token}'}}}");

        StepException why = (StepException) call().getException();

        assertThat(why.code()).isEqualTo("BAD_KEY");
        assertThat(why.getMessage())
                .isEqualTo("the key of the signed token is of kind EC, and rs256 signs with one of kind RSA");
    }

    @Test
    void refusesAKeyOfAnotherCurveThanTheAlgorithms() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        world.secret(
                "TOKEN",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getEncoder()
                                .encodeToString(
                                        generator.generateKeyPair().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        shop("{type: jwt, token: {jwt: {alg: es256, key: '${settings.token}'}}}");

        StepException why = (StepException) call().getException();

        assertThat(why.code()).isEqualTo("BAD_KEY");
        assertThat(why).hasMessageContaining("another curve than P-256");
    }

    @Test
    void ofAKeyThatStandsTwiceInATokensAnswerTheLastValueIsTaken() throws Exception {
        tokens("{\"access_token\":\"access-1\",\"expires_in\":60,\"expires_in\":3600}");
        shop("{type: oauth2JwtBearer, token: {url: 'http://127.0.0.1:${settings.port}/token', clientAuth: none,"
                + " jwt: {alg: es256, key: '${settings.token}', claims: {iss: me, aud: you}}}}");

        succeeds();
        clock.forward(Duration.ofMinutes(30));
        succeeds();

        assertThat(seen).containsExactly("Bearer access-1", "Bearer access-1");
        assertThat(asked).hasSize(1);
    }

    @Test
    void getsATokenForASignedAssertion() throws Exception {
        tokens("{\"access_token\":\"access-1\",\"expires_in\":3600}");
        shop(
                "{type: oauth2JwtBearer, token: {url: 'http://127.0.0.1:${settings.port}/token', clientAuth: none, scopes: [x],"
                        + " jwt: {alg: es256, key: '${settings.token}', claims: {iss: me, aud: you}}}}");

        succeeds();
        succeeds();

        assertThat(seen).containsExactly("Bearer access-1", "Bearer access-1");
        Map<String, String> fields = asked.get(0);
        assertThat(asked).hasSize(1);
        assertThat(fields)
                .containsOnlyKeys("grant_type", "assertion", "client_id", "scope")
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .containsEntry("scope", "x");
        String assertion = fields.get("assertion");
        assertThat(verifies(assertion)).isTrue();
        assertThat(part(assertion, 1).path("iss").asText()).isEqualTo("me");
        assertThat(part(assertion, 1).path("jti").asText()).hasSize(32);
        assertThat(world.redactor().redact(assertion + " access-1")).isEqualTo("*** ***");
    }

    @Test
    void provesTheClientWithATokenThatItSigns() throws Exception {
        tokens("{\"access_token\":\"access-1\"}");
        shop("{type: oauth2ClientCredentials, token: {url: 'http://127.0.0.1:${settings.port}/token',"
                + " clientAuth: privateKeyJwt, jwt: {alg: es256, key: '${settings.token}'}}}");

        succeeds();

        assertThat(asked.get(0))
                .containsOnlyKeys("grant_type", "client_id", "client_assertion_type", "client_assertion")
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        String assertion = asked.get(0).get("client_assertion");
        assertThat(verifies(assertion)).isTrue();
        JsonNode claims = part(assertion, 1);
        assertThat(claims.path("iss").asText()).isEqualTo("client-id");
        assertThat(claims.path("sub").asText()).isEqualTo("client-id");
        assertThat(claims.path("aud").asText()).isEqualTo("http://127.0.0.1:" + world.port() + "/token");
        assertThat(claims.path("exp").asLong()).isEqualTo(claims.path("iat").asLong() + 300);
    }

    private static final String PASSWORD = "{type: oauth2Password, username: ada, password: '${settings.token}',"
            + " token: {url: 'http://127.0.0.1:${settings.port}/token'%s}}";

    private static String token(String access, String more) {
        return "{\"access_token\":\"" + access + "\",\"expires_in\":600" + more + "}";
    }

    @Test
    void getsATokenForUserAndPasswordAndTheNextOneForTheRefreshToken() throws Exception {
        world.secret("TOKEN", "pass word");
        tokens(
                token("access-1", ",\"refresh_token\":\"refresh-1\""),
                token("access-2", ",\"refresh_token\":\"refresh-2\""),
                token("access-3", ""),
                token("access-4", ""));
        shop(PASSWORD.formatted(""));

        for (int i = 0; i < 4; i++) {
            succeeds();
            clock.forward(Duration.ofMinutes(10));
        }

        assertThat(seen).containsExactly("Bearer access-1", "Bearer access-2", "Bearer access-3", "Bearer access-4");
        String basic = "Basic Y2xpZW50LWlkOmNsaWVudC1zZWNyZXQ=";
        assertThat(asked)
                .containsExactly(
                        Map.of(
                                "Authorization",
                                basic,
                                "grant_type",
                                "password",
                                "username",
                                "ada",
                                "password",
                                "pass word"),
                        Map.of("Authorization", basic, "grant_type", "refresh_token", "refresh_token", "refresh-1"),
                        Map.of("Authorization", basic, "grant_type", "refresh_token", "refresh_token", "refresh-2"),
                        Map.of("Authorization", basic, "grant_type", "refresh_token", "refresh_token", "refresh-2"));
        assertThat(world.redactor().redact("refresh-1 refresh-2 access-4")).isEqualTo("*** *** ***");
    }

    @Test
    void fallsBackToThePasswordWhenTheRefreshTokenIsRefused() throws Exception {
        world.secret("TOKEN", "password");
        tokens(
                token("access-1", ",\"refresh_token\":\"refresh-1\""),
                "{\"error\":\"invalid_grant\"}",
                token("access-2", ",\"refresh_token\":\"refresh-2\""));
        shop(PASSWORD.formatted(", clientAuth: none, refreshTokenPath: '$.refresh_token'"));

        succeeds();
        clock.forward(Duration.ofMinutes(10));
        succeeds();

        assertThat(seen).containsExactly("Bearer access-1", "Bearer access-2");
        assertThat(asked)
                .extracting(fields -> fields.get("grant_type"))
                .containsExactly("password", "refresh_token", "password");
        assertThat(asked.get(0)).containsEntry("client_id", "client-id").doesNotContainKey("Authorization");
    }

    @Test
    void goesOnWithATokenThatIsGoodWhenThereIsNoNewOne() throws Exception {
        tokens(token("access-1", ""), "{\"error\":\"server_error\"}", token("access-2", ""));
        shop(ANYWHERE.formatted("http://127.0.0.1:${settings.port}/token"));

        succeeds();
        clock.forward(Duration.ofSeconds(9 * 60 + 55));
        succeeds();
        clock.forward(Duration.ofSeconds(4));
        succeeds();
        assertThat(asked).hasSize(2); // not for every call
        clock.forward(Duration.ofSeconds(1));
        succeeds();

        assertThat(seen).containsExactly("Bearer access-1", "Bearer access-1", "Bearer access-1", "Bearer access-2");
    }

    @Test
    void takesATokenThatNeverEnds() throws Exception {
        tokens("{\"access_token\":\"access-1\",\"expires_in\":9223372036854775807}");
        shop(ANYWHERE.formatted("http://127.0.0.1:${settings.port}/token"));

        succeeds();
        succeeds();

        assertThat(asked).hasSize(1);
    }

    private static final String ANYWHERE = "{type: oauth2ClientCredentials, token: {url: '%s'}}";

    private StepException refused() throws Exception {
        StepException why = (StepException) call().getException();
        assertThat(asked).isEmpty();
        assertThat(seen).isEmpty();
        return why;
    }

    @Test
    void sendsNoSecretToAHostThatOnlyASettingNames() throws Exception {
        tokens("{\"access_token\":\"access-1\"}");
        shop(ANYWHERE.formatted("http://localhost:${settings.port}/token"));

        StepException why = refused();

        assertThat(why.code()).isEqualTo("HOST_NOT_ALLOWED");
        assertThat(why.getMessage()).isEqualTo("host 'localhost' is not among the instance's allowedHosts");
    }

    @Test
    void asksAHostThatTheConnectorItselfNames() throws Exception {
        shop(ANYWHERE.formatted("http://localhost:" + world.port() + "/token"));

        assertThat(refused()).hasMessageContaining("'localhost' has a private address"); // so it was looked for
    }

    @Test
    void sendsNoSecretInTheClearWhereCallsAreNot() throws Exception {
        tokens("{\"access_token\":\"access-1\"}");
        shop(ANYWHERE.formatted("http://127.0.0.1:${settings.port}/token"));
        world.rewrite("baseUrl: 'http:", "baseUrl: 'https:");

        StepException why = refused();

        assertThat(why.code()).isEqualTo("BAD_URL");
        assertThat(why.getMessage()).contains("token.url 'http://127.0.0.1:", "is not https");
    }
}
