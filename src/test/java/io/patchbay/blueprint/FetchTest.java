package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.ServerKey;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of catalogues that never come to an end. */
class FetchTest {

    private static final String CHUNK = "5\r\nendle\r\n";

    @TempDir
    Path folder;

    @AutoClose
    private ServerSocket server;

    private Outbound way;

    @BeforeEach
    void listen() throws Exception {
        ServerKey key = ServerKey.create(folder, "ip:127.0.0.1");
        Path issuer = Files.writeString(folder.resolve("issuer.pem"), key.pem());
        way = Outbound.of(new OutboundProperties(OutboundProperties.NONE.proxy(), issuer.toString()), folder);
        server =
                Shelf.context(key).getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @Test
    void whatIsNotThereIsNotReadToItsEnd() throws Exception {
        says("HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK);

        assertThat(fetch(Duration.ofMinutes(10)).signature(1_000)).isEmpty();
    }

    @Test
    void whatIsLargerThanItMayBeIsNotReadToItsEnd() {
        says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK);

        assertThatThrownBy(() -> fetch(Duration.ofMinutes(10)).catalogue(1_000))
                .hasMessageContaining("more than 1000 bytes");
    }

    @Test
    void aRefusalIsNotReadToItsEnd() {
        says("HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK);

        assertThatThrownBy(() -> fetch(Duration.ofMinutes(10)).catalogue(1_000)).hasMessageContaining("answered 403");
    }

    @Test
    void aHeadThatNeverEndsIsGivenUp() {
        says("HTTP/1.1 200 OK\r\n", "X-More: 1\r\n");

        assertThatThrownBy(() -> fetch(Duration.ofMillis(900)).catalogue(1_000)).hasMessageContaining("within 0 s");
    }

    private Fetch fetch(Duration whole) {
        return new Fetch(
                Path.of("."),
                new CatalogueFile.Place(
                        "https://127.0.0.1:" + server.getLocalPort() + "/catalogue.json", null, Map.of(), null),
                new Catalogues.Access(name -> Optional.empty(), () -> way),
                whole);
    }

    /** Answers one call with a beginning, and with the rest over and over until nobody listens. */
    private void says(String begin, String more) {
        CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> {
            try (Socket caller = server.accept();
                    OutputStream out = caller.getOutputStream()) {
                out.write(begin.getBytes(StandardCharsets.US_ASCII));
                while (!server.isClosed()) {
                    out.write(more.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // the caller has left
            }
        });
        assertThat(answering).isNotNull();
    }
}
