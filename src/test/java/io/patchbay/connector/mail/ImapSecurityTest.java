package io.patchbay.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.ServerKey;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceCheck;
import io.patchbay.connector.camel.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The password of a mailbox goes out behind TLS with the right server. */
class ImapSecurityTest {

    @TempDir
    Path home;

    @TempDir
    static Path keys;

    private static ServerKey key;
    private static ServerKey other;
    private World world;

    @BeforeAll
    static void createKeys() throws Exception {
        key = ServerKey.create(keys, "ip:127.0.0.1");
        other = ServerKey.create(keys, "dns:other.example.com");
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

    private InstanceCheck check(Server server, String settings) throws Exception {
        ImapWorld.into(world, server.listening.getLocalPort(), settings);
        return calls().check("box", "check-1").orElseThrow();
    }

    private InstanceCalls calls() {
        return new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
    }

    @ParameterizedTest
    @CsvSource({"starttls, false", "tls, true"})
    void logsInBehindTls(String security, boolean implicit) throws Exception {
        try (Server server = new Server(key, implicit)) {
            InstanceCheck check = check(server, "ca: '${secret.CA}', security: " + security);

            assertThat(check.sentence()).isNull();
            assertThat(check.status()).isEqualTo(InstanceStatus.OPERATIONAL);
            assertThat(server.logins).containsExactly("secure");
            assertThat(calls().serverCertificates(
                                    Objects.requireNonNull(calls().catalog().instance("box"))))
                    .singleElement()
                    .satisfies(seen -> {
                        assertThat(seen.server()).isEqualTo("127.0.0.1:" + server.listening.getLocalPort());
                        assertThat(seen.ends())
                                .isEqualTo(key.certificate().getNotAfter().toInstant());
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({"starttls, false", "tls, true"})
    void sendsNoPasswordToAServerThatIsNotTrusted(String security, boolean implicit) throws Exception {
        try (Server server = new Server(key, implicit)) {
            InstanceCheck check = check(server, "security: " + security);

            assertThat(check.code()).isEqualTo("TLS_FAILED");
            assertThat(check.sentence()).contains("no secure connection").contains("goes into requester.mail.ca");
            assertThat(server.logins).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"starttls, false", "tls, true"})
    void sendsNoPasswordToAServerWhoseCertificateNamesAnother(String security, boolean implicit) throws Exception {
        world.secret("CA", other.pem());
        try (Server server = new Server(other, implicit)) {
            assertThat(check(server, "ca: '${secret.CA}', security: " + security)
                            .code())
                    .isEqualTo("TLS_FAILED");
            assertThat(server.logins).isEmpty();
        }
    }

    @Test
    void sendsNoPasswordToAServerWithoutTls() throws Exception {
        try (Server server = new Server(null, false)) {
            InstanceCheck check = check(server, "security: starttls");

            assertThat(check.code()).isEqualTo("TLS_FAILED");
            assertThat(check.sentence()).contains("offers no STARTTLS");
            assertThat(server.logins).isEmpty();
        }
    }

    /** As much of an IMAP server as a login needs. */
    private static final class Server implements AutoCloseable {
        private final Queue<String> logins = new ConcurrentLinkedQueue<>();
        private final ServerSocket listening;
        private final ExecutorService serving = Executors.newCachedThreadPool();
        private final SSLContext tls;
        private final boolean implicit;

        Server(ServerKey key, boolean implicit) throws Exception {
            this.tls = key == null ? null : SmallServer.context(key);
            this.implicit = implicit;
            this.listening = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
            serving.execute(() -> {
                try {
                    while (true) {
                        Socket socket = listening.accept();
                        serving.execute(() -> serve(socket));
                    }
                } catch (IOException e) {
                    // it is closed
                }
            });
        }

        private void serve(Socket plain) {
            try (plain) {
                Socket socket = implicit ? secured(plain) : plain;
                say(socket, "* OK here");
                BufferedReader in = lines(socket);
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String tag = line.split(" ")[0];
                    if (line.contains(" CAPABILITY")) {
                        boolean offers = tls != null && !(socket instanceof SSLSocket);
                        say(socket, "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR" + (offers ? " STARTTLS" : ""));
                    } else if (line.contains(" LIST")) {
                        say(socket, "* LIST (\\Noselect) \"/\" \"\"");
                    } else if (line.contains(" AUTHENTICATE") || line.contains(" LOGIN")) {
                        logins.add(socket instanceof SSLSocket ? "secure" : "readable");
                    }
                    say(socket, tag + " OK done");
                    if (line.contains(" STARTTLS")) {
                        socket = secured(socket);
                        in = lines(socket);
                    }
                }
            } catch (IOException e) {
                // the client left
            }
        }

        private Socket secured(Socket plain) throws IOException {
            SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true);
            socket.setUseClientMode(false);
            socket.startHandshake();
            return socket;
        }

        private static BufferedReader lines(Socket socket) throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        private static void say(Socket socket, String reply) throws IOException {
            socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            listening.close();
            serving.shutdownNow();
        }
    }
}
