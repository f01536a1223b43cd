package io.patchbay.connector.camel;

import static io.patchbay.connector.camel.Lists.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Use;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.Formats;
import io.patchbay.format.RecordWriter;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in the formats of files are read record by record. */
class ContentAnswersTest extends ContentPulls {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "format: json, records: '$.items[*]' | {\"items\":[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"3\"}]}",
                "format: json | [{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"3\"}]",
                "format: ndjson | {\"id\":\"1\"}~{\"id\":\"2\"}~{\"id\":\"3\"}~",
                "format: csv, csv: {delimiter: ';', shortRows: fail} | id~1~2~3~",
                "format: tsv | ^id~1~2~3~^",
                "format: fixed, fixed: {columns: [{name: id, width: 3}]} | ^1  ~2  ~3  ~^",
                "format: yaml | ^- id: '1'~- id: '2'~- id: '3'~^",
                "format: xml, records: '$.items.item[*]' | <items><item><id>1</id></item><item><id>2</id></item><item><id>3</id></item></items>",
            })
    void recordsComeSoManyAtATime(String content, String body) throws Exception {
        serves("application/octet-stream", body);
        content(content + ", chunk: 2");

        List<Pull.Element> all = lists.pull();

        assertThat(told(all)).containsExactly("[{\"id\":\"1\"},{\"id\":\"2\"}]", "[{\"id\":\"3\"}]", "End");
        assertThat(lists.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "text/csv; charset=utf-8 | id~1~2~",
                "text/tab-separated-values | ^id~1~2~^",
                "application/x-ndjson | {\"id\":\"1\"}~{\"id\":\"2\"}~",
                "application/vnd.shop+json | [{\"id\":\"1\"},{\"id\":\"2\"}]",
                "application/yaml | ^- id: '1'~- id: '2'~^",
                "text/plain | ^id,no~1,1~2,2~^",
                "application/octet-stream | {\"id\":1}~{\"id\":2}~",
            })
    void theMediaTypeOrTheBeginningSaysTheFormat(String type, String body) throws Exception {
        serves(type, body);
        content("format: auto");

        List<Pull.Element> all = lists.pull();

        assertThat(ids(all)).containsExactly(1, 2);
        assertThat(all).last().isInstanceOf(Pull.End.class);
    }

    @Test
    void xmlIsToldByItsMediaTypeWhereItsRecordsAreSaid() throws Exception {
        serves("application/xml", "<r><i><id>1</id></i><i><id>2</id></i></r>");
        content("format: auto, records: '$.r.i[*]'");

        assertThat(ids(lists.pull())).containsExactly(1, 2);
    }

    @Test
    void rowsOfAWorkbookAreRecords() throws Exception {
        ByteArrayOutputStream workbook = new ByteArrayOutputStream();
        try (RecordWriter out = Formats.of(FormatName.XLSX).write(workbook, FormatSettings.DEFAULT)) {
            out.write(Json.MAPPER.readTree("{\"id\":1}"));
            out.write(Json.MAPPER.readTree("{\"id\":2}"));
        }
        serves("application/octet-stream", workbook.toByteArray());
        content("format: auto");

        assertThat(ids(lists.pull())).containsExactly(1, 2);
        lists.world().assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "paginator: {type: pageNumber, inject: {into: query, name: page}}"})
    void membersOfAZipFileAreRead(String paging) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (String member : List.of("a.csv|id\n1\n2\n", "b.ndjson|{\"id\":3}\n")) {
                zip.putNextEntry(new ZipEntry(member.substring(0, member.indexOf('|'))));
                zip.write(member.substring(member.indexOf('|') + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        lists.serve(exchange -> answer(
                exchange,
                "application/zip",
                Lists.query(exchange).getOrDefault("page", "1").equals("1") ? packed.toByteArray() : new byte[0]));
        lists.list("response: {content: {format: auto, unpack: zip}}\n" + paging + "\n");

        List<Pull.Element> all = lists.pull();

        assertThat(ids(all)).containsExactly(1, 2, 3);
        assertThat(all).last().isInstanceOf(Pull.End.class);
        lists.world().assertNothingLeft();
    }

    @Test
    void aPageOfHtmlIsNoZipFile() throws Exception {
        serves("text/html", "<html><body>sorry</body></html>");
        content("format: csv, unpack: zip");

        assertThat(told(lists.pull())).last().asString().contains("is no zip file that is taken");
    }

    @Test
    void messagesOfAnInterchangeAreRecords() throws Exception {
        serves(
                "application/edifact",
                "UNA:+.? 'UNB+UNOC:3+SHOP+ERP+260301:1000+1'UNH+1+ORDERS:D:96A:UN'BGM+220+PO-1+9'UNT+3+1'"
                        + "UNH+2+ORDERS:D:96A:UN'BGM+220+PO-2+9'UNT+3+2'UNZ+2+1'");
        content("format: auto, chunk: 1");

        assertThat(told(lists.pull()))
                .satisfiesExactly(
                        first -> assertThat(first).contains("PO-1"),
                        second -> assertThat(second).contains("PO-2"),
                        end -> assertThat(end).isEqualTo("End"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "format: text | one~two | [\"one\\ntwo\"]",
                "format: lines | one~two | [\"one\",\"two\"]",
                "format: form | a=1&b=2 | [{\"a\":\"1\",\"b\":\"2\"}]",
            })
    void aTextOrAFormIsOneRecordAndLinesAreSeveral(String content, String body, String records) throws Exception {
        serves("text/plain", body);
        content(content);

        assertThat(told(lists.pull())).containsExactly(records, "End");
    }

    @Test
    void noContentHasNoRecords() throws Exception {
        serves("application/xml", new byte[0]);
        content("format: xml, records: '$.r.i[*]'");

        assertThat(told(lists.pull())).containsExactly("End");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "text/csv; charset='utf-8' | content: {format: csv}",
                "text/csv; charset=a:/b | format: csv}~recordSelector: {path: '$[*]', chunk: 5"
            })
    void aWordThatIsTheNameOfNoCharacterSetIsPassedOver(String type, String response) throws Exception {
        serves(type, "id~1~");
        lists.list("response: {" + response.replace('~', '\n') + "}\n");

        assertThat(told(lists.pull())).first().isEqualTo("[{\"id\":\"1\"}]");
    }

    @Test
    void aGzipFileIsUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("id\n1\n2\n".getBytes(StandardCharsets.UTF_8));
        }
        serves("application/gzip", packed.toByteArray());
        content("format: csv");

        assertThat(ids(lists.pull())).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv; charset=iso-8859-1 | {content: {format: csv}}",
                "text/csv | {content: {format: csv, charset: iso-8859-1}}",
                "text/csv; charset=utf-8 | {encoding: iso-8859-1, content: {format: csv}}",
                "application/json; charset=utf-8 | {content: {format: json, charset: iso-8859-1}}",
            })
    void theCharacterSetIsThatOfTheAnswerUnlessTheConnectorOverrulesIt(String type, String response) throws Exception {
        String body = response.contains("json") ? "[{\"name\":\"Müller\"}]" : "name\nMüller\n";
        serves(type, body.getBytes(StandardCharsets.ISO_8859_1));
        lists.list("response: " + response + "\n");

        assertThat(told(lists.pull())).containsExactly("[{\"name\":\"Müller\"}]", "End");
    }

    @Test
    void recordsAreFilteredAndExpanded() throws Exception {
        serves("text/csv", "id,state~1,open~2,paid~3,open~");
        lists.list("response: {content: {format: csv, chunk: 2}}\n"
                + "recordSelector: {path: '$[*]', filter: {field: state, is: open}}\n");

        assertThat(ids(lists.pull())).containsExactly(1, 3);
    }

    @Test
    void theAnswerOfAWriteIsReadAsAWhole() throws Exception {
        lists.world().serve("/api/items", exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, "text/csv", "id,state\n1,taken\n2,refused\n".getBytes(StandardCharsets.UTF_8));
        });
        lists.world().shop("""
                items.send:
                  kind: write
                  method: POST
                  path: /items
                  response: {content: {format: csv}}
                """);

        Payload answer = lists.world()
                .answer(
                        "connector:shop/items.send",
                        World.payload("[{\"id\":1}]"),
                        new FakeAttempt(Map.of(), Map.of(), null, 0),
                        new Use(Map.of(), new Use.Response(), false));

        assertThat(answer.records()).hasSize(2).last().hasToString("{\"id\":\"2\",\"state\":\"refused\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "write | format: json",
                "upsert | format: ndjson",
                "delete | content: {format: json}",
                "action | content: {format: ndjson}",
                "subscribe | content: {format: auto}",
            })
    void ofAKeyThatStandsTwiceInTheAnswerToWhatIsDoneTheLastValueIsTaken(String kind, String response)
            throws Exception {
        lists.world().serve("/api/items", exchange -> World.json(exchange, 200, "{\"id\":1,\"id\":2}"));
        lists.world().shop("""
                items.send: {kind: %s, method: POST, path: /items, response: {%s}}
                """.formatted(kind, response));

        Payload answer = lists.world()
                .answer(
                        "connector:shop/items.send",
                        World.payload("[{\"id\":1}]"),
                        new FakeAttempt(Map.of(), Map.of(), null, 0),
                        new Use(Map.of(), new Use.Response(), false));

        assertThat(answer.records()).singleElement().hasToString("{\"id\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {"format: json, json: {duplicateKeys: fail}", "content: {format: json, json: {duplicateKeys: fail}}"
            })
    void whatTheEndpointSaysOfSuchKeysHolds(String response) throws Exception {
        lists.world().serve("/api/items", exchange -> World.json(exchange, 200, "{\"id\":1,\"id\":2}"));
        lists.world().shop("""
                items.send: {kind: write, method: POST, path: /items, response: {%s}}
                """.formatted(response));

        assertThat(lists.world()
                        .call(
                                "connector:shop/items.send",
                                World.payload("[{\"id\":1}]"),
                                new FakeAttempt(Map.of(), Map.of(), null, 0),
                                new Use(Map.of(), new Use.Response(), false))
                        .getException())
                .hasMessageContaining("the key 'id' stands twice");
    }

    @Test
    void theRequestSaysWhichFormatItTakes() throws Exception {
        AtomicReference<String> accepted = new AtomicReference<>();
        lists.serve(exchange -> {
            accepted.set(exchange.getRequestHeaders().getFirst("Accept"));
            answer(exchange, "text/csv", "id\n1\n".getBytes(StandardCharsets.UTF_8));
        });
        content("format: csv");

        lists.pull();

        assertThat(accepted.get()).startsWith("text/csv");
    }

    @Test
    void aLargeAnswerNeedsAFewMegabytesOfMemoryAndLeavesNoFile() throws Exception {
        int records = 90_000;
        byte[] rest = (",\"" + "x".repeat(400) + "\"\r\n").getBytes(StandardCharsets.UTF_8);
        lists.serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/csv");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
                out.write("id,text\r\n".getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < records; i++) {
                    out.write(String.valueOf(i).getBytes(StandardCharsets.UTF_8));
                    out.write(rest);
                }
            }
        });
        lists.endpoint("GET", "/items", "response: {content: {format: auto, chunk: 500}}\n");
        lists.world().rewrite("timeout: 2s", "timeout: 30s, maxResponse: 1GB");

        Lists.Read read = lists.readThrough(25_000);

        assertThat(read.records()).isEqualTo(records);
        assertThat(read.memory()).isLessThan(25_000_000); // the answer has 37 MB, and its records take twice that
        lists.world().assertNothingLeft();
    }
}
