package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who follows something waits for a runtime that is started anew, and for nothing else. */
class PatientClientTest {

    private HttpServer server;
    private URI address;
    private final StringWriter told = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        server = serve(0, 200, "{\"life\":1}");
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static HttpServer serve(int port, int status, String text) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Begins another life of the runtime as soon as it is said that none answers. */
    private PrintWriter then(int status, String text) {
        return new PrintWriter(told) {
            @Override
            public void println(String line) {
                super.println(line);
                try {
                    server = serve(address.getPort(), status, text);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @Test
    void waitsForARuntimeThatAnsweredBefore() {
        RuntimeClient client = new RuntimeClient(address, null).patient(then(200, "{\"life\":2}"));
        assertThat(client.get("/a").path("life").asInt()).isEqualTo(1);
        server.stop(0);

        assertThat(client.get("/a").path("life").asInt()).isEqualTo(2);
        assertThat(told.toString())
                .isEqualToIgnoringNewLines("No runtime answers at " + address + " any more; waiting for it.");
        server.stop(0);
        assertThat(client.find("/a")).isPresent();
    }

    @Test
    void knowsThatItAnsweredTheClientThatItWasMadeOf() {
        RuntimeClient asked = new RuntimeClient(address, null);
        asked.get("/a");
        server.stop(0);

        assertThat(asked.patient(then(404, "{}")).find("/a"))
                .as("what refuses answers")
                .isEmpty();
    }

    @Test
    void doesNotWaitForWhatNeverAnsweredAndNobodyElseWaits() {
        server.stop(0);
        RuntimeClient never = new RuntimeClient(address, null).patient(new PrintWriter(told));
        assertThatThrownBy(() -> never.get("/a"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("No runtime answers");
        assertThat(told.toString()).isEmpty();
    }

    @Test
    void whoDoesNotFollowAnythingHearsAtOnceThatItIsAway() {
        RuntimeClient client = new RuntimeClient(address, null);
        client.get("/a");
        server.stop(0);

        assertThatThrownBy(() -> client.get("/a"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("No runtime answers");
    }
}
