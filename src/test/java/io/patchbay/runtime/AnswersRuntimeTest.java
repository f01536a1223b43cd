package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program and answers in the formats of files: read with a record that is broken, and sent on in another format. */
class AnswersRuntimeTest {

    @TempDir
    static Path home;

    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final List<String> SENT = new CopyOnWriteArrayList<>();

    private static Program program;
    private static HttpServer shop;

    @BeforeAll
    static void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/stock", exchange -> {
            ASKED.incrementAndGet();
            byte[] rows = BrokenStock.ROWS.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/csv");
            exchange.sendResponseHeaders(200, rows.length);
            exchange.getResponseBody().write(rows);
            exchange.close();
        });
        shop.createContext("/prices", exchange -> {
            SENT.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        shop.start();
        Files.createDirectories(home.resolve("routes"));
        Path instances = Files.createDirectories(home.resolve("connectors/desk/instances"));
        Files.writeString(home.resolve("connectors/desk/connector.yaml"), """
                connector: desk
                version: 1.0.0
                requester: { baseUrl: 'http://127.0.0.1:%d', allowedHosts: ['127.0.0.1'] }
                endpoints:
                  stock.read:
                    kind: read
                    method: GET
                    path: /stock
                    response: { content: { format: auto, chunk: 2 } }
                  prices.send:
                    kind: write
                    method: POST
                    path: /prices
                    request: { content: { format: xml, root: prices, element: price } }
                """.formatted(
                        shop.getAddress().getPort()));
        Files.writeString(instances.resolve("desk.yaml"), "{ instance: desk, connector: desk }");
        program = new Program(home, Program.start(home));
    }

    @AfterAll
    static void stop() {
        program.context().close();
        shop.stop(0);
    }

    @Test
    void replaysARowOfAnAnswerMendedAndAloneAndAsksNothingForIt() throws Exception {
        FailedPayload failed = BrokenStock.read(program);

        assertThat(failed.message()).contains("the answer", "record 2", "byte 12");
        BrokenStock.mend(program, failed);
        assertThat(ASKED).hasValue(1);
    }

    @Test
    void sendsRecordsAsADocument() throws Exception {
        program.flow("priced", """
                flow: priced
                shapes:
                  - id: prices
                    connection: { instance: desk, endpoint: prices.send }
                """);

        RunRecord run = program.run("priced", "[{\"sku\":\"A\",\"price\":12},{\"sku\":\"B\",\"price\":9}]");

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(SENT)
                .singleElement()
                .asString()
                .startsWith("application/xml; charset=utf-8")
                .contains("<prices><price><sku>A</sku><price>12</price></price><price><sku>B</sku><price>9</price>");
    }
}
