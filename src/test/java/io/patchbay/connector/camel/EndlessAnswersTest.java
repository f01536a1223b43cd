package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems that answer without an end: a call of them ends in time, with a sentence, and holds no more than it may. */
@Timeout(20)
class EndlessAnswersTest extends InWorld {

    private static final String GET = """
            items.get: {kind: read, method: GET, path: /items, timeout: 100ms}
            items.put: {kind: write, method: PUT, path: /items, timeout: 100ms}
            """;

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket server;

    private interface Script {
        void write(OutputStream out) throws Exception;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        serving.shutdownNow();
    }

    /** Answers every request by a script, without a look at it. */
    private void answering(Script script) throws IOException {
        serving.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    open.add(socket);
                    serving.execute(() -> talk(socket, script));
                } catch (IOException e) {
                    return;
                }
            }
        });
        world.shop(GET);
        world.rewrite("http://127.0.0.1:${settings.port}", "http://127.0.0.1:" + server.getLocalPort());
        world.rewrite("timeout: 2s", "timeout: 2s, maxResponse: 2MB");
    }

    private static void talk(Socket socket, Script script) {
        try (socket) {
            socket.getInputStream().read(new byte[4096]);
            script.write(socket.getOutputStream());
        } catch (Exception e) {
            // the other side had enough
        }
    }

    private StepException failure() throws Exception {
        return failure("connector:shop/items.get", Payload.empty(Lineage.ofRun("run-1")));
    }

    private StepException failure(String uri, Payload payload) throws Exception {
        Exception thrown = world.call(uri, payload, attempt, null).getException();
        assertThat(thrown).isInstanceOf(StepException.class);
        return Objects.requireNonNull((StepException) thrown);
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void head(OutputStream out, String headers) throws IOException {
        text(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + headers + "\r\n");
    }

    /** Sends a piece every 20 ms, until the other side or the test has enough. */
    private void drip(OutputStream out, byte[] piece) throws Exception {
        do {
            out.write(piece);
            out.flush();
        } while (!over.await(20, TimeUnit.MILLISECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nX-Long: ",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n\"",
                "HTTP/1.1 302 Found\r\nLocation: /api/other\r\nContent-Length: 1000000\r\n\r\n",
                "HTTP/1.1 500 Oh\r\nContent-Length: 1000000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0"
            })
    void anAnswerThatDripsEndsInTime(String begin) throws Exception {
        answering(out -> {
            text(out, begin);
            drip(out, new byte[] {'0'});
        });

        assertThat(failure().code()).isEqualTo("TIMEOUT");
    }

    @Test
    void answersBeforeTheAnswerEndInTime() throws Exception {
        answering(out -> drip(out, "HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));

        assertThat(failure().code()).isEqualTo("TIMEOUT");
    }

    @Test
    void aRequestThatIsNotTakenEndsInTime() throws Exception {
        answering(out -> over.await());

        Payload large = World.payload("{\"a\": \"" + "x".repeat(20_000_000) + "\"}");

        assertThat(failure("connector:shop/items.put", large).code()).isEqualTo("TIMEOUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Encoding: gzip\r\n"})
    void aBombIsNotUnfolded(String coding) throws Exception {
        byte[] bomb = zipped(50_000_000);
        answering(out -> {
            head(out, coding + "Content-Length: " + bomb.length + "\r\n");
            out.write(bomb);
        });

        assertThat(failure().code()).isEqualTo("ANSWER_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Encoding: gzip\r\n"})
    void compressedNothingEndsInTime(String coding) throws Exception {
        byte[] emptyBlock = {0, 0, 0, (byte) 0xff, (byte) 0xff};
        answering(out -> {
            head(out, coding + "Connection: close\r\n");
            out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
            drip(out, emptyBlock);
        });

        assertThat(failure().code()).isEqualTo("TIMEOUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Encoding: gzip\r\n"})
    void aHundredThousandEmptyFilesInOneAreAnError(String coding) throws Exception {
        byte[] empty = zipped(0);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            many.write(empty);
        }
        answering(out -> {
            head(out, coding + "Connection: close\r\n");
            many.writeTo(out);
        });

        assertThat(failure().getMessage()).contains("compressed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "\"", "9", " "})
    void anAnswerThatGoesOnAndOnIsCutOff(String piece) throws Exception {
        answering(out -> {
            head(out, "Connection: close\r\n");
            byte[] much = piece.repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(much);
            }
        });

        assertThat(failure().code()).isIn("NOT_JSON", "ANSWER_TOO_LARGE");
    }

    @Test
    void endlessHeadersAreCutOff() throws Exception {
        answering(out -> {
            text(out, "HTTP/1.1 200 OK\r\n");
            while (true) {
                text(out, "X-More: 1\r\n");
            }
        });

        assertThat(failure().code()).isEqualTo("ANSWER_TOO_LARGE");
    }

    @Test
    void aCircleOfRedirectsEnds() throws Exception {
        int[] turns = {0};
        answering(out -> text(
                out,
                "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: /api/" + turns[0]++
                        + "\r\nContent-Length: 0\r\n\r\n"));

        failure();

        assertThat(turns[0]).isLessThan(60);
    }

    private static byte[] zipped(int zeros) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            byte[] piece = " ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < zeros / piece.length; i++) {
                zip.write(piece);
            }
        }
        return out.toByteArray();
    }
}
