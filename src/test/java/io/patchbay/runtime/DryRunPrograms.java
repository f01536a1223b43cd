package io.patchbay.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.store.Store;
import io.patchbay.trial.dry.DryReport;
import io.patchbay.trial.dry.DryRuns;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of dry runs share: the whole program, and a system that counts what it is asked for and what it is sent. */
abstract class DryRunPrograms {

    /** The secret that must be seen nowhere. */
    static final String SENTINEL = "a-sentinel-secret-4711";

    /** What the end of a run has brought to an end, too. */
    static final List<String> STATE = List.of(
            "cache_entry",
            "cache_part",
            "cache_space",
            "failed_key",
            "failed_payload",
            "known_key",
            "known_set",
            "pull_cursor",
            "pool_key",
            "tracked",
            "start",
            "start_body",
            "start_once",
            "run_page",
            "run_pull",
            "run_result",
            "run_sent",
            "waiting_payload",
            "wait_event",
            "run");

    /** What is written or swept a little later. */
    static final List<String> STORY =
            List.of("cache_mark", "cache_claim", "captured_payload", "captured_bytes", "run_detail", "body_file");

    static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path home;

    final List<Sent> reads = new CopyOnWriteArrayList<>();
    final List<Sent> writes = new CopyOnWriteArrayList<>();
    Program program;

    /** What the system waits for before it answers a read. */
    volatile CountDownLatch slow = new CountDownLatch(0);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer system;

    /** A request that the system got. */
    record Sent(String method, String target, Map<String, String> headers, String body) {}

    @BeforeEach
    void start() throws IOException {
        system = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        system.setExecutor(threads);
        system.createContext("/", this::answer);
        system.start();
        Path shop = Files.createDirectories(home.resolve("connectors/shop"));
        Files.createDirectories(shop.resolve("fixtures"));
        Files.writeString(shop.resolve("connector.yaml"), """
                connector: shop
                version: 1.0.0
                title: A shop
                settings: { properties: { key: { description: A key } }, secrets: [key] }
                auth: { key: { type: apiKey, inject: { into: header, name: X-Key, format: "${settings.key}" } } }
                requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
                endpoints:
                  orders.list:
                    kind: read
                    method: GET
                    path: /orders
                    incremental: { cursorField: changed, lower: { into: query, name: since } }
                  orders.send:
                    kind: write
                    method: POST
                    path: /orders
                    batch: { maxRecords: 2 }
                    partialResult: { errors: "$.errors[*]", key: id, accepted: taken }
                  orders.close: { kind: action, method: POST, path: /orders/close }
                """.formatted(
                        system.getAddress().getPort()));
        Files.writeString(shop.resolve("fixtures/orders-close.yaml"), """
                endpoint: orders.close
                payload: { id: 1 }
                request: { method: POST, path: /orders/close, body: { id: 1 } }
                response: { status: 202, body: { closed: true } }
                """);
        Path instances = Files.createDirectories(shop.resolve("instances"));
        Files.writeString(
                instances.resolve("shop-one.yaml"),
                "instance: shop-one\nconnector: shop\nsettings: { key: '${secret.SHOP_KEY}' }\n");
        Path routes = Files.createDirectories(home.resolve("routes"));
        Files.writeString(
                routes.resolve("stores.yaml"),
                "caches: { seen: { scope: company } }\npools: { sent-orders: { keep: 30d } }\n");
        Files.writeString(routes.resolve("child.flow.yaml"), """
                flow: child
                shapes:
                  - { id: told, notify: { per: record, log: info, text: "child ${record.id}" } }
                """);
        Files.writeString(routes.resolve("orders.flow.yaml"), """
                flow: orders
                variables: { note: none }
                shapes:
                  - { id: pull, connection: { instance: shop-one, endpoint: orders.list } }
                  - { id: fresh, deDupe: { pool: sent-orders, key: id, remember: { after: push } } }
                  - { id: kept, addToCache: { cache: seen, key: all, append: true } }
                  - { id: push, connection: { instance: shop-one, endpoint: orders.send, output: input } }
                  - { id: child, runFlow: { flow: child, variables: {} } }
                  - { id: watched, trackData: { entity: order, direction: send, fields: [ id ] } }
                  - { id: told, notify: { per: record, log: info, text: "order ${record.id} ${flow.note}" } }
                """);
        program = program();
    }

    /** Starts the program with these arguments more. */
    Program program(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--PATCHBAY_SECRET_SHOP_KEY=" + SENTINEL, "--PATCHBAY_SECRET_MAP_KEY=" + SENTINEL));
        arguments.addAll(List.of(more));
        return new Program(home, Program.start(home, arguments.toArray(String[]::new)));
    }

    @AfterEach
    void end() {
        slow.countDown();
        program.context().close();
        system.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean reading = exchange.getRequestMethod().equals("GET");
            (reading ? reads : writes)
                    .add(new Sent(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            headers,
                            body));
            if (reading) {
                slow.await();
            }
            byte[] answer = (reading
                            ? "[{\"id\":1,\"changed\":\"2026-01-02T03:04:05Z\"},{\"id\":2,\"changed\":\"2026-01-02T03:04:06Z\"},"
                                    + "{\"id\":3,\"changed\":\"2026-01-02T03:04:07Z\"}]"
                            : "{\"errors\":[],\"taken\":"
                                    + Json.MAPPER.readTree(body).size() + "}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A part of the program. */
    <T> T of(Class<T> type) {
        return program.context().getBean(type);
    }

    /** What a dry run of a flow with a JSON text showed. */
    DryReport dry(String flow, String json, Map<String, String> meta) throws Exception {
        Body body = new Body.Bytes(json.getBytes(StandardCharsets.UTF_8), "application/json");
        return of(DryRuns.class).run(flow, "manual", body, meta).get(60, TimeUnit.SECONDS);
    }

    /** The rows of what runs leave, as text. */
    Map<String, List<String>> rows(List<String> tables) throws Exception {
        Map<String, List<String>> all = new TreeMap<>();
        try (Connection connection = of(Store.class).database().dataSource().getConnection()) {
            for (String table : tables) {
                List<String> lines = new ArrayList<>();
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("select * from " + table)) {
                    int columns = row.getMetaData().getColumnCount();
                    while (row.next()) {
                        StringBuilder line = new StringBuilder();
                        for (int i = 1; i <= columns; i++) {
                            line.append(row.getString(i)).append('|');
                        }
                        lines.add(line.toString());
                    }
                }
                lines.sort(null);
                all.put(table, lines);
            }
        }
        return all;
    }

    static JsonNode json(String text) throws IOException {
        return Json.MAPPER.readTree(text);
    }
}
