package io.patchbay.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.Hosts;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.payload.StepException;
import io.patchbay.store.SettableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are no database with TLS: looking at them ends, and sees nothing. */
class DatabaseLookTest {

    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1);
    private final ServerCertificates certificates = new ServerCertificates(new SettableClock());
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        timer.shutdownNow();
    }

    /** What the server says to who connects. */
    private interface Talk {
        void to(Socket client) throws IOException;
    }

    private void says(Talk talk) {
        CompletableFuture<Void> talking = CompletableFuture.runAsync(() -> {
            try (Socket client = server.accept()) {
                talk.to(client);
            } catch (IOException e) {
                // the client has left
            }
        });
        assertThat(talking).isNotNull();
    }

    private DatabaseLook look(String kind, List<String> allowed, Duration patience) throws StepException {
        SqlAddress address = SqlAddress.parse("jdbc:" + kind + "://127.0.0.1:" + server.getLocalPort() + "/shop");
        return new DatabaseLook(address, new Hosts(allowed, true), null, patience, certificates, timer);
    }

    @Test
    void aPostgresWithoutTlsIsLeft() throws Exception {
        says(client -> client.getOutputStream().write('N'));

        assertThatThrownBy(() -> look("postgresql", List.of("127.0.0.1"), Duration.ofMinutes(5))
                        .now())
                .hasMessage("the database offers no TLS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "05000000",
                "050000000a35000000",
                "ffffff000a",
                // MariaDB's refusal of a host that has failed too often
                "09000000ff69042373686f70",
                // a greeting without the capability
                "190000000a352e3500010000000102030405060708000000000000000000"
            })
    void aMariaDbThatGreetsOtherwiseOrWithoutTlsIsLeft(String greeting) throws Exception {
        says(client -> client.getOutputStream().write(java.util.HexFormat.of().parseHex(greeting)));

        assertThatThrownBy(() -> look("mariadb", List.of("127.0.0.1"), Duration.ofMinutes(5))
                        .now())
                .isInstanceOf(IOException.class);
        assertThat(certificates.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void aServerThatDripsIsLeftWhenTheTimeIsOver(String kind) throws Exception {
        says(client -> {
            OutputStream out = client.getOutputStream();
            // A record of TLS, or a greeting, that never comes to its end.
            out.write(kind.equals("postgresql") ? new byte[] {'S', 22, 3, 3, 64, 0} : new byte[] {0, 15, 0, 0, 10});
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        });

        assertThatThrownBy(() ->
                        look(kind, List.of("127.0.0.1"), Duration.ofMillis(500)).now())
                .isInstanceOf(IOException.class);
    }

    @Test
    void aPrivateAddressThatIsNotMeantIsNotLookedAt() throws Exception {
        assertThatThrownBy(() ->
                        look("postgresql", List.of(), Duration.ofMinutes(5)).now())
                .isInstanceOf(StepException.class)
                .hasMessageContaining("private address");
    }
}
