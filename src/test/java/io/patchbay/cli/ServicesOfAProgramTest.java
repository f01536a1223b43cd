package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.runtime.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Services in the whole program: from one system to another, item by item. */
class ServicesOfAProgramTest {

    private static final String CONNECTOR = """
            connector: shop
            version: 1.0.0
            settings: { properties: { port: { type: integer } } }
            auth: { none: { type: none } }
            requester: { baseUrl: "http://127.0.0.1:${settings.port}", allowedHosts: [127.0.0.1] }
            errorHandler: { rules: [ { match: { status: [422, 409] }, action: fail } ] }
            endpoints:
              orders.list:
                kind: read
                inputs: { status: { required: false } }
                method: GET
                path: /orders
                request: { query: { status: "${with.status}" } }
                recordSelector: { path: "$.orders[*]" }
                paginator: { type: pageNumber, start: 1, inject: { into: query, name: page }, pageSize: 50, pageSizeParam: limit }
              orders.create:
                kind: write
                method: POST
                path: /sent
                batch: { maxRecords: 1 }
            """;

    private static final String SERVICE = """
            service: %s
            entity: orders
            source: { instance: shop, with: { status: any } }
            reference: number
            filters: [ { field: paid, is: true } ]
            mapping: { order: [ { to: nr, from: number } ] }
            destination: { instance: shop }
            """;

    @TempDir
    static Path home;

    private static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static final List<String> SENT = new CopyOnWriteArrayList<>();
    /** Numbers of orders that are refused, with the status. */
    private static final Map<String, Integer> REFUSED = new ConcurrentHashMap<>();

    /** Whether orders cannot be read. */
    private static final AtomicBoolean BROKEN = new AtomicBoolean();

    private static HttpServer shop;
    private static ConfigurableApplicationContext program;

    @BeforeAll
    static void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        shop.createContext("/orders", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (query.endsWith("page=2")) {
                answer(exchange, 200, "{ \"orders\": [] }");
                return;
            }
            ASKED.add(query);
            answer(exchange, BROKEN.get() ? 500 : 200, """
                    { "orders": [ { "number": 1001, "paid": true }, { "number": 1002, "paid": true },
                                  { "number": 1003, "paid": false }, { "number": 1004, "paid": true } ] }""");
        });
        shop.createContext("/sent", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = REFUSED.entrySet().stream()
                    .filter(one -> body.contains(one.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(200);
            if (status == 200) {
                SENT.add(body);
            }
            answer(exchange, status, "{}");
        });
        shop.start();
        write("connectors/shop/connector.yaml", CONNECTOR);
        write(
                "connectors/shop/instances/shop.yaml",
                "{ instance: shop, connector: shop, auth: none, settings: { port: "
                        + shop.getAddress().getPort() + " } }");
        for (String name : Set.of("runs", "fails", "some", "many")) {
            write("routes/services/" + name + ".service.yaml", SERVICE.formatted(name));
        }
        write(
                "routes/services/sized.service.yaml",
                SERVICE.formatted("sized")
                        .replace("from: number }", "from: number }," + " { to: day, from: at, then: [ date ] }"));
        for (String name : Set.of("uk", "de")) {
            write(
                    "routes/environments/" + name + ".yaml",
                    "{ environment: " + name + ", deploy: auto, replace: { instances: { shop: " + name
                            + "-shop } }, flows: [ fails ] }");
            write(
                    "connectors/shop/instances/" + name + "-shop.yaml",
                    "{ instance: " + name + "-shop, connector: shop, auth: none, settings: { port: "
                            + shop.getAddress().getPort() + " } }");
        }
        program = Program.start(home);
    }

    @AfterAll
    static void stop() {
        program.close();
        shop.stop(0);
    }

    @BeforeEach
    void forget() {
        ASKED.clear();
        SENT.clear();
        REFUSED.clear();
        BROKEN.set(false);
    }

    private static void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Said say(String... args) {
        return Said.by(
                home, Map.of("PATCHBAY_URL", Program.url(program), "PATCHBAY_ADMIN_TOKEN", Program.TOKEN), "", args);
    }

    @Test
    void aServiceIsRemovedWhenNothingElseNeedsIt() throws IOException {
        write("routes/starter.flow.yaml", "flow: starter\nshapes: [ { id: go, runFlow: { flow: spare } } ]\n");
        write("routes/services/spare.service.yaml", SERVICE.formatted("spare"));
        write("routes/services/spare.test.yaml", "test: spare\ncases: [ { name: x } ]\n");
        await().atMost(5, TimeUnit.MINUTES)
                .until(() -> say("service", "report", "spare").code() == 0);

        Said needed = say("service", "remove", "spare");
        assertThat(needed.code()).as(needed.toString()).isEqualTo(2);
        assertThat(needed.err()).contains("there would be errors", "routes/starter.flow.yaml:2:");
        Files.delete(home.resolve("routes/starter.flow.yaml"));

        Said removed = say("service", "remove", "spare");
        assertThat(removed.out())
                .as(removed.toString())
                .isEqualTo("Removed routes/services/spare.service.yaml.\nRemoved routes/services/spare.test.yaml.\n");
        await().atMost(5, TimeUnit.MINUTES)
                .until(() -> say("service", "report", "spare").err().contains("There is no service 'spare'"));
    }

    @Test
    void aServiceIsAFlowThatRuns() {
        assertThat(say("service", "run", "runs").code()).isZero();

        assertThat(SENT).containsExactlyInAnyOrder("{\"nr\":1001}", "{\"nr\":1002}", "{\"nr\":1004}");
        assertThat(ASKED).containsExactly("status=any&limit=50&page=1");
        assertThat(say("service", "report", "runs").out())
                .contains("1001       ok")
                .contains("1004       ok")
                .doesNotContain("1003");
        assertThat(say("ps", "--all").out()).contains("runs");
    }

    @Test
    void aRunMayBeForSomeItemsAloneOrPastTheFilters() {
        assertThat(say("service", "run", "some", "--only", "1003,1004").code()).isZero();
        assertThat(SENT).containsExactlyInAnyOrder("{\"nr\":1003}", "{\"nr\":1004}");

        SENT.clear();
        assertThat(say("service", "run", "some", "--unfiltered", "--with", "status=open")
                        .code())
                .isZero();
        assertThat(SENT).hasSize(4);
        assertThat(ASKED.get(ASKED.size() - 1)).startsWith("status=open&");

        assertThat(say("service", "run", "some", "--with", "sttus=open").err())
                .contains(
                        "What runs of the service gives no input 'sttus' a value that a run could change; it gives status.");
    }

    @Test
    void aRunMayReadOtherPagesTryOtherwiseAndBeInAnotherZone() {
        assertThat(say("service", "run", "sized", "--page-size", "7", "--zone", "Asia/Tokyo")
                        .code())
                .isZero();

        assertThat(ASKED).first().isEqualTo("status=any&limit=7&page=1");
        String versions = say("versions", "sized").out();
        assertThat(versions).contains("for single runs: pageSize 7, zone Asia/Tokyo");
        assertThat(say("versions", "sized", "--show", "2").out())
                .as("no text that a deployment has")
                .contains("fromZone: Asia/Tokyo", "pageSize: 7", "# for single runs: pageSize 7, zone Asia/Tokyo");
        ASKED.clear();
        assertThat(say("service", "run", "sized").code()).isZero();
        assertThat(ASKED).first().isEqualTo("status=any&limit=50&page=1");

        BROKEN.set(true);
        ASKED.clear();
        assertThat(say("service", "run", "sized", "--attempts", "1").code()).isEqualTo(1);
        assertThat(ASKED).as("tried once").hasSize(1);
        assertThat(say("rollback", "sized").err())
                .as("what was made for single runs is nothing to go back to")
                .contains("There is no version of flow 'sized' before");
    }

    @Test
    void valuesThatARunCannotHaveAreRefused() {
        assertThat(say("service", "run", "sized", "--page-size", "0").err())
                .contains("PageSize is a whole number from 1 to 100000, found 0.");
        assertThat(say("service", "run", "sized", "--page-size", "many").err()).contains("'many' is not an int");
        assertThat(say("service", "run", "sized", "--attempts", "102").err())
                .contains("Attempts is a whole number from 1 to 101, found 102.");
        assertThat(say("service", "run", "sized", "--zone", "Europe/Londn").err())
                .contains("There is no time zone 'Europe/Londn', like Europe/London.");
        assertThat(say("service", "run", "some", "--zone", "Europe/London").err())
                .contains("No field of the mapping that runs reads a date in the zone of the source");
        assertThat(say("service", "run", "sized", "--page-size", "51").err())
                .contains("It could not run so: line", "51");
        assertThat(ASKED).isEmpty();
    }

    @Test
    void aServiceInAnEnvironmentHasAReportOfItsOwn() throws Exception {
        REFUSED.put("1002", 422);

        assertThat(say("service", "run", "fails@uk").code()).isEqualTo(1);

        assertThat(say("service", "report", "fails@uk").out())
                .contains("1001       ok", "1002       failed", "HTTP_422");
        assertThat(say("service", "report", "fails@de").out()).contains("No item is known.");
        assertThat(say("service", "report", "fails@fr").err()).contains("There is no service 'fails@fr'.");
        REFUSED.clear();
        assertThat(say("service", "resync", "fails@uk", "--status", "failed").out())
                .contains("1002");
        await().atMost(1, TimeUnit.MINUTES)
                .untilAsserted(() -> assertThat(say("service", "report", "fails@uk", "--reference", "1002")
                                .out())
                        .contains("1002       ok"));
        say("service", "report", "fails@uk", "--csv", "uk.csv");
        assertThat(Files.readString(home.resolve("uk.csv"))).contains("1001,ok,", "1002,ok,");
        assertThat(say("service", "run", "fails@uk", "--only", "1003", "--page-size", "3")
                        .code())
                .isZero();
        assertThat(ASKED).last().isEqualTo("status=any&limit=3&page=1");
    }

    @Test
    void whatFailsIsReportedAndSentAgain() throws Exception {
        REFUSED.put("1002", 422);
        REFUSED.put("1004", 409);

        assertThat(say("service", "run", "fails").code()).isEqualTo(1);

        assertThat(say("service", "report", "fails", "--status", "failed").out())
                .contains("1002       failed", "HTTP_422", "yes")
                .contains("1004       failed", "HTTP_409")
                .doesNotContain("1001");
        assertThat(say("service", "resync", "fails", "1004").out()).contains("no further try can mend HTTP_409");
        assertThat(say("service", "resync", "fails", "1001").out()).contains("it was sent already");
        assertThat(say("service", "resync", "fails", "9").out()).contains("no such item is known");

        REFUSED.clear();
        assertThat(say("service", "resync", "fails", "1002").code()).isZero();

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(say("service", "report", "fails", "--reference", "1002")
                                .out())
                        .contains("1002       ok"));
        assertThat(SENT).contains("{\"nr\":1002}");
        assertThat(say("service", "report", "fails", "--csv", "items.csv").out())
                .contains("written to items.csv");
        assertThat(Files.readString(home.resolve("items.csv")))
                .startsWith("reference,status,at,attempts,run,")
                .contains("1002,ok,")
                .contains("1004,failed,");
    }

    @Test
    void manyAreSentAgainThatSomethingHoldsFor() {
        REFUSED.put("1001", 422);
        REFUSED.put("1002", 422);
        assertThat(say("service", "run", "many").code()).isEqualTo(1);

        REFUSED.clear();
        assertThat(say("service", "resync", "many").err()).contains("Say which items");
        assertThat(say("service", "resync", "many", "--text", "").err()).contains("'q' is empty");
        assertThat(say("service", "resync", "many", "--status", "failed").out())
                .contains("1001")
                .contains("1002");

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(say("service", "report", "many", "--status", "ok")
                                .out())
                        .contains("1001")
                        .contains("1002")
                        .contains("1004"));
    }

    @Test
    void aServiceThatIsNotThereIsToldWithTheNearest() {
        assertThat(say("service", "report", "fail").err())
                .contains("There is no service 'fail'.")
                .contains("'fails'");
    }
}
