package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.patchbay.connector.auth.AuthorizationServer;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that prove themselves to a Spring Authorization Server: by a secret, and by tokens that they sign. */
class MachineTokensIT {

    private static AuthorizationServer server;

    @TempDir
    Path home;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private World world;

    @BeforeAll
    static void start() throws Exception {
        server = new AuthorizationServer(Duration.ofMinutes(10), AuthorizationServer.REDIRECT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        server.asked().grants().clear();
        world = new World(home);
        world.serve("/api/me", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            World.json(exchange, 200, "{}");
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void shop(String client, String token) throws Exception {
        world.shop(
                "{a: {type: oauth2ClientCredentials, clientId: '%s', clientSecret: '${settings.token}', token: {url: '%s/oauth2/token', %s}}}"
                        .formatted(client, server.url(), token),
                "",
                "me.get: {kind: read, method: GET, path: /me}\n",
                "");
    }

    private Exchange call() throws Exception {
        return world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("run-1")), attempt, null);
    }

    private void getsOneToken() throws Exception {
        assertThat(call().getException()).isNull();
        assertThat(call().getException()).isNull();

        assertThat(server.asked().grants()).containsExactly("client_credentials");
        assertThat(seen).hasSize(2).allMatch(proof -> proof.startsWith("Bearer ey"));
        assertThat(seen.get(0)).isEqualTo(seen.get(1));
    }

    @Test
    void bySecretInTheHeader() throws Exception {
        shop("machine", "scopes: [orders]");
        getsOneToken();
    }

    @Test
    void bySecretInTheBody() throws Exception {
        shop("machine", "clientAuth: body");
        getsOneToken();
    }

    @Test
    void byATokenSignedWithTheSecret() throws Exception {
        world.secret("TOKEN", "a-secret-of-more-than-32-characters!");
        shop("signing-client", "clientAuth: privateKeyJwt, jwt: {alg: hs256, key: '${settings.token}'}");
        getsOneToken();
    }

    @Test
    void byATokenSignedWithAPrivateKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        RSAKey shown = new RSAKey.Builder((RSAPublicKey) keys.getPublic())
                .keyID("ours")
                .keyUse(KeyUse.SIGNATURE)
                .build();
        world.serve("/jwks", exchange -> World.json(exchange, 200, new JWKSet(shown).toString()));
        server.signing("key-client", "http://127.0.0.1:" + world.port() + "/jwks");
        world.secret(
                "TOKEN",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        shop(
                "key-client",
                "scopes: [orders], clientAuth: privateKeyJwt, jwt: {alg: rs256, kid: ours, key: '${settings.token}'}");

        getsOneToken();
    }

    @Test
    void saysWhatTheServerAnswersToAWrongScope() throws Exception {
        shop("machine", "clientAuth: body, scopes: [everything]");

        StepException why = (StepException) call().getException();

        assertThat(why.code()).isEqualTo("TOKEN_REFUSED");
        assertThat(why).hasMessageContaining("invalid_scope");
        assertThat(seen).isEmpty();
    }
}
