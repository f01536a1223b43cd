package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.route.Flows;
import io.patchbay.route.plain.PlainCamel;
import io.patchbay.run.Cursors;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.DataFolder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with systems around it: cursors of lists, plain Camel routes that call, files that are read, written and awaited. */
class ConnectedRuntimeTest {

    @TempDir
    static Path home;

    private static Program program;
    private static Flows flows;
    private static RunHistory history;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("connectors/local-folder"));
        Files.copy(
                Path.of("connectors/local-folder/connector.yaml"),
                home.resolve("connectors/local-folder/connector.yaml"));
        program = new Program(home, Program.start(home));
        flows = program.flows();
        history = program.history();
    }

    @AfterAll
    static void stop() {
        program.context().close();
    }

    @Test
    void readsOnWhereTheRunBeforeCameUntilAnOperatorPutsItBack() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.createContext("/orders", exchange -> {
            asked.add(String.valueOf(exchange.getRequestURI().getQuery()));
            byte[] answer = "[{\"id\":1,\"changed\":\"2026-01-02T03:04:05Z\"}]".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        shop.start();
        try {
            Path folder = Files.createDirectories(home.resolve("connectors/stall/instances"));
            Files.writeString(folder.resolve("stall-one.yaml"), "instance: stall-one\nconnector: stall\n");
            Files.writeString(home.resolve("connectors/stall/connector.yaml"), """
                    connector: stall
                    version: 1.0.0
                    requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
                    endpoints:
                      orders.list:
                        kind: read
                        method: GET
                        path: /orders
                        incremental: { cursorField: changed, lower: { into: query, name: since } }
                    """.formatted(
                            shop.getAddress().getPort()));
            program.flow("growing", """
                    flow: growing
                    shapes:
                      - id: orders
                        connection: { instance: stall-one, endpoint: orders.list }
                      - id: told
                        notify: { per: record, log: info, text: "order ${record.id}" }
                    """);
            Cursors cursors = program.context().getBean(Cursors.class);
            PullCursor.Key key = new PullCursor.Key("growing", "stall-one", "orders.list");

            RunRecord first = program.run("growing", "{}");
            program.run("growing", "{}");

            assertThat(first.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(cursors.find(key).orElseThrow().run()).isEqualTo(first.id());
            assertThat(cursors.put(key, "2025-01-01T00:00:00Z").get(10, TimeUnit.SECONDS))
                    .isTrue();
            program.run("growing", "{}");
            assertThat(asked).containsExactly("null", "since=2026-01-02T03:04:05Z", "since=2025-01-01T00:00:00Z");
            assertThat(cursors.find(key).orElseThrow().position()).isEqualTo("2026-01-02T03:04:05Z");
        } finally {
            shop.stop(0);
        }
    }

    @Test
    void callsAnInstanceFromAPlainCamelRoute() throws Exception {
        HttpServer shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.createContext("/price", exchange -> {
            byte[] answer = "{\"price\":\"9.90\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        shop.start();
        try {
            Path folder = Files.createDirectories(home.resolve("connectors/till/instances"));
            Files.writeString(folder.resolve("till-one.yaml"), "instance: till-one\nconnector: till\n");
            Files.writeString(home.resolve("connectors/till/connector.yaml"), """
                    connector: till
                    version: 1.0.0
                    title: A till
                    auth: { open: { type: none } }
                    requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
                    endpoints:
                      price.read: { kind: read, title: The price, method: GET, path: /price }
                    """.formatted(
                            shop.getAddress().getPort()));
            Files.writeString(home.resolve("routes/till.camel.yaml"), """
                    - from:
                        uri: direct:till
                        steps:
                          - to: "connector:till-one/price.read"
                          - setBody: { jsonpath: { expression: "$.price", resultType: java.lang.String } }
                    """);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(camelRoutes())
                            .as(flows.problems().toString())
                            .contains("till"));
            try (ProducerTemplate calls =
                    program.context().getBean(PlainCamel.class).context().createProducerTemplate()) {
                assertThat(calls.requestBody("direct:till", null, String.class)).isEqualTo("9.90");
            }
        } finally {
            shop.stop(0);
        }
    }

    @Test
    void replaysAFileTooLargeForMemoryAndLeavesNothingOnDiskForIt() throws Exception {
        Path instances = Files.createDirectories(home.resolve("connectors/local-folder/instances"));
        Files.writeString(
                instances.resolve("large.yaml"),
                "instance: large\nconnector: local-folder\nsettings: { folder: data/large }\n");
        Path folder = Files.createDirectories(home.resolve("data/large/in"));
        byte[] content = new byte[3_000_000];
        new java.util.Random(11).nextBytes(content);
        Files.write(folder.resolve("film.bin"), content);
        Path inTheWay = Files.writeString(home.resolve("data/large/out"), "a file where a folder is due");
        program.flow("large", """
                flow: large
                shapes:
                  - { id: got, connection: { instance: large, endpoint: files.get, with: { folder: in } } }
                  - { id: put, retries: { count: 0 }, connection: { instance: large, endpoint: files.put, with: { path: out/film.bin } } }
                """);

        RunRecord run = program.run("large", "{}");
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.FAILED);
        FailedPayload failed = program.failed("large").get(0);
        assertThat(failed.shape()).isEqualTo("put");
        Files.delete(inTheWay);
        Files.delete(folder.resolve("film.bin"));
        RunRecord again = program.replay(failed, null);

        assertThat(again.status()).as(again.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(home.resolve("data/large/out/film.bin")).hasBinaryContent(content);
        await().untilAsserted(() ->
                assertThat(home.resolve("data").resolve(DataFolder.SPILL)).isEmptyDirectory());
    }

    @Test
    void startsAFlowForEachFileThatArrivesAndMovesItByHowItsRunEnded() throws Exception {
        Path inbox = Files.createDirectories(home.resolve("data/inbox"));
        Path folder = Files.createDirectories(home.resolve("connectors/local-folder/instances"));
        Files.writeString(
                folder.resolve("inbox.yaml"),
                "{instance: inbox, connector: local-folder, settings: {folder: data/inbox}}");
        program.flow("arriving", """
                flow: arriving
                trigger:
                  - file:
                      instance: inbox
                      path: .
                      pattern: "*.json"
                      every: 1s
                      stableFor: 1s
                      then: { succeeded: { move: archive }, failed: { move: failed } }
                shapes:
                  - id: dated
                    map: { fields: [ { to: day, from: placed, then: [ { date: { to: "yyyy-MM-dd" } } ] } ] }
                  - id: told
                    notify: { per: record, log: info, text: "${meta.file.name} on ${record.day}, ${meta.file.size} bytes" }
                """);
        Files.writeString(inbox.resolve("good.json"), "{\"placed\":\"2026-11-24\"}");
        Files.writeString(inbox.resolve("bad.json"), "{\"placed\":\"not a date\"}");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(inbox.resolve("archive/good.json")).exists();
            assertThat(inbox.resolve("failed/bad.json")).exists();
        });
        List<RunRecord> runs = history.runs(RunQuery.of("arriving", null, 10)).data();
        assertThat(runs)
                .extracting(run -> run.trigger() + " " + run.status())
                .containsExactlyInAnyOrder("file SUCCEEDED", "file FAILED");
        String good = runs.stream()
                .filter(run -> run.status() == RunStatus.SUCCEEDED)
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(history.run(good).orElseThrow().logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactly("good.json on 2026-11-24, 23 bytes");
        Files.delete(home.resolve("routes/arriving.flow.yaml"));
    }

    private static List<String> camelRoutes() {
        return program.context().getBean(PlainCamel.class).context().getRoutes().stream()
                .map(Route::getRouteId)
                .toList();
    }
}
