package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.App;
import io.patchbay.payload.Body;
import io.patchbay.problem.Problem;
import io.patchbay.route.Flows;
import io.patchbay.route.RevisionTexts;
import io.patchbay.route.plain.PlainCamel;
import io.patchbay.run.Cursors;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunHistory;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole program in this process: files in a folder, starts through the durable queue, runs in the database. */
class RuntimeTest {

    private static final String TOKEN = "a-token-of-a-test-that-is-long-enough";

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext program;
    private static Flows flows;
    private static RunHistory history;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("connectors/local-folder"));
        Files.copy(
                Path.of("connectors/local-folder/connector.yaml"),
                home.resolve("connectors/local-folder/connector.yaml"));
        program = SpringApplication.run(
                App.class,
                "--patchbay.home=" + home,
                "--server.port=0",
                "--patchbay.intake.port=0",
                "--patchbay.admin-token=" + TOKEN,
                "--patchbay.store.min-free=1MB");
        flows = program.getBean(Flows.class);
        history = program.getBean(RunHistory.class);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static void write(String name, String text) throws IOException {
        Path file = home.resolve("routes").resolve(name + ".flow.yaml");
        Path written = Files.writeString(home.resolve(name + ".new"), text);
        Files.move(written, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> flows.flow(name).map(Flows.View::revision).isPresent());
    }

    private static RunRecord run(String flow, String body) throws Exception {
        Body payload = new Body.Bytes(body.getBytes(StandardCharsets.UTF_8), "application/json");
        String id = flows.start(flow, "manual", payload, Map.of()).get(20, TimeUnit.SECONDS);
        return ended(id);
    }

    private static RunRecord ended(String id) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> history.run(id).filter(run -> run.endedAt() != null), Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void takesAPayloadThroughAFlowAndKeepsTheStory() throws Exception {
        write("totals", """
                flow: totals
                shapes:
                  - id: big
                    filter: { keep: { field: total, as: number, above: 5 } }
                  - id: told
                    notify: { per: record, log: info, text: "order ${record.id}" }
                  - id: summed
                    notify: { per: run, log: info, text: "told ${run.shapes.told.records}" }
                """);
        RunRecord run = run("totals", "[{\"id\":1,\"total\":\"10.00\"},{\"id\":2,\"total\":\"3\"}]");

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.logs()).extracting(RunRecord.LogLine::text).containsExactly("order 1", "told 1");
        assertThat(run.shapes()).extracting(RunRecord.ShapeRecord::recordsOut).startsWith(1L, 1L);
        await().untilAsserted(() -> assertThat(history.payloads(run.id(), "big", true))
                .hasSize(2)
                .last()
                .satisfies(kept -> assertThat(new String(kept.bytes(), StandardCharsets.UTF_8))
                        .isEqualTo("[{\"id\":1,\"total\":\"10.00\"}]")));
    }

    @Test
    void aScriptThatChangesIsANewVersionOfTheFlowsThatCallIt() throws Exception {
        Path script = home.resolve("routes/scripts/shout.js");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "function handle({ payload }) { return { payload: { id: payload.id + 1 } }; }");
        write("scripted", """
                flow: scripted
                shapes:
                  - id: shouted
                    script: { file: shout.js }
                  - id: told
                    notify: { per: record, log: info, text: "${record.id}" }
                """);
        String revision = flows.flow("scripted").orElseThrow().revision();
        assertThat(run("scripted", "{\"id\":1}").logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactly("2");

        long good = flows.generation();
        Files.writeString(script, "function handle({ payload }) {\n  return { payload: { id: payload.id + ; } };\n}");
        await().untilAsserted(() -> assertThat(flows.problems())
                .extracting(Problem::toString)
                .anyMatch(problem -> problem.startsWith("routes/scripts/shout.js:2:1: ")));
        assertThat(flows.flow("scripted").orElseThrow().revision()).isEqualTo(revision);

        await().until(() -> flows.generation() > good);
        long broken = flows.generation();
        Files.writeString(script, "function handle({ payload }) { return { payload: { id: payload.id + 10 } }; }");
        await().until(() -> flows.generation() > broken);
        assertThat(flows.flow("scripted").orElseThrow().revision()).isNotEqualTo(revision);
        assertThat(run("scripted", "{\"id\":1}").logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactly("11");
        assertThat(flows.problems())
                .extracting(problem -> problem.at().file())
                .doesNotContain("routes/scripts/shout.js");
    }

    @Test
    void startsUnderTheRevisionThatIsAskedFor() throws Exception {
        String text = """
                flow: versions
                variables: { %s: x }
                shapes:
                  - id: told
                    notify: { per: run, log: info, text: "%s ${flow.%s}" }
                """;
        write("versions", text.formatted("before", "first", "before"));
        String first = flows.flow("versions").orElseThrow().revision();
        write("versions", text.formatted("now", "second", "now"));
        await().until(() -> !first.equals(flows.flow("versions").orElseThrow().revision()));

        assertThat(flows.revisions("versions", 10))
                .extracting(RevisionTexts.Kept::revision)
                .containsExactly(flows.flow("versions").orElseThrow().revision(), first);
        assertThat(flows.revision("versions", first).orElseThrow())
                .isEqualTo(new Flows.AsKept(java.util.Set.of("before"), List.of()));
        assertThat(flows.revision("versions", "none")).isEmpty();
        RunRecord old = ended(flows.start("versions", "api", Body.EMPTY, Map.of("var.before", "y"), first)
                .get(20, TimeUnit.SECONDS));
        assertThat(old.revision()).isEqualTo(first);
        assertThat(old.logs()).extracting(RunRecord.LogLine::text).containsExactly("first y");
        assertThat(run("versions", "{}").logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactly("second x");
    }

    @Test
    void keepsAFailedPayloadAndReplaysItFromItsShape() throws Exception {
        write("careful", """
                flow: careful
                shapes:
                  - id: dated
                    map: { fields: [ { to: day, from: placed, then: [ { date: { to: "yyyy-MM-dd" } } ] } ] }
                  - id: told
                    notify: { per: record, log: info, text: "on ${record.day}" }
                """);
        RunRecord run = run("careful", "{\"placed\":\"not a date\"}");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);

        List<FailedPayload> failed = history.failed(FailedQuery.of("careful", FailedPayload.State.OPEN), null, 10)
                .data();
        assertThat(failed).hasSize(1);
        Body mended =
                new Body.Bytes("{\"placed\":\"2026-11-24\"}".getBytes(StandardCharsets.UTF_8), "application/json");
        String id = flows.replay(failed.get(0).id(), new Flows.Replay(mended, true, null))
                .get(20, TimeUnit.SECONDS);
        RunRecord again = ended(id);

        assertThat(again.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(again.parent()).isEqualTo(run.id());
        assertThat(again.logs()).extracting(RunRecord.LogLine::text).containsExactly("on 2026-11-24");
        await().untilAsserted(() -> assertThat(
                        history.failed(failed.get(0).id()).orElseThrow().state())
                .as("its replay succeeded")
                .isEqualTo(FailedPayload.State.RESOLVED));
    }

    @Test
    void startsAnotherFlowOnceForEachPayloadThatNamesItsParent() throws Exception {
        write("one-order", """
                flow: one-order
                variables: { shop: none, vip: false }
                shapes:
                  - id: told
                    notify: { per: record, log: info, text: "${record.id} of ${flow.shop} ${flow.vip} ${meta.kind}" }
                """);
        write("all-orders", """
                flow: all-orders
                shapes:
                  - id: marked
                    setVariables: { meta: { kind: web } }
                  - id: pairs
                    flowControl: { level: orders, size: 2 }
                  - id: handed-over
                    runFlow: { flow: one-order, variables: { shop: "12" } }
                  - id: told
                    notify: { per: run, log: info, text: "${run.shapes.handed-over.payloads} handed over" }
                """);

        RunRecord run = run("all-orders", "{\"orders\":[{\"id\":1},{\"id\":2},{\"id\":3}]}");

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.logs()).last().satisfies(line -> assertThat(line.text()).isEqualTo("2 handed over"));
        List<RunRecord> children = await().until(
                        () -> history.runs(new RunHistory.Query("one-order", RunStatus.SUCCEEDED, null, null, 10))
                                .data(),
                        found -> found.size() == 2);
        assertThat(children).allSatisfy(child -> {
            assertThat(child.parent()).isEqualTo(run.id());
            assertThat(child.trigger()).isEqualTo("flow");
        });
        assertThat(children)
                .flatExtracting(child -> ended(child.id()).logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactlyInAnyOrder("1 of 12 false web", "2 of 12 false web", "3 of 12 false web");
    }

    @Test
    void handsOnAPayloadThatLiesInAFileAndKeepsItsOwn() throws Exception {
        write("large-one", """
                flow: large-one
                shapes:
                  - { id: only-text, assert: { contains: { id: 7 } } }
                """);
        write("large-ones", """
                flow: large-ones
                shapes:
                  - { id: handed-over, runFlow: { flow: large-one } }
                  - { id: still-there, assert: { contains: { id: 7 } } }
                """);

        RunRecord run = run("large-ones", "{\"id\":7,\"text\":\"" + "x".repeat(200_000) + "\"}");

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.SUCCEEDED);
        RunRecord child = await().until(
                        () -> history.runs(new RunHistory.Query("large-one", null, null, null, 10))
                                .data(),
                        found -> found.size() == 1 && found.get(0).endedAt() != null)
                .get(0);
        assertThat(child.status()).as(child.reason()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void leavesAFlowRunningWhoseFileTurnsBadAndSaysWhere() throws Exception {
        write("steady", "flow: steady\nshapes:\n  - id: one\n    manualPayload: { json: [ { a: 1 } ] }\n");
        String before = flows.flow("steady").orElseThrow().revision();
        Files.writeString(
                home.resolve("routes/steady.flow.yaml"), "flow: steady\nshapes:\n  - id: one\n    fliter: {}\n");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !flows.flow("steady").orElseThrow().problems().isEmpty());

        Flows.View view = flows.flow("steady").orElseThrow();
        assertThat(view.revision()).isEqualTo(before);
        assertThat(view.problems().get(0).toString())
                .startsWith("routes/steady.flow.yaml:4:5: there is no shape 'fliter' [UNKNOWN_SHAPE]")
                .contains("did you mean 'filter'?");
        assertThat(run("steady", "{}").status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void explainsALayoutWithItsBarriers() throws Exception {
        write("explained", """
                flow: explained
                shapes:
                  - { id: all, manualPayload: { json: [ { a: 1 }, { a: 2 } ] } }
                  - { id: parts, flowControl: { size: 1 } }
                  - { id: each, notify: { per: payload, log: info, text: one } }
                  - { id: end, notify: { per: run, log: info, text: "done" } }
                """);
        String text = flows.explain("explained").orElseThrow();

        assertThat(text).contains("splitter: 'parts' yields many payloads").contains("id: explained@");
    }

    @Test
    void looksUpInATableThatIsAFileAndPassesCamelSteps() throws Exception {
        Files.createDirectories(home.resolve("routes/tables"));
        Files.writeString(home.resolve("routes/tables/carriers.csv"), "key,value\nexpress,DHL\n");
        write("shipping", """
                flow: shipping
                shapes:
                  - id: carrier
                    map: { fields: [ { to: by, from: code, then: [ { lookup: { table: carriers, else: STD } } ] } ] }
                  - id: shouted
                    camel:
                      outside: false
                      steps:
                        - setBody: { jsonpath: { expression: "$.by", resultType: java.lang.String } }
                        - setBody: { simple: '{ "loud": "${lowercase(${body})}!" }' }
                  - id: told
                    notify: { per: record, log: info, text: "${record.loud}" }
                """);

        RunRecord run = run("shipping", "{\"code\":\"express\"}");

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.logs()).extracting(RunRecord.LogLine::text).containsExactly("dhl!");
        assertThat(camelRoutes()).anyMatch(route -> route.startsWith("shipping/shouted@"));
    }

    @Test
    void holdsRecordsToASchemaThatIsAFileAndKeepsThoseThatDoNotConform() throws Exception {
        Files.createDirectories(home.resolve("routes/schemas"));
        Files.writeString(home.resolve("routes/schemas/held.json"), "{ \"required\": [ \"id\" ] }");
        write("held", """
                flow: held
                shapes:
                  - { id: whole, validate: { schema: held.json }, onError: skip }
                  - id: told
                    notify: { per: record, log: info, text: "order ${record.id}" }
                """);

        RunRecord run = run("held", "[{\"id\":1},{\"name\":\"x\"},{\"id\":3}]");

        assertThat(run.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(run.logs()).extracting(RunRecord.LogLine::text).contains("order 1", "order 3");
    }

    @Test
    void keepsPlainCamelRoutesAsTheirFilesAre() throws Exception {
        Path file = home.resolve("routes/audit.camel.yaml");
        Files.writeString(file, """
                - from:
                    uri: timer:audit
                    parameters: { period: 60000 }
                    steps:
                      - log: "still here"
                """);
        await().atMost(Duration.ofSeconds(10)).until(() -> camelRoutes().contains("audit"));

        Files.writeString(home.resolve("routes/wrong.camel.yaml"), """
                - from: { uri: "file:/etc", steps: [ { log: "x" } ] }
                """);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(flows.problems())
                                .extracting(Problem::toString)
                                .anyMatch(
                                        text -> text.startsWith(
                                                "routes/wrong.camel.yaml:1:16: component 'file' is not allowed [COMPONENT_NOT_ALLOWED]")));

        Files.delete(home.resolve("routes/wrong.camel.yaml"));
        Files.delete(file);
        await().atMost(Duration.ofSeconds(10)).until(() -> !camelRoutes().contains("audit"));
        await().until(() -> flows.problems().stream()
                .noneMatch(problem -> problem.at().file().contains("wrong")));
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
            write("growing", """
                    flow: growing
                    shapes:
                      - id: orders
                        connection: { instance: stall-one, endpoint: orders.list }
                      - id: told
                        notify: { per: record, log: info, text: "order ${record.id}" }
                    """);
            Cursors cursors = program.getBean(Cursors.class);
            PullCursor.Key key = new PullCursor.Key("growing", "stall-one", "orders.list");

            RunRecord first = run("growing", "{}");
            run("growing", "{}");

            assertThat(first.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(cursors.find(key).orElseThrow().run()).isEqualTo(first.id());
            assertThat(cursors.put(key, "2025-01-01T00:00:00Z").get(10, TimeUnit.SECONDS))
                    .isTrue();
            run("growing", "{}");
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
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(camelRoutes())
                            .as(flows.problems().toString())
                            .contains("till"));
            try (ProducerTemplate calls =
                    program.getBean(PlainCamel.class).context().createProducerTemplate()) {
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
        write("large", """
                flow: large
                shapes:
                  - { id: got, connection: { instance: large, endpoint: files.get, with: { folder: in } } }
                  - { id: put, retries: { count: 0 }, connection: { instance: large, endpoint: files.put, with: { path: out/film.bin } } }
                """);

        RunRecord run = run("large", "{}");
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.FAILED);
        FailedPayload failed = history.failed(FailedQuery.of("large", FailedPayload.State.OPEN), null, 10)
                .data()
                .get(0);
        assertThat(failed.shape()).isEqualTo("put");
        Files.delete(inTheWay);
        Files.delete(folder.resolve("film.bin"));
        RunRecord again = ended(
                flows.replay(failed.id(), new Flows.Replay(null, true, null)).get(20, TimeUnit.SECONDS));

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
        write("arriving", """
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
        List<RunRecord> runs = history.runs(new RunHistory.Query("arriving", null, null, null, 10))
                .data();
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
        return program.getBean(PlainCamel.class).context().getRoutes().stream()
                .map(Route::getRouteId)
                .toList();
    }
}
