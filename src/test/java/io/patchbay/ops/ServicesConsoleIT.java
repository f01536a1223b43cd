package io.patchbay.ops;

import static io.patchbay.ops.ConsoleWalk.named;
import static io.patchbay.ops.ConsoleWalk.seen;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A walk through the console's pages of services and of environments: run, reported, sent again; deployed, promoted, compared. */
@DisableJmx(false)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "patchbay.admin-token=" + ServicesConsoleIT.TOKEN,
            "patchbay.intake.port=0",
            "PATCHBAY_SECRET_SHOP=base-key",
            "PATCHBAY_SECRET_SHOP_TEST=test-key"
        })
class ServicesConsoleIT {

    static final String TOKEN = "token-for-the-browser-0123";

    private static final String CONNECTOR = """
            connector: shop
            version: 1.0.0
            settings: { secrets: [key] }
            auth: { key: { type: apiKey, inject: { into: header, name: X-Key, format: "${settings.key}" } } }
            requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: [127.0.0.1] }
            errorHandler: { rules: [ { match: { status: [422, 409] }, action: fail } ] }
            endpoints:
              orders.list:
                kind: read
                inputs: { status: { required: false } }
                method: GET
                path: /orders
                request: { query: { status: "${with.status}" } }
                recordSelector: { path: "$.orders[*]" }
              orders.create:
                kind: write
                method: POST
                path: /sent
                batch: { maxRecords: 1 }
            """;
    private static final String SERVICE = """
            service: orders-to-erp
            name: Paid orders
            entity: orders
            source: { instance: shop, with: { status: any } }
            reference: number
            filters: [ { field: paid, is: true } ]
            mapping: { order: [ { to: nr, from: number } ] }
            destination: { instance: shop }
            notes: [ Ask Ann before the year ends ]
            """;
    private static final String FLOW = """
            flow: nightly
            shapes:
              - { id: orders, connection: { instance: stall, endpoint: orders.list } }
              - { id: push, connection: { instance: shop, endpoint: orders.create } }
            """;

    @TempDir
    static Path home;

    /** What the source was asked for, and the numbers of orders that are refused, each with its status. */
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();

    private static final Map<String, Integer> REFUSED = new ConcurrentHashMap<>();

    private static HttpServer shop;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry settings) throws IOException {
        shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.createContext("/orders", exchange -> {
            ASKED.add(String.valueOf(exchange.getRequestURI().getQuery()));
            answer(exchange, 200, """
                    { "orders": [ { "number": 1001, "paid": true }, { "number": 1002, "paid": true },
                                  { "number": 1003, "paid": false } ] }""");
        });
        shop.createContext("/sent", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = REFUSED.entrySet().stream()
                    .filter(one -> body.contains(one.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(200);
            answer(exchange, status, "{}");
        });
        shop.start();
        write(
                "connectors/shop/connector.yaml",
                CONNECTOR.formatted(shop.getAddress().getPort()));
        instance("shop", "SHOP");
        instance("stall", "SHOP");
        instance("shop-test", "SHOP_TEST");
        instance("shop-live", "SHOP_LIVE");
        write("routes/services/orders-to-erp.service.yaml", SERVICE);
        write("routes/nightly.flow.yaml", FLOW);
        write("routes/environments/testing.yaml", """
                environment: testing
                name: For tests
                type: test
                replace: { instances: { shop: shop-test } }
                flows: [ nightly ]
                """);
        write("routes/environments/live.yaml", """
                environment: live
                type: live
                replace: { instances: { shop: shop-live } }
                flows: [ nightly ]
                """);
        settings.add("patchbay.home", home::toString);
    }

    private static void instance(String name, String secret) throws IOException {
        write(
                "connectors/shop/instances/" + name + ".yaml",
                "instance: " + name + "\nconnector: shop\nsettings: { key: \"${secret." + secret + "}\" }\n");
    }

    private static void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterAll
    static void stop() {
        shop.stop(0);
    }

    @Test
    void aServiceIsRunAndWhatFailedIsSentAgain() {
        REFUSED.put("1001", 422);
        REFUSED.put("1003", 409);
        ConsoleWalk.through(port, TOKEN, walk -> {
            list(walk);
            run(walk);
            report(walk);
            again(walk);
            about(walk);
        });
    }

    private static void list(ConsoleWalk walk) {
        walk.to("services");
        walk.seesHeading("Services");
        walk.sees("Paid orders");
        walk.sees("active");
        walk.keep("services");
        walk.follow("Paid orders");
        walk.seesHeading("Paid orders");
        walk.sees("No item in 5 days");
    }

    private static void run(ConsoleWalk walk) {
        Page page = walk.page();
        walk.press("Run");
        page.getByLabel("Past the filters").check();
        page.getByLabel("status of the source").fill("open");
        walk.keep("service-run");
        walk.confirm("Run");
        page.waitForURL("**/hawtio/flows/orders-to-erp/runs/*");
        walk.sees("partial");
        assertThat(ASKED).containsExactly("status=open");
    }

    private static void report(ConsoleWalk walk) {
        Page page = walk.page();
        walk.to("services/orders-to-erp");
        walk.sees("HTTP_422 in destination");
        seen(cell(page, "1002"));
        walk.keep("service-report");
        Download saved = page.waitForDownload(() -> walk.press("Save as CSV"));
        assertThat(saved.path()).content().startsWith("reference,status,at,").contains("1003,failed,", "1002,ok,");
        page.getByRole(AriaRole.BUTTON, named("failed")).click();
        cell(page, "1002").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    private static Locator cell(Page page, String reference) {
        return page.getByRole(AriaRole.GRIDCELL, named(reference));
    }

    private static void again(ConsoleWalk walk) {
        Page page = walk.page();
        Locator hopeless = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("1003"));
        hopeless.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Send again"))
                .click();
        walk.sees("1003: no further try can mend HTTP_409 ('finalFailures')");
        REFUSED.clear();
        walk.doIt("Send all again");
        walk.sees("1 item is sent again, 1 item is not.");
        walk.keep("service-again");
        cell(page, "1001").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        page.getByRole(AriaRole.BUTTON, named("failed")).click();
        page.getByRole(AriaRole.BUTTON, named("ok")).click();
        seen(cell(page, "1001"));
    }

    private static void about(ConsoleWalk walk) {
        walk.to("services/orders-to-erp#sheet=About");
        walk.sees("Ask Ann before the year ends");
        walk.keep("service-about");
        walk.to("services/orders-to-erp#sheet=As a flow");
        walk.sees("flow: orders-to-erp");
        walk.to("services/no-such-one");
        walk.sees("There is no service 'no-such-one'.");
    }

    @Test
    void aServiceIsMadeCopiedAndActivated() {
        ConsoleWalk.through(port, TOKEN, walk -> {
            made(walk);
            copied(walk);
        });
    }

    private static void made(ConsoleWalk walk) {
        Page page = walk.page();
        walk.to("services");
        walk.follow("New service");
        walk.seesHeading("New service");
        for (String[] choice : new String[][] {
            {"Source", "shop"},
            {"Records", "orders"},
            {"What lists them", "orders.list"},
            {"Destination", "shop-test"},
            {"What takes them", "orders.create"}
        }) {
            page.getByLabel(choice[0]).selectOption(choice[1]);
        }
        walk.keep("service-new");
        sheet(page, "Trigger");
        page.getByLabel("What starts it").selectOption("every");
        page.getByLabel("Every, like 15m").fill("12h");
        sheet(page, "Filters");
        page.getByLabel("Reference: path").fill("number");
        page.getByLabel("Filters: a condition").fill("paid is true");
        sheet(page, "Mapping");
        page.getByLabel("Fields: TO = FROM").fill("nr = number");
        sheet(page, "Activate");
        walk.sees("Still to be said: a name.");
        page.getByLabel("Name, like orders-to-erp").fill("half-daily");
        walk.press("Show the file");
        walk.sees("status: inactive");
        walk.keep("service-new-file");
        walk.press("Make it");
        walk.sees("routes/services/half-daily.service.yaml was written.");
        assertThat(home.resolve("routes/services/half-daily.service.yaml"))
                .content()
                .contains("every: \"12h\"", "from: number", "status: inactive");
    }

    private static void sheet(Page page, String name) {
        page.getByRole(AriaRole.TAB, named(name)).click();
    }

    private static void copied(ConsoleWalk walk) {
        walk.to("services");
        walk.follow("half-daily");
        walk.press("Clone");
        walk.page().getByLabel("Name of the new one").fill("half-daily-too");
        walk.confirm("Clone");
        walk.doIt("Activate");
        seen(walk.page().getByRole(AriaRole.BUTTON, named("Deactivate")));
        assertThat(home.resolve("routes/services/half-daily.service.yaml"))
                .content()
                .contains("status: active");
        walk.to("services");
        walk.keep("services-more");
        walk.to("services/half-daily-too");
        walk.press("Remove");
        walk.sees("routes/services/half-daily-too.service.yaml is deleted");
        walk.keep("service-remove");
        walk.confirm("Remove");
        walk.seesHeading("Services");
        assertThat(home.resolve("routes/services/half-daily-too.service.yaml")).doesNotExist();
    }

    @Test
    void anEnvironmentIsDeployedComparedAndItsPromotionIsRefusedForAMissingSecret() {
        ConsoleWalk.through(port, TOKEN, walk -> {
            environment(walk);
            deploy(walk);
            promote(walk);
            compare(walk);
        });
    }

    private static void environment(ConsoleWalk walk) {
        walk.to("environments");
        walk.seesHeading("Environments");
        walk.keep("environments");
        walk.follow("For tests");
        walk.seesHeading("For tests");
        walk.sees("nothing yet");
        walk.sees("not deployed");
        walk.to("environments/testing#sheet=Names");
        walk.sees("shop-test");
        walk.sees("stall");
        walk.keep("environment-names");
    }

    private static void deploy(ConsoleWalk walk) {
        walk.to("environments/testing#sheet=Deploy");
        walk.press("Show what it does");
        walk.sees("would be deployed");
        walk.keep("environment-plan");
        walk.press("Deploy");
        walk.page().getByLabel("What it is about").fill("first of all");
        walk.confirm("Deploy");
        walk.sees("It was deployed.");
        walk.to("environments/testing");
        walk.sees("version 1");
        walk.sees("first of all");
        walk.keep("environment");
    }

    private static void promote(ConsoleWalk walk) {
        walk.to("environments/live#sheet=Deploy");
        walk.page().getByLabel("What is taken").selectOption("testing");
        walk.press("Show what it does");
        walk.sees("Secret SHOP_LIVE is not there, which the setting 'key' of instance shop-live reads.");
        walk.sees("Something speaks against it");
        walk.keep("environment-missing");
        assertThat(walk.page().getByRole(AriaRole.BUTTON, named("Promote")).count())
                .isZero();
    }

    private static void compare(ConsoleWalk walk) {
        walk.to("environments/live#sheet=Compare");
        walk.page().getByLabel("Compare with").selectOption("testing");
        walk.sees("version 1 runs in testing");
        seen(cell(walk.page(), "shop-live"));
        walk.keep("environment-compare");
    }
}
