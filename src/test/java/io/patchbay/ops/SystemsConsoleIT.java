package io.patchbay.ops;

import static io.patchbay.ops.ConsoleWalk.named;
import static io.patchbay.ops.ConsoleWalk.seen;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A walk through the console's pages of systems and of what flows remember: checked, moved, looked into, deleted. */
@DisableJmx(false)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"patchbay.admin-token=" + SystemsConsoleIT.TOKEN, "patchbay.intake.port=0"})
class SystemsConsoleIT {

    static final String TOKEN = "token-for-the-browser-0123";

    private static final String FLOW = """
            flow: growing
            shapes:
              - id: orders
                connection: { instance: stall-one, endpoint: orders.list }
              - id: new-ones
                deDupe: { pool: sent, key: id, entity: order, behaviour: filterAndTrack }
              - id: kept
                addToCache: { cache: orders, key: "order-${record.id}" }
            """;
    private static final String CONNECTOR = """
            connector: stall
            version: 1.0.0
            title: A stall
            requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
            check: { endpoint: orders.list }
            endpoints:
              orders.list:
                kind: read
                method: GET
                path: /orders
                incremental: { cursorField: changed, lower: { into: query, name: since } }
            """;

    @TempDir
    static Path home;

    private static HttpServer stall;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry settings) throws Exception {
        stall = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        stall.createContext("/orders", exchange -> {
            byte[] answer = "[{\"id\":1,\"changed\":\"2026-01-02T03:04:05Z\"}]".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        stall.start();
        write("routes/growing.flow.yaml", FLOW);
        write("routes/stores.yaml", "caches: { orders: { scope: company } }\n");
        write(
                "connectors/stall/connector.yaml",
                CONNECTOR.formatted(stall.getAddress().getPort()));
        write("connectors/stall/instances/stall-one.yaml", "instance: stall-one\nconnector: stall\n");
        settings.add("patchbay.home", home::toString);
    }

    private static void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @AfterAll
    static void stop() {
        stall.stop(0);
    }

    @Test
    void systemsAreCheckedAndWhatFlowsRememberIsLookedIntoAndDeleted() {
        ConsoleWalk.through(port, TOKEN, walk -> {
            nothingYet(walk);
            instances(walk);
            start(walk);
            cursors(walk);
            caches(walk);
            pools(walk);
            outage(walk);
        });
    }

    private static void nothingYet(ConsoleWalk walk) {
        walk.to("cursors");
        walk.sees("There is no cursor yet");
        walk.keep("cursors-none");
        walk.to("caches");
        walk.sees("No cache has an entry");
        walk.to("pools");
        walk.sees("No pool has a key");
    }

    private static void instances(ConsoleWalk walk) {
        walk.to("instances");
        walk.seesHeading("Instances");
        walk.sees("not called yet");
        walk.press("Check");
        walk.sees("It works");
        walk.keep("instance-check");
        // By the keyboard alone: the window is left, and the instance's page opened.
        walk.page().keyboard().press("Escape");
        walk.sees("operational");
        walk.keep("instances");
        Locator link = walk.page().getByRole(AriaRole.LINK, named("stall-one"));
        link.focus();
        walk.page().keyboard().press("Enter");
        walk.page().waitForURL("**/hawtio/instances/stall-one");
        walk.seesHeading("stall-one");
        walk.sees("orders.list");
        walk.doIt("Pause");
        walk.sees("until somebody lets it go on");
        walk.keep("instance");
        queue(walk);
        walk.to("instances/stall-one");
        walk.press("Go on");
        seen(walk.page().getByRole(AriaRole.BUTTON, named("Pause")));
        walk.to("instances/no-such-one");
        walk.sees("There is no instance 'no-such-one'.");
    }

    /** What calls a paused instance waits: the only start that does not run at once, whoever makes it. */
    private static void queue(ConsoleWalk walk) {
        Page page = walk.page();
        walk.to("flows/growing");
        walk.doIt("Start");
        page.waitForURL("**/hawtio/flows/growing/runs/*");
        walk.to("queue");
        seen(page.getByRole(AriaRole.GRID, named("Starts that are waiting, newest first")));
        page.getByText("regular").click();
        page.getByRole(AriaRole.OPTION, named("highest")).click();
        seen(page.getByRole(AriaRole.GRIDCELL).getByText("highest"));
        walk.keep("queue");
        walk.doIt("Discard");
        walk.sees("The queue is empty");
    }

    private static void start(ConsoleWalk walk) {
        walk.to("flows/growing");
        walk.doIt("Start");
        walk.page().waitForURL("**/hawtio/flows/growing/runs/*");
        walk.sees("succeeded");
    }

    private static void cursors(ConsoleWalk walk) {
        Page page = walk.page();
        walk.to("cursors");
        walk.sees("2026-01-02T03:04:05Z");
        walk.keep("cursors");
        walk.press("Move");
        page.getByLabel("Or so much earlier").fill("a day");
        walk.confirm("Move");
        seen(page.getByRole(AriaRole.DIALOG).getByText("Danger alert:"));
        walk.keep("cursor-move");
        page.getByLabel("Or so much earlier").fill("1d");
        walk.confirm("Try again");
        walk.sees("2026-01-01T03:04:05Z");
        seen(page.getByRole(AriaRole.GRIDCELL, named("hand")));
        walk.doIt("Forget");
        walk.sees("There is no cursor yet");
    }

    private static void caches(ConsoleWalk walk) {
        Page page = walk.page();
        walk.to("caches");
        walk.sees("all flows");
        walk.keep("caches");
        walk.follow("orders");
        page.waitForURL("**/hawtio/caches/orders");
        walk.sees("order-1");
        walk.keep("cache");
        walk.press("See");
        walk.sees("\"changed\": \"2026-01-02T03:04:05Z\"");
        walk.keep("cache-entry");
        walk.confirm("Done");
        page.getByLabel("Only entries whose keys fit").fill("item-*");
        page.keyboard().press("Enter");
        walk.sees("No key fits");
        page.getByLabel("Reset").click();
        walk.doIt("Delete");
        walk.sees("There is no entry here");
    }

    private static void pools(ConsoleWalk walk) {
        Page page = walk.page();
        walk.dark();
        walk.to("pools");
        seen(page.getByRole(AriaRole.LINK, named("sent")));
        walk.keep("pools-dark");
        walk.follow("sent");
        page.waitForURL("**/hawtio/pools/sent");
        walk.sees("remembered");
        walk.keep("pool-dark");
        walk.doIt("Forget");
        walk.sees("There is no key here");
        walk.light();
    }

    private static void outage(ConsoleWalk walk) {
        stall.stop(0);
        walk.to("instances/stall-one");
        walk.press("Check");
        seen(walk.page().getByRole(AriaRole.DIALOG).getByText("unreachable").first());
        walk.keep("instance-check-failed");
        walk.confirm("Done");
        walk.dark();
        walk.sees("UNREACHABLE");
        walk.keep("instance-failed-dark");
        walk.to("instances");
        walk.sees("unreachable");
        walk.keep("instances-dark");
    }
}
