package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.patchbay.FreePorts;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.ServerCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A check says in plain words what is wrong with a system that does what it should not. */
class CheckSentencesTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String TRUSTING =
            "type: mtls, key: '${settings.key}', certificate: '${settings.certificate}', ca: '${settings.certificate}'";

    @TempDir
    static Path stores;

    private static KeyStore keys;

    @TempDir
    Path home;

    private World world;
    private HttpsServer server;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keytool("ca", "bc:c");
        keytool("expired", "san=ip:127.0.0.1", "-signer", "ca", "-startdate", "-10d", "-validity", "5");
        keytool("early", "san=ip:127.0.0.1", "-signer", "ca", "-startdate", "+5d");
        keytool("elsewhere", "san=dns:other.example", "-signer", "ca");
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(stores.resolve("keys.p12"))) {
            keys.load(in, PASSWORD);
        }
    }

    @AfterEach
    void close() {
        if (world != null) {
            world.close();
        }
        if (server != null) {
            server.stop(0);
        }
    }

    private static void keytool(String alias, String extension, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + alias,
                "-ext",
                extension,
                "-storetype",
                "PKCS12",
                "-keystore",
                stores.resolve("keys.p12").toString(),
                "-storepass",
                "changeit"));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(stores.resolve(alias + ".log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private void serve(String alias) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        Key key = keys.getKey(alias, PASSWORD);
        own.setKeyEntry(
                alias, key, PASSWORD, new Certificate[] {keys.getCertificate(alias), keys.getCertificate("ca")});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
    }

    private InstanceCheck checkBank(String auth, String host, int port) throws Exception {
        world = new World(home);
        world.secret("KEY", pem("PRIVATE KEY", keys.getKey("ca", PASSWORD).getEncoded()));
        world.secret("CERT", pem("CERTIFICATE", keys.getCertificate("ca").getEncoded()));
        world.write("connectors/bank/connector.yaml", """
                connector: bank
                version: 1.0.0
                settings: {properties: {port: {type: integer}}, secrets: [key, certificate]}
                auth: {a: {%s}}
                requester: {baseUrl: 'https://%s:${settings.port}', allowedHosts: ['%s'], timeout: 5s}
                check: {endpoint: me.get}
                endpoints:
                  me.get: {kind: read, method: GET, path: /me}
                """.formatted(auth, host, host));
        world.write("connectors/bank/instances/bank.yaml", """
                instance: bank
                connector: bank
                settings: {port: %d, key: '${secret.KEY}', certificate: '${secret.CERT}'}
                """.formatted(port));
        world.reload();
        return check(world, "bank");
    }

    private static InstanceCheck check(World world, String instance) {
        return new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .check(instance, "call-1")
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expired   | has expired (NotAfter: | whoever runs the system has to renew it",
                "early     | is not valid yet (NotBefore: | whether the clock here is right",
                "elsewhere | is for another host | requester.baseUrl",
            })
    void saysWhatIsWrongWithACertificate(String alias, String what, String hint) throws Exception {
        serve(alias);

        InstanceCheck check =
                checkBank(TRUSTING, "127.0.0.1", server.getAddress().getPort());

        assertThat(check.status()).isEqualTo(InstanceStatus.UNREACHABLE);
        assertThat(check.sentence()).contains("the certificate of 127.0.0.1 " + what, hint);
    }

    @Test
    void notesTheCertificateThatHasEndedAndNoneThatIsNotTrusted() throws Exception {
        serve("expired");
        checkBank(TRUSTING, "127.0.0.1", server.getAddress().getPort());
        assertThat(shown())
                .singleElement()
                .satisfies(seen -> assertThat(seen.ends())
                        .isEqualTo(((X509Certificate) keys.getCertificate("expired"))
                                .getNotAfter()
                                .toInstant()));
        close();

        serve("expired");
        checkBank("type: none", "127.0.0.1", server.getAddress().getPort());
        assertThat(shown()).isEmpty();
    }

    private List<ServerCertificates.Seen> shown() {
        InstanceCalls calls =
                new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
        return calls.serverCertificates(Objects.requireNonNull(calls.catalog().instance("bank")));
    }

    @Test
    void saysThatTheIssuerOfACertificateIsNotKnown() throws Exception {
        serve("elsewhere");

        InstanceCheck check =
                checkBank("type: none", "127.0.0.1", server.getAddress().getPort());

        assertThat(check.sentence()).contains("from an issuer that is not known here", "patchbay.http.ca");
    }

    @Test
    void saysThatAPortDoesNotSpeakTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> refuseInPlainText(plain));

            InstanceCheck check = checkBank("type: none", "127.0.0.1", plain.getLocalPort());

            answered.get(10, TimeUnit.SECONDS);
            assertThat(check.sentence()).contains("does not speak TLS at this port");
        }
    }

    private static void refuseInPlainText(ServerSocket plain) {
        try (Socket caller = plain.accept()) {
            assertThat(caller.getInputStream().read()).isNotNegative();
            caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            caller.shutdownOutput();
            caller.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysThatAHostIsNotKnown() throws Exception {
        InstanceCheck check = checkBank("type: none", "no-such-host.invalid", 443);

        assertThat(check.status()).isEqualTo(InstanceStatus.UNREACHABLE);
        assertThat(check.sentence()).contains("host 'no-such-host.invalid' is not known", "requester.baseUrl");
    }

    @Test
    void saysThatNothingListens() throws Exception {
        InstanceCheck check = checkBank("type: none", "127.0.0.1", FreePorts.next());

        assertThat(check.sentence()).contains("127.0.0.1 takes no connection: nothing listens at this port");
    }

    private InstanceCheck checkShop(Clock clock, int status, String challenge, String body) throws Exception {
        world = new World(home, clock);
        world.shop(
                "{key: {type: bearer, inject: {format: '${settings.token}'}}}",
                "check: {endpoint: shop.get}",
                "shop.get: {kind: read, method: GET, path: /shop}",
                "");
        world.serve("/api/shop", exchange -> {
            if (challenge != null) {
                exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
            }
            World.json(exchange, status, body);
        });
        return check(world, "shop");
    }

    @Test
    void namesTheScopeThatAChallengeAsksFor() throws Exception {
        InstanceCheck check =
                checkShop(Clock.systemUTC(), 403, "Bearer error=\"insufficient_scope\", scope=\"orders:read\"", "{}");

        assertThat(check.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
        assertThat(check.sentence())
                .contains("the token lacks the scope 'orders:read'", "connectors/shop/instances/shop.yaml");
    }

    @Test
    void saysThatAScopeIsMissingWhenOnlyTheBodyDoes() throws Exception {
        InstanceCheck check = checkShop(Clock.systemUTC(), 403, null, "{\"error\":\"insufficient_scope\"}");

        assertThat(check.sentence()).contains("the token lacks a scope that 'shop.get' needs");
    }

    @ParameterizedTest
    @CsvSource({"-600, behind", "600, ahead of"})
    void saysThatTheClocksDifferWhenAProofIsRefused(long seconds, String word) throws Exception {
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));

        InstanceCheck check = checkShop(wrong, 401, null, "{}");

        assertThat(check.sentence())
                .contains("look at the secrets")
                .contains("the clock here is 10m " + word + " that of the system");
    }

    @Test
    void saysNothingOfClocksThatAgree() throws Exception {
        assertThat(checkShop(Clock.systemUTC(), 401, null, "{}").sentence()).doesNotContain("clock");
    }
}
