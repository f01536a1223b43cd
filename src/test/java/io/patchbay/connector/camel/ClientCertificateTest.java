package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.patchbay.connector.Validity;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that asks for a client certificate. */
class ClientCertificateTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path home;

    private World world;
    private HttpsServer server;
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private KeyStore ours;
    private KeyStore theirs;

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        ours = keys("client");
        theirs = keys("server");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext("/me", exchange -> {
            SSLSession session = ((com.sun.net.httpserver.HttpsExchange) exchange).getSSLSession();
            seen.add(session.getPeerPrincipal().getName());
            World.json(exchange, 200, "{}");
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        world.close();
        server.stop(0);
    }

    private KeyStore keys(String name) throws Exception {
        Path file = home.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private SSLContext context() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(theirs, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", ours.getCertificate("client"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private StepException call(String auth, String key, String certificate, String ca) throws Exception {
        world.secret("KEY", key);
        world.secret("CERT", certificate);
        world.secret("CA", ca);
        world.write("connectors/bank/connector.yaml", """
                connector: bank
                version: 1.0.0
                settings: {properties: {port: {type: integer}}, secrets: [key, certificate, ca]}
                auth: {a: {%s}}
                requester: {baseUrl: 'https://127.0.0.1:${settings.port}', allowedHosts: [127.0.0.1], timeout: 5s}
                endpoints:
                  me.get: {kind: read, method: GET, path: /me}
                """.formatted(auth));
        world.write("connectors/bank/instances/bank.yaml", """
                instance: bank
                connector: bank
                settings: {port: %d, key: '${secret.KEY}', certificate: '${secret.CERT}', ca: '${secret.CA}'}
                """.formatted(
                        server.getAddress().getPort()));
        world.reload();
        return (StepException) world.call("connector:bank/me.get", Payload.empty(Lineage.ofRun("run-1")), attempt, null)
                .getException();
    }

    private String key() throws Exception {
        return pem("PRIVATE KEY", ours.getKey("client", PASSWORD).getEncoded());
    }

    private static String certificate(KeyStore store, String alias) throws Exception {
        return pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
    }

    private static final String MTLS =
            "type: mtls, key: '${settings.key}', certificate: '${settings.certificate}', ca: '${settings.ca}'";

    @Test
    void showsItsCertificate() throws Exception {
        StepException why = call(MTLS, key(), certificate(ours, "client"), certificate(theirs, "server"));

        assertThat(why).isNull();
        assertThat(seen).containsExactly("CN=client");
        InstanceCalls calls =
                new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
        X509Certificate own = (X509Certificate) ours.getCertificate("client");
        assertThat(calls.certificate(Objects.requireNonNull(calls.catalog().instance("bank"))))
                .isEqualTo(new Validity(
                        own.getNotBefore().toInstant(), own.getNotAfter().toInstant()));
        assertThat(calls.serverCertificates(
                        Objects.requireNonNull(calls.catalog().instance("bank"))))
                .singleElement()
                .satisfies(seen -> {
                    assertThat(seen.server())
                            .isEqualTo("127.0.0.1:" + server.getAddress().getPort());
                    assertThat(seen.ends())
                            .isEqualTo(((X509Certificate) theirs.getCertificate("server"))
                                    .getNotAfter()
                                    .toInstant());
                });
    }

    @Test
    void isRefusedWithoutACertificate() throws Exception {
        StepException why = call("type: none", key(), certificate(ours, "client"), certificate(theirs, "server"));

        assertThat(why).isNotNull();
        assertThat(seen).isEmpty();
    }

    @Test
    void trustsNoServerThatHangsOnAnotherCertificate() throws Exception {
        StepException why = call(MTLS, key(), certificate(ours, "client"), certificate(ours, "client"));

        assertThat(why.code()).isEqualTo("TLS_FAILED");
        assertThat(seen).isEmpty();
    }

    @Test
    void saysThatACertificateCannotBeRead() throws Exception {
        StepException why = call(MTLS, key(), key(), certificate(theirs, "server"));

        assertThat(why.code()).isEqualTo("BAD_KEY");
        assertThat(why.getMessage()).isEqualTo("the client certificate holds no certificate");
    }
}
