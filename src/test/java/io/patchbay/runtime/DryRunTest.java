package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.expression.Proofs;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.queue.StartQueue;
import io.patchbay.route.Flows;
import io.patchbay.run.Cursors;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.Store;
import io.patchbay.trial.dry.Captured;
import io.patchbay.trial.dry.Captured.Kind;
import io.patchbay.trial.dry.DryReport;
import io.patchbay.trial.dry.DryRunRefusedException;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole program against a system that counts: what a dry run reads and shows, and that it leaves nothing behind. */
class DryRunTest {

    private static final String SENTINEL = "a-sentinel-secret-4711";
    /** What the end of a run has brought to an end, too. */
    private static final List<String> STATE = List.of(
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
    private static final List<String> STORY =
            List.of("cache_mark", "cache_claim", "captured_payload", "captured_bytes", "run_detail", "body_file");

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private final List<Sent> reads = new CopyOnWriteArrayList<>();
    private final List<Sent> writes = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile CountDownLatch slow = new CountDownLatch(0);
    private HttpServer system;
    private ConfigurableApplicationContext program;

    private record Sent(String method, String target, Map<String, String> headers, String body) {}

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

    private ConfigurableApplicationContext program(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--PATCHBAY_SECRET_SHOP_KEY=" + SENTINEL, "--PATCHBAY_SECRET_MAP_KEY=" + SENTINEL));
        arguments.addAll(List.of(more));
        return Program.start(home, arguments.toArray(String[]::new));
    }

    @AfterEach
    void end() {
        slow.countDown();
        program.close();
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

    private <T> T of(Class<T> type) {
        return program.getBean(type);
    }

    private void deployed(String flow) {
        await().atMost(SOON)
                .until(() ->
                        of(Flows.class).flow(flow).map(Flows.View::revision).isPresent());
    }

    private DryReport dry(String flow, String json, Map<String, String> meta) throws Exception {
        Body body = new Body.Bytes(json.getBytes(StandardCharsets.UTF_8), "application/json");
        return of(DryRuns.class).run(flow, "manual", body, meta).get(60, TimeUnit.SECONDS);
    }

    private RunRecord real(String flow) throws Exception {
        String id = of(Flows.class)
                .start(
                        flow,
                        "manual",
                        new Body.Bytes("{}".getBytes(StandardCharsets.UTF_8), "application/json"),
                        Map.of())
                .get(20, TimeUnit.SECONDS);
        return await().atMost(SOON)
                .until(() -> of(RunHistory.class).run(id).filter(run -> run.endedAt() != null), Optional::isPresent)
                .orElseThrow();
    }

    /** The rows of what runs leave, as text. */
    private Map<String, List<String>> rows(List<String> tables) throws Exception {
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

    private static JsonNode json(String text) throws IOException {
        return Json.MAPPER.readTree(text);
    }

    @Test
    void readsAndShowsWhatWouldBeSentAndChangesNothing() throws Exception {
        List<String> tables = Stream.concat(STATE.stream(), STORY.stream()).toList();
        Map<String, List<String>> before = rows(tables);

        DryReport report = dry("orders", "{}", Map.of("var.note", "hello"));

        assertThat(report.status()).as(report.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(reads).hasSize(1);
        assertThat(reads.get(0).headers()).containsEntry("X-Key", SENTINEL);
        assertThat(writes).isEmpty();
        assertThat(report.reads()).extracting(read -> read.log().target()).allMatch(to -> to.contains("/orders"));
        assertThat(report.logs()).extracting(RunRecord.LogLine::text).contains("order 1 hello", "order 3 hello");
        assertThat(of(RunHistory.class)
                        .runs(new RunHistory.Query(null, null, null, null, 10))
                        .data())
                .isEmpty();
        assertThat(of(StartQueue.class).queued())
                .allSatisfy((flow, count) -> assertThat(count).isZero());
        assertThat(rows(tables)).isEqualTo(before);
        assertThat(report.toString()).doesNotContain(SENTINEL);

        List<Captured> sent = report.writes().stream()
                .filter(write -> write.kind() == Kind.REQUEST)
                .toList();
        assertThat(sent).hasSize(2).allSatisfy(write -> {
            assertThat(write.shape()).isEqualTo("push");
            assertThat(write.headers()).containsEntry("X-Key", "***");
            assertThat(write.answer()).startsWith("200 without content");
        });
        assertThat(report.writes())
                .extracting(write -> write.shape() + " " + write.kind() + " " + write.what() + " " + write.target())
                .contains(
                        "fresh POOL CLAIM sent-orders",
                        "fresh POOL REMEMBER sent-orders",
                        "kept CACHE APPEND seen all",
                        "child START START child",
                        "watched TRACKED TRACK order 1",
                        " CURSOR MOVE cursor orders/shop-one/orders.list");

        assertThat(real("orders").status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(writes).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            Captured shown = sent.get(i);
            Sent went = writes.get(i);
            assertThat(shown.what()).isEqualTo(went.method());
            assertThat(shown.target()).endsWith(went.target());
            assertThat(shown.body()).isEqualTo(json(went.body()));
            assertThat(shown.headers())
                    .containsEntry("Content-Type", went.headers().get("Content-Type"));
        }
    }

    @Test
    void sawWhatRunsLeftAndLeavesItAsItIs() throws Exception {
        assertThat(real("orders").status()).isEqualTo(RunStatus.SUCCEEDED);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(of(RunHistory.class)
                                .runs(new RunHistory.Query("child", RunStatus.SUCCEEDED, null, null, 10))
                                .data())
                        .hasSize(1));
        PullCursor.Key key = new PullCursor.Key("orders", "shop-one", "orders.list");
        PullCursor cursor = of(Cursors.class).find(key).orElseThrow();
        Map<String, List<String>> before = rows(STATE);
        writes.clear();

        DryReport report = dry("orders", "{}", Map.of());

        assertThat(reads).last().satisfies(read -> assertThat(read.target()).contains("since="));
        assertThat(report.writes()).noneMatch(write -> write.kind() == Kind.REQUEST);
        assertThat(report.logs()).anySatisfy(line -> assertThat(line.text()).contains("3 known in pool 'sent-orders'"));
        assertThat(writes).isEmpty();
        assertThat(of(Cursors.class).find(key)).contains(cursor);
        assertThat(rows(STATE)).isEqualTo(before);
    }

    @Test
    void seesItsOwnWritesOverWhatIsThere() throws Exception {
        Files.writeString(home.resolve("routes/counting.flow.yaml"), """
                flow: counting
                shapes:
                  - { id: counted, addToCache: { cache: seen, key: list, append: true } }
                  - { id: all, loadFromCache: { cache: seen, key: list } }
                  - { id: told, notify: { per: record, log: info, text: "has ${record.id}" } }
                """);
        deployed("counting");
        Body first = new Body.Bytes("[{\"id\":1}]".getBytes(StandardCharsets.UTF_8), "application/json");
        String id = of(Flows.class).start("counting", "manual", first, Map.of()).get(20, TimeUnit.SECONDS);
        await().atMost(SOON)
                .until(() -> of(RunHistory.class)
                        .run(id)
                        .filter(run -> run.endedAt() != null)
                        .isPresent());
        Map<String, List<String>> before = rows(STATE);

        DryReport report = dry("counting", "[{\"id\":2}]", Map.of());
        DryReport again = dry("counting", "[{\"id\":3}]", Map.of());

        assertThat(report.logs()).extracting(RunRecord.LogLine::text).containsExactly("has 1", "has 2");
        assertThat(again.logs()).extracting(RunRecord.LogLine::text).containsExactly("has 1", "has 3");
        assertThat(rows(STATE)).isEqualTo(before);
    }

    @Test
    void takesTheAnswerOfAFixtureAndSaysSo() throws Exception {
        Files.writeString(home.resolve("routes/closing.flow.yaml"), """
                flow: closing
                shapes:
                  - { id: close, connection: { instance: shop-one, endpoint: orders.close } }
                  - { id: told, notify: { per: record, log: info, text: "closed ${record.closed}" } }
                """);
        deployed("closing");

        DryReport report = dry("closing", "{\"id\":7,\"text\":\"" + SENTINEL + "\"}", Map.of());

        assertThat(report.status()).as(report.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.writes()).singleElement().satisfies(write -> {
            assertThat(write.answer()).isEqualTo("202 of the fixture 'orders-close'");
            assertThat(write.body()).isEqualTo(json("{\"id\":7,\"text\":\"***\"}"));
        });
        assertThat(report.logs()).extracting(RunRecord.LogLine::text).containsExactly("closed true");
        assertThat(report.toString()).doesNotContain(SENTINEL);
    }

    @Test
    void whatSpeaksNoHttpIsShownTooAndACallerSeesTheAnswer() throws Exception {
        Path folder = Files.createDirectories(home.resolve("connectors/local-folder/instances"));
        Files.copy(
                Path.of("connectors/local-folder/connector.yaml"),
                home.resolve("connectors/local-folder/connector.yaml"));
        Files.writeString(
                folder.resolve("out.yaml"), "instance: out\nconnector: local-folder\nsettings: { folder: data/out }\n");
        Files.writeString(home.resolve("routes/price.flow.yaml"), """
                flow: price
                trigger: [ { callback: { path: price, auth: none } } ]
                shapes:
                  - id: rows
                    connection: { instance: out, endpoint: rows.put, with: { path: "rows-${payload.id}.csv" }, output: input }
                  - { id: answered, callback: { answer: one } }
                  - { id: kept, delay: { for: 1h } }
                  - id: file
                    connection: { instance: out, endpoint: files.put, with: { path: late.json }, output: input }
                  - id: read
                    camel: { outside: false, steps: [ { setBody: { constant: ran } } ] }
                  - id: steps
                    camel: { steps: [ { setBody: { constant: changed } } ] }
                  - id: other
                    runFlow: { flow: child, wait: true }
                  - id: yes
                    wait: { for: approval, title: "send the price?" }
                  - id: paid
                    wait: { release: "paid:7", data: { ok: true } }
                """);
        deployed("price");

        DryReport report = dry("price", "{\"id\":7,\"price\":\"9.90\"}", Map.of());

        assertThat(report.status()).as(report.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.answer()).isNotNull().satisfies(answer -> {
            assertThat(answer.target()).isEqualTo("200");
            assertThat(answer.body()).isEqualTo(json("{\"id\":7,\"price\":\"9.90\"}"));
        });
        assertThat(report.writes())
                .extracting(write -> write.shape() + " " + write.kind() + " " + write.what() + " " + write.target())
                .containsExactly(
                        "rows FILE WRITE rows-7.csv",
                        "file FILE WRITE late.json",
                        "steps STEPS RUN steps of 'steps'",
                        "other START START child",
                        "yes WAIT WAIT approval",
                        "paid WAIT RELEASE event paid:7");
        assertThat(report.writes().get(0).body().asText()).startsWith("id,price");
        assertThat(report.writes().get(2).body().asText()).contains("ran");
        assertThat(home.resolve("data/out")).doesNotExist();
        try (Stream<Path> left = Files.list(home.resolve("data/spill"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aPayloadThatFailsIsShownAndNotKept() throws Exception {
        Files.writeString(home.resolve("routes/failing.flow.yaml"), """
                flow: failing
                shapes:
                  - { id: checked, assert: { contains: { id: 7 } } }
                """);
        deployed("failing");

        DryReport report = dry("failing", "{\"id\":8}", Map.of());

        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.writes()).singleElement().satisfies(write -> {
            assertThat(write.kind()).isEqualTo(Kind.FAILED);
            assertThat(write.shape()).isEqualTo("checked");
            assertThat(write.body()).isEqualTo(json("{\"id\":8}"));
        });
        assertThat(of(RunHistory.class)
                        .failed(FailedQuery.of("failing", null), null, 10)
                        .data())
                .isEmpty();
    }

    @Test
    void twoGoOnAtATimeAndAThirdIsRefused() throws Exception {
        slow = new CountDownLatch(1);
        CompletableFuture<DryReport> one = of(DryRuns.class).run("orders", "api", Body.EMPTY, Map.of());
        CompletableFuture<DryReport> two = of(DryRuns.class).run("orders", "api", Body.EMPTY, Map.of());
        await().atMost(SOON).until(() -> reads.size() == 2);

        assertThatThrownBy(() -> of(DryRuns.class)
                        .run("orders", "api", Body.EMPTY, Map.of())
                        .get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        DryRunRefusedException.class,
                        why -> assertThat(why.later()).isTrue());
        slow.countDown();

        for (CompletableFuture<DryReport> report : List.of(one, two)) {
            assertThat(report.get(60, TimeUnit.SECONDS).writes())
                    .filteredOn(write -> write.kind() == Kind.REQUEST)
                    .hasSize(2);
        }
        assertThat(writes).isEmpty();
        assertThat(dry("orders", "{}", Map.of()).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void countsWhatIsBeyondItsBoundsAndStopsWhatTakesTooLong() throws Exception {
        program.close();
        program = program(
                "--patchbay.dry-runs.writes=3", "--patchbay.dry-runs.time=2s", "--patchbay.dry-runs.requests=5");

        DryReport report = dry("orders", "{}", Map.of());

        assertThat(report.writes()).hasSize(3);
        assertThat(report.kept()).isFalse();
        assertThat(report.counts()).containsEntry("push", 2L).containsEntry("watched", 3L);

        slow = new CountDownLatch(1);
        DryReport late = dry("orders", "{}", Map.of());
        assertThat(late.status()).isEqualTo(RunStatus.STOPPED);
        assertThat(late.reason()).contains("2s");
        assertThat(writes).isEmpty();
    }

    @Test
    void signsWithNoSecret() throws Exception {
        Files.writeString(home.resolve("routes/signed.flow.yaml"), """
                flow: signed
                shapes:
                  - { id: made, map: { fields: [ { to: a, from: a, then: [ { hmac: { secret: MAP_KEY } } ] } ] } }
                  - { id: told, notify: { per: record, log: info, text: "proof ${record.a}" } }
                """);
        deployed("signed");

        DryReport report = dry("signed", "{ \"a\": \"x\" }", Map.of());

        byte[] proof = Proofs.STAND_IN.of("MAP_KEY", "HmacSHA256", "x".getBytes(StandardCharsets.UTF_8));
        assertThat(report.logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactly("proof " + HexFormat.of().formatHex(proof));
    }

    @Test
    void aFlowThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> dry("nothing", "{}", Map.of()))
                .cause()
                .isInstanceOfSatisfying(
                        DryRunRefusedException.class,
                        why -> assertThat(why.later()).isFalse());
    }
}
