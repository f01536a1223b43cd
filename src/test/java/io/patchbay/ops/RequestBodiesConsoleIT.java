package io.patchbay.ops;

import static io.patchbay.ops.ConsoleWalk.named;
import static io.patchbay.ops.ConsoleWalk.seen;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.runtime.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The page of a run in a browser: what a system that refused was sent, and what it said. */
@DisableJmx(false)
class RequestBodiesConsoleIT {

    @TempDir
    static Path home;

    private static HttpServer shop;
    private static ConfigurableApplicationContext program;

    @BeforeAll
    static void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer =
                    "{\"problem\":\"<img src=x onerror=alert(1)> is no number\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(422, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        shop.start();
        Path folder = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(folder.resolve("shop-one.yaml"), "{ instance: shop-one, connector: shop }\n");
        Files.writeString(folder.resolveSibling("connector.yaml"), """
                connector: shop
                version: 1.0.0
                title: A shop
                auth: { open: { type: none } }
                requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
                endpoints:
                  orders.create: { kind: write, title: Create, method: POST, path: /orders }
                """.formatted(
                        shop.getAddress().getPort()));
        Files.writeString(Files.createDirectories(home.resolve("routes")).resolve("orders.flow.yaml"), """
                flow: orders
                shapes:
                  - id: order
                    manualPayload: { json: [ { number: "1001" } ] }
                  - { id: push, connection: { instance: shop-one, endpoint: orders.create } }
                """);
        program = Program.start(home);
    }

    @AfterAll
    static void stop() {
        program.close();
        shop.stop(0);
    }

    @Test
    void whatARefusedRequestHadAndWhatWasSaidToItAreShown() {
        ConsoleWalk.through(URI.create(Program.url(program)).getPort(), Program.TOKEN, walk -> {
            Page page = walk.page();
            walk.to("flows/orders");
            walk.doIt("Start");
            page.waitForURL("**/hawtio/flows/orders/runs/*");
            walk.sees("failed");
            page.getByRole(AriaRole.TAB, named("requests")).click();
            page.getByText("/orders").first().click();
            walk.press("Show bodies");
            seen(page.getByText("\"number\": \"1001\"").first());
            seen(page.getByText("<img src=x onerror=alert(1)> is no number").first());
            walk.keep("run-request-bodies");
            Download file = page.waitForDownload(
                    () -> page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Body received"))
                            .getByText("Save as a file")
                            .click());
            assertThat(read(file.path())).startsWith("{\"problem\"");
            walk.to("runs#q=zz");
            walk.sees("No id begins so, and no trigger is called so");
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
