package io.patchbay.connector.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.ServerKey;
import io.patchbay.connector.auth.Trust;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceCheck;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connector as it is shipped against servers with TLS. */
class FtpsCallTest {

    @TempDir
    Path home;

    @TempDir
    static Path keys;

    private static ServerKey key;
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private World world;

    @BeforeAll
    static void createKey() throws Exception {
        key = ServerKey.create(keys, "ip:127.0.0.1");
    }

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        world.secret("CA", key.pem());
    }

    @AfterEach
    void close() {
        world.close();
    }

    private InstanceCheck check() {
        return new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .check("warehouse", "check-1")
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "explicit, true, passive",
        "explicit, false, passive",
        "implicit, true, passive",
        "explicit, true, active"
    })
    void coversLoginAndContent(String security, String resume, String mode) throws Exception {
        try (Ftp ftp = new Ftp(home.resolve("remote"), key, security.equals("implicit"))) {
            Files.writeString(ftp.file("a.json"), "{\"a\":1}");
            ftp.warehouse(
                    world, "ca: '${secret.CA}', security: " + security + ", resumeTls: " + resume + ", mode: " + mode);

            InstanceCheck check = check();

            assertThat(check.sentence()).isNull();
            assertThat(check.status()).isEqualTo(InstanceStatus.OPERATIONAL);
            assertThat(ftp.commands).containsSubsequence("PBSZ 0", "PROT P", "USER ada", "PASS", "MLSD .");
            InstanceCalls calls =
                    new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
            assertThat(calls.serverCertificates(
                            Objects.requireNonNull(calls.catalog().instance("warehouse"))))
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.server()).startsWith("127.0.0.1:"));
        }
    }

    @ParameterizedTest
    @CsvSource({"explicit, true, passive", "implicit, true, passive", "explicit, false, active"})
    void transfersContentBothWays(String security, String resume, String mode) throws Exception {
        try (Ftp ftp = new Ftp(home.resolve("remote"), key, security.equals("implicit"))) {
            String large = "0123456789".repeat(60_000);
            Files.writeString(ftp.file("large.txt"), large);
            ftp.warehouse(
                    world, "ca: '${secret.CA}', security: " + security + ", resumeTls: " + resume + ", mode: " + mode);

            Payload read =
                    world.answer("connector:warehouse/files.read?path=large.txt", World.payload("{}"), attempt, null);
            world.answer("connector:warehouse/files.put?path=in/copy.txt", read, attempt, null);

            assertThat(read.body()).isInstanceOf(Body.Stored.class);
            assertThat(ftp.file("in/copy.txt")).hasContent(large);
        }
    }

    @Test
    void sendsNoPasswordToAServerWhoseCertificateIsNotTrusted() throws Exception {
        try (Ftp ftp = new Ftp(home.resolve("remote"), key, false)) {
            ftp.warehouse(world, "security: explicit");

            InstanceCheck check = check();

            assertThat(check.status()).isEqualTo(InstanceStatus.UNREACHABLE);
            assertThat(check.code()).isEqualTo("TLS_FAILED");
            assertThat(check.sentence()).contains("no secure connection").contains("goes into requester.ftp.ca");
            assertThat(ftp.commands).doesNotContain("PASS");
        }
    }

    @Test
    void sendsNoPasswordToAServerWhoseCertificateNamesAnother() throws Exception {
        ServerKey other = ServerKey.create(home, "dns:other.example.com");
        world.secret("CA", other.pem());
        try (Ftp ftp = new Ftp(home.resolve("remote"), other, false)) {
            ftp.warehouse(world, "ca: '${secret.CA}'");

            assertThat(check().code()).isEqualTo("TLS_FAILED");
            assertThat(ftp.commands).doesNotContain("PASS");
        }
    }

    @Test
    void sendsNoPasswordToAServerWithoutTls() throws Exception {
        try (Ftp ftp = new Ftp(home.resolve("remote"))) {
            ftp.warehouse(world, "security: explicit");

            assertThat(check().code()).isEqualTo("TLS_FAILED");
            assertThat(ftp.commands).doesNotContain("PASS");
        }
    }

    @Test
    void resumesTheSessionOfTheLoginOnAnotherPort() throws Exception {
        SSLContext server = serverContext();
        SSLContext client = Trust.context(key.pem());
        SSLContext one = new OneServerTls(client, "127.0.0.1", 21);

        String first = session(server, one);
        String second = session(server, one);
        String usual = session(server, client);

        assertThat(second).isEqualTo(first);
        assertThat(usual).isNotEqualTo(first);
    }

    /** Connects to a new port; the id of the session and when it was made, both of which a resumed one keeps. */
    private static String session(SSLContext server, SSLContext client) throws Exception {
        ExecutorService serving = Executors.newSingleThreadExecutor();
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var served = serving.submit(() -> {
                try (Socket socket = listening.accept()) {
                    socket.getOutputStream().write(1);
                    return socket.getInputStream().read();
                }
            });
            Socket plain = new Socket("127.0.0.1", listening.getLocalPort());
            try (SSLSocket socket = (SSLSocket)
                    client.getSocketFactory().createSocket(plain, "127.0.0.1", listening.getLocalPort(), true)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isEqualTo(1);
                byte[] secret = socket.getSession().getId();
                long made = socket.getSession().getCreationTime();
                socket.getOutputStream().write(2);
                assertThat(served.get()).isEqualTo(2);
                return HexFormat.of().formatHex(secret) + "/" + made;
            }
        } finally {
            serving.shutdownNow();
        }
    }

    private SSLContext serverContext() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(key.store())) {
            store.load(in, ServerKey.PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, ServerKey.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
