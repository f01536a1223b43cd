package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A system that resets connections (RST, as a crashed process or a firewall does), before its answer or within it. */
class ResetConnectionsTest extends ShopCalls {

    private static final String BEGUN =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[1,";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n";
    private static final String WHOLE =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\nConnection: close\r\n\r\n[%d]";

    private static final String NONE =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]";

    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private ServerSocket server;

    /** Which requests are answered by a reset. */
    private volatile IntPredicate resets = any -> true;

    private volatile String before = "";

    @BeforeEach
    void listen() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        serving.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    serving.execute(() -> talk(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
        world.shop("""
                items.get: {kind: read, method: GET, path: /items}
                items.create: {kind: write, method: POST, path: /items}
                items.list: {kind: read, method: GET, path: /items, recordSelector: {path: '$[*]'}, paginator: {type: pageNumber, pageSize: 1, inject: {into: query, name: page}}, errorHandler: {backoff: {initial: 1ms, max: 2ms, maxAttempts: 3}}}
                """);
        world.rewrite("http://127.0.0.1:${settings.port}", "http://127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        serving.shutdownNow();
    }

    private void talk(Socket socket) {
        try (socket) {
            socket.getInputStream().read(new byte[4096]);
            int request = requests.incrementAndGet();
            boolean reset = resets.test(request);
            socket.getOutputStream()
                    .write((reset ? before : request < 5 ? WHOLE.formatted(request) : NONE)
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            if (reset) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // the other side had enough
        }
    }

    @ParameterizedTest
    @CsvSource({"'', get", "begun, get", "chunked, get", "'', create"})
    void aResetIsAFailureThatMayBeTriedAgain(String answered, String call) throws Exception {
        before = answered.equals("begun") ? BEGUN : answered.equals("chunked") ? CHUNKED : "";

        StepException why = world.call("connector:shop/items." + call, World.payload("{\"a\":1}"), attempt, null)
                                .getException()
                        instanceof StepException found
                ? found
                : null;

        assertThat(why).isNotNull();
        assertThat(why.retryable()).isTrue();
        assertThat(why.code()).isEqualTo("IO");
        assertThat(why.getMessage()).isEqualTo("the connection to 127.0.0.1 broke: Connection reset");
    }

    @Test
    void aListIsReadOnFromThePageThatBroke() throws Exception {
        before = BEGUN;
        resets = request -> request == 2 || request == 3;

        List<Pull.Element> all = world.pull("connector:shop/items.list", attempt, null);

        assertThat(all).hasSize(3).last().isInstanceOf(Pull.End.class);
        assertThat(requests).hasValue(5);
    }
}
