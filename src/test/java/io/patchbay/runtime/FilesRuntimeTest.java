package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.Formats;
import io.patchbay.format.RecordWriter;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.route.Flows;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.trigger.intake.Intake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole program and content of formats: as it arrives, and as it is read from a folder with a record that is broken. */
class FilesRuntimeTest {

    @TempDir
    static Path home;

    private static Program program;
    private static Path inbox;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Path scripts = Files.createDirectories(home.resolve("routes/scripts"));
        Files.writeString(
                scripts.resolve("some.js"),
                "function handle({ payload }) { return payload.sku === 'E' ? { payload: null } : { payload }; }");
        inbox = Files.createDirectories(home.resolve("data/inbox"));
        Path instances = Files.createDirectories(home.resolve("connectors/desk/instances"));
        Files.writeString(home.resolve("connectors/desk/connector.yaml"), """
                connector: desk
                version: 1.0.0
                requester: { baseUrl: 'file:data/inbox' }
                endpoints:
                  stock.get: { kind: read, file: { op: read, path: stock.csv } }
                  stock.read:
                    kind: read
                    file: { op: read, path: stock.csv, content: { format: csv, chunk: 2 } }
                """);
        Files.writeString(instances.resolve("desk.yaml"), "{ instance: desk, connector: desk }");
        program = new Program(home, Program.start(home));
    }

    @AfterAll
    static void stop() {
        program.context().close();
    }

    @Test
    void refusesEditedContentForAShapeThatReadsByItself() throws Exception {
        Files.deleteIfExists(inbox.resolve("stock.csv"));
        program.flow("unread", """
                flow: unread
                shapes:
                  - id: stock
                    onError: skip
                    connection: { instance: desk, endpoint: stock.read }
                  - id: told
                    notify: { per: record, log: info, text: "${record.sku} ${record.qty}" }
                """);
        program.run("unread", "{}");
        FailedPayload failed = program.failed("unread").get(0);
        Body mended = new Body.Bytes("sku,qty\nB,2\n".getBytes(StandardCharsets.UTF_8), "text/csv");

        assertThatThrownBy(() -> program.replay(failed, mended))
                .hasMessageContaining(
                        "'stock' reads from desk/stock.read and not what it is given, so edited content would be"
                                + " passed over");
        Body records =
                new Body.Bytes("[{\"sku\":\"B\",\"qty\":2}]".getBytes(StandardCharsets.UTF_8), "application/json");
        RunRecord behind = program.ended(program.flows()
                .replay(failed.id(), new Flows.Replay(records, true, "told"))
                .get(20, TimeUnit.SECONDS));
        assertThat(program.told(behind)).containsExactly("B 2");
    }

    @Test
    void replaysARowOfAFileMendedAndAloneAtTheShapeThatReads() throws Exception {
        Files.writeString(inbox.resolve("stock.csv"), BrokenStock.ROWS);

        FailedPayload failed = BrokenStock.read(program);

        assertThat(failed.message()).contains("file 'stock.csv'", "record 2", "byte 12");
        assertThat(failed.payload().meta()).containsEntry("file.name", "stock.csv");
        BrokenStock.mend(program, failed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by-endpoint | [ { id: read, onError: skip, connection: { instance: desk, endpoint: stock.read } }",
                "by-convert | [ { id: got, connection: { instance: desk, endpoint: stock.get } },"
                        + " { id: read, onError: skip, convert: { from: csv, to: json, chunk: 2 } }",
            })
    void aRecordThatFailsInALaterShapeIsToldByItsNumberInTheFile(String flow, String shapes) throws Exception {
        Files.writeString(inbox.resolve("stock.csv"), "sku,qty\nA,1\nB,2,2\nC,3\nD,4\nE,5\nF,x\nG,7\n");
        program.flow(flow, "flow: " + flow + "\nshapes: " + shapes + """
                , { id: some, filter: { drop: { field: sku, is: E } } }
                , { id: mapped, map: { fields: [ { to: sku, from: sku }, { to: qty, from: qty, then: [ { number: {} } ] } ] } }
                , { id: told, notify: { per: record, log: info, text: "${record.sku}" } } ]
                """);

        program.run(flow, "{}");

        FailedPayload failed = program.failed(flow).stream()
                .filter(one -> one.shape().equals("mapped"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.message()).startsWith("record 1: ").endsWith("(record 6 of file 'stock.csv')");
        assertThat(failed.payload().meta()).containsEntry("source.records", "6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "split | { id: a, map: { jq: '{ items: [ ., . ] }' } }, { id: b, split: { level: items } }",
                "explode | { id: a, map: { jq: '{ items: [ . ] }' } }, { id: b, map: { explode: { list: items }, fields:"
                        + " [ { to: sku, from: items.sku }, { to: qty, from: items.qty } ] } }",
                "group | { id: a, map: { group: { by: [ sku ] }, fields: [ { to: sku, from: sku }, { to: qty, from: qty } ] } }",
                "script | { id: a, script: { file: some.js, each: record } }",
                "dedupe | { id: a, deDupe: { pool: numbers, key: sku, behaviour: filter } }",
                "route | { id: a, route: { paths: [ { name: some, when: { field: sku, in: [ C, E, F, G ] } },"
                        + " { name: rest, otherwise: true } ] } }",
                "branch | { id: a, branch: { paths: [ { name: one, shapes: [ { id: b, filter: { drop: { field: sku, is: E } } } ] } ] } }",
                "batches | { id: a, flowControl: { size: 1 } }",
                "collected | { id: a, flowControl: { size: 1 } }, { id: b, collect: { size: 4 } }",
                "by-sku | { id: b, collect: { size: 4, by: '${record.sku}' } }"
            })
    void aRecordKeepsItsNumberBehindShapesThatMakeOthers(String name, String shapes) throws Exception {
        Files.writeString(inbox.resolve("stock.csv"), "sku,qty\nA,1\nB,2,2\nC,3\nD,4\nE,5\nF,x\nG,7\n");
        String flow = "numbers-" + name;
        program.flow(flow, "flow: " + flow + """
                shapes:
                  [ { id: read, onError: skip, connection: { instance: desk, endpoint: stock.read } }
                  , %s
                  , { id: mapped, map: { fields: [ { to: sku, from: sku }, { to: qty, from: qty, then: [ { number: {} } ] } ] } }
                  , { id: told, notify: { per: record, log: info, text: "${record.sku}" } } ]
                """.formatted(shapes).indent(0).replace("shapes:", "\nshapes:"));

        program.run(flow, "{}");

        assertThat(program.failed(flow))
                .filteredOn(one -> one.shape().equals("mapped"))
                .isNotEmpty()
                .allSatisfy(
                        one -> assertThat(one.message()).contains("'qty'").endsWith("(record 6 of file 'stock.csv')"));
    }

    @Test
    void readsAnInterchangeAndAWorkbookThatArrive() throws Exception {
        Path arriving = Files.createDirectories(home.resolve("data/inbox/arriving"));
        program.flow("arriving", """
                flow: arriving
                trigger:
                  - file:
                      instance: desk
                      path: arriving
                      every: 1s
                      stableFor: 1s
                      then: { succeeded: { move: archive }, failed: { move: failed } }
                shapes:
                  - id: records
                    convert: { from: auto, to: json, chunk: 10 }
                  - id: told
                    notify: { log: info, text: "${meta.file.name} ${payload[0]}" }
                """);
        Files.writeString(
                arriving.resolve("orders.edi"),
                "UNA:+.? 'UNB+UNOC:3+SHOP+ERP+260301:1000+1'UNH+1+ORDERS:D:96A:UN'BGM+220+PO-1+9'UNT+3+1'UNZ+1+1'");
        Path book = home.resolve("stock.xlsx");
        try (OutputStream out = Files.newOutputStream(book);
                RecordWriter writer = Formats.of(FormatName.XLSX).write(out, FormatSettings.DEFAULT)) {
            writer.write(Json.MAPPER.readTree("{\"sku\":\"A\"}"));
        }
        Files.move(book, arriving.resolve("stock.xlsx"));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(program.runs("arriving"))
                        .extracting(run -> run.status() + " " + program.told(run))
                        .hasSize(2)
                        .anySatisfy(
                                run -> assertThat(run).startsWith("SUCCEEDED").contains("orders.edi", "PO-1"))
                        .anySatisfy(
                                run -> assertThat(run).startsWith("SUCCEEDED").contains("stock.xlsx {\"sku\":\"A\"}")));
        Files.delete(home.resolve("routes/arriving.flow.yaml"));
    }

    @Test
    void readsPackedLinesThatAreSentToAWebhook() throws Exception {
        program.flow("sent", """
                flow: sent
                trigger: [ { webhook: { path: sent, auth: none } } ]
                shapes:
                  - id: records
                    convert: { from: auto, unpack: gzip, to: json }
                  - id: told
                    notify: { per: record, log: info, text: "got ${record.a}" }
                """);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8));
        }
        int port = program.context().getBean(Intake.class).port();
        for (String type : List.of("application/gzip", "application/octet-stream", "application/x-ndjson")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hooks/sent"))
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(202);
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(program.runs("sent"))
                        .hasSize(3)
                        .allSatisfy(run -> assertThat(run.endedAt()).isNotNull())
                        .extracting(run -> run.status() + " " + program.told(run))
                        .containsOnly("SUCCEEDED [got 1, got 2]"));
    }

    @Test
    void answersACallerThatSendsRowsWithRecords() throws Exception {
        program.flow("asked", """
                flow: asked
                trigger: [ { callback: { path: asked, method: POST, auth: none } } ]
                shapes:
                  - id: records
                    convert: { from: auto, to: json }
                  - id: answer
                    callback: { answer: one }
                """);
        int port = program.context().getBean(Intake.class).port();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/callbacks/asked"))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString("sku,qty\nA,1\nB,2\n"))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .contains("{\"sku\":\"A\",\"qty\":\"1\"},{\"sku\":\"B\",\"qty\":\"2\"}");
    }
}
