package io.patchbay.connector.camel;

import static io.patchbay.connector.camel.Lists.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.Growing;
import io.patchbay.connector.Use;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.Formats;
import io.patchbay.format.RecordWriter;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.KnownKeys;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in the formats of files are read record by record. */
class ContentAnswersTest extends ListPulls {

    private static final Use SKIPS =
            new Use(Map.of(), new Use.Response(), false, null, Growing.AS_DECLARED, null, true);

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void serves(String type, byte[] body) {
        lists.serve(exchange -> answer(exchange, type, body));
    }

    private void serves(String type, String body) {
        serves(type, body.replace('~', '\n').getBytes(StandardCharsets.UTF_8));
    }

    private void content(String content) throws Exception {
        lists.list("response: {content: {" + content + "}}\n");
    }

    private List<Pull.Element> skipping(@Nullable JsonNode from) throws Exception {
        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), from, from == null ? 0 : 1);
        return lists.world().pull(Lists.URI, attempt, SKIPS);
    }

    private static String textOf(Payload payload) {
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }

    private static List<String> told(List<Pull.Element> elements) {
        return elements.stream()
                .map(one -> one instanceof Pull.Page page
                        ? textOf(page.payload())
                        : one instanceof Pull.Aside aside
                                ? "aside " + textOf(aside.payload()).strip()
                                : one instanceof Pull.Failed failed
                                        ? failed.why().getMessage()
                                        : one.getClass().getSimpleName())
                .toList();
    }

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
        assertNothingLeft();
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

    @Test
    void anAnswerThatARuleCallsGoodAndIsNoSuccessHasNoRecords() throws Exception {
        lists.serve(exchange -> World.json(exchange, 404, "{\"error\":\"no stock today\"}"));
        lists.list("response: {content: {format: csv}}\n"
                + "errorHandler: {rules: [{match: {status: [404]}, action: success}]}\n");

        assertThat(told(lists.pull())).containsExactly("End");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "response: {content: {format: csv}}",
                "response: {content: {format: csv}}~paginator: {type: pageNumber, inject: {into: query, name: p}}",
                "recordSelector: {path: '$[*]', chunk: 5}",
            })
    void theTextOfAnErrorThatARuleCallsGoodIsNoRecord(String keys) throws Exception {
        lists.serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(404, 0);
            exchange.getResponseBody().write("sorry\nno stock today\n".getBytes(StandardCharsets.UTF_8));
        });
        lists.list(keys.replace('~', '\n') + "\nerrorHandler: {rules: [{match: {status: [404]}, action: success}]}\n");

        assertThat(told(lists.pull())).containsExactly("End");
    }

    @ParameterizedTest
    @CsvSource({"ignore, End", "fail, Failed", "retry, Failed"})
    void aLargeAnswerThatIsNotUsedLeavesNoFile(String action, String end) throws Exception {
        serves("text/csv", "id~" + "1~".repeat(200_000));
        lists.list("response: {content: {format: csv}}\n" + "errorHandler: {rules: [{match: {status: [200]}, action: "
                + action + "}]}\n");

        List<Pull.Element> all = lists.pull();

        assertThat(all)
                .singleElement()
                .satisfies(one -> assertThat(one.getClass()).hasToString("class io.patchbay.payload.Pull$" + end));
        assertNothingLeft();
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "format: csv | a,b~1,2~1,2,3~ | NOT_CSV | record 2, line 3, byte 8",
                "format: ndjson | {\"a\":1}~{\"a\":~ | NOT_NDJSON | record 2",
                "format: json | [{\"a\":1},{\"a\":{\"b\":tru}}] | NOT_JSON | field 'a.b'",
                "format: xml, records: '$.r.i[*]' | <r><i>1</i><i>2</r> | NOT_XML | record 2",
                "format: yaml | ^- a: [^ | NOT_YAML | yaml",
                "format: xlsx | id | NOT_XLSX | xlsx",
                "format: edifact | UNB+UNOC:3+A+B | NOT_EDIFACT | edifact",
                "format: csv | <!DOCTYPE html><html></html> | NOT_CSV | a page of HTML",
                "format: auto | what is this | UNKNOWN_FORMAT | 'content.format' can name it",
                "format: auto | <a><b/></a> | UNKNOWN_FORMAT | 'content.records' must say",
            })
    void whatIsBrokenIsToldWithTheRecord(String content, String body, String code, String said) throws Exception {
        serves("application/octet-stream", body);
        content(content);

        StepException why = lists.failure();

        assertThat(why.code()).isEqualTo(code);
        assertThat(why).hasMessageContaining("the answer").hasMessageContaining(said);
        assertThat(lists.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format: json | deep | nested deeper",
                "format: ndjson | deep | nested deeper",
                "format: xml, records: '$.a.b[*]' | bomb | document type",
                "format: csv | open | a row has more than",
            })
    void contentThatIsMadeToHarmEndsWithAClearError(String content, String kind, String said) throws Exception {
        String body = kind.equals("deep")
                ? "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}\n"
                : kind.equals("bomb")
                        ? "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;\">]><a><b>&y;</b></a>"
                        : "id\n\"" + "x".repeat(17 << 20);
        serves("application/octet-stream", body);
        lists.endpoint("GET", "/items", "response: {content: {" + content + "}}\n");
        lists.world().rewrite("timeout: 2s", "timeout: 30s, maxResponse: 1GB");

        assertThat(lists.failure()).hasMessageContaining("the answer").hasMessageContaining(said);
        assertNothingLeft();
    }

    @Test
    void aRowInAnotherCharacterSetThanTheAnswerSaysIsToldWithWhatOverrulesIt() throws Exception {
        serves("text/csv; charset=utf-8", "id,name\n1,M\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1));
        content("format: csv");

        assertThat(lists.failure())
                .hasMessageContaining("field 'name'")
                .hasMessageContaining("says of itself that it is in UTF-8, which 'response.encoding' overrules");
    }

    @Test
    void aDocumentThatWasCutIsAskedForAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        lists.serve(exchange -> answer(
                exchange,
                "application/json",
                (asked.getAndIncrement() == 0 ? "[{\"id\":1},{\"id\":" : "[{\"id\":1},{\"id\":2}]")
                        .getBytes(StandardCharsets.UTF_8)));
        content("format: json, chunk: 1");

        assertThat(ids(lists.pull())).containsExactly(1, 2);
        assertThat(lists.asked()).hasSize(2);
    }

    @Test
    void aRecordThatIsBrokenGoesAsideAndTheOthersGoOn() throws Exception {
        serves("text/csv", "id,name~1,a~2,b,c~3,d~4~");
        content("format: csv, chunk: 2, csv: {shortRows: fail}");

        List<Pull.Element> all = skipping(null);

        assertThat(told(all))
                .containsExactly(
                        "aside id,name\r\n2,b,c",
                        "aside id,name\r\n4",
                        "[{\"id\":\"1\",\"name\":\"a\"},{\"id\":\"3\",\"name\":\"d\"}]",
                        "End");
        assertThat(((Pull.Aside) all.get(0)).why())
                .hasMessageContaining("record 2")
                .hasMessageContaining("byte 12");
    }

    @Test
    void aPullThatBrokePutsTheSameRecordsAsideAgainAndNoOthers() throws Exception {
        serves("application/x-ndjson", "no~{\"id\":2}~{\"id\":3}~no~{\"id\":5}~");
        content("format: ndjson, chunk: 1");
        List<Pull.Element> before = skipping(null);
        JsonNode next = before.stream()
                .filter(Pull.Page.class::isInstance)
                .map(page -> ((Pull.Page) page).next())
                .findFirst()
                .orElseThrow();

        List<Pull.Element> rest = skipping(next);

        assertThat(ids(rest)).containsExactly(3, 5);
        assertThat(asides(rest)).containsExactlyElementsOf(asides(before)).doesNotHaveDuplicates();
    }

    private static List<Lineage> asides(List<Pull.Element> all) {
        return all.stream()
                .filter(Pull.Aside.class::isInstance)
                .map(one -> ((Pull.Aside) one).payload().lineage())
                .toList();
    }

    @Test
    void anotherRecordAtTheSamePlaceOfAnAnswerThatChangedIsAnotherOne() throws Exception {
        AtomicReference<String> body = new AtomicReference<>("{\"id\":1}\n{\"no\n");
        lists.serve(
                exchange -> answer(exchange, "application/x-ndjson", body.get().getBytes(StandardCharsets.UTF_8)));
        content("format: ndjson, chunk: 1");
        List<Lineage> before = asides(skipping(null));
        body.set("{\"id\":1}\n{\"other\n");

        assertThat(asides(skipping(null))).hasSize(1).doesNotContainAnyElementsOf(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "format: csv | a,b~1,2~1,2,3 | a,b~1,3 | [{\"a\":\"1\",\"b\":\"3\"}]",
                "format: ndjson | {\"a\":1}~{\"a\": | {\"a\":2} | [{\"a\":2}]",
            })
    void aRecordThatWentAsideIsReadAloneWhenItIsMendedAndNothingIsAskedForIt(
            String content, String body, String mended, String record) throws Exception {
        serves("text/plain", body + "\n");
        content(content);
        Payload aside = ((Pull.Aside) skipping(null).get(0)).payload();

        assertThatThrownBy(() -> again(aside)).hasMessageContaining("record 1");
        Body text = new Body.Bytes(
                (mended.replace('~', '\n') + "\n").getBytes(StandardCharsets.UTF_8),
                aside.body().contentType());
        assertThat(told(again(aside.withBody(text, RecordPath.ROOT)))).containsExactly(record, "End");
        assertThat(lists.asked()).hasSize(1);
    }

    private List<Pull.Element> again(Payload aside) throws Exception {
        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
        Exchange exchange = lists.world().call(Lists.URI, aside, attempt, SKIPS);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        try (Pull pull = (Pull) exchange.getMessage().getBody()) {
            return List.of(pull.next(), pull.next());
        }
    }

    @Test
    void pagesOfRowsAreCountedAndTheirBrokenRecordsAreToldApart() throws Exception {
        lists.serve(exchange -> {
            String page = Lists.query(exchange).get("page");
            String body = page.equals("1")
                    ? "id,name\n1,a\nx,y,z\n"
                    : page.equals("2") ? "id,name\n3,c\nx,y,z\n" : "id,name\n";
            answer(exchange, "text/csv", body.getBytes(StandardCharsets.UTF_8));
        });
        lists.list("response: {content: {format: csv}}\n"
                + "paginator: {type: pageNumber, inject: {into: query, name: page}, stopWhen: emptyPage}\n");

        List<Pull.Element> all = skipping(null);

        assertThat(ids(all)).containsExactly(1, 3);
        assertThat(all).last().isInstanceOf(Pull.End.class);
        assertThat(asides(all)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void nothingGoesAsideWhereWhatIsMissingIsToldAsDeleted() throws Exception {
        serves("text/csv", "id,name~1,a~2,b,c~");
        lists.list("response: {content: {format: csv}}\nrecordSelector: {path: '$[*]', primaryKey: [id]}\n"
                + "completeness: full\ndeletes: {type: missingInFull}\n");

        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0) {
            @Override
            public KnownKeys keys(String instance, String endpoint, String inputs, List<String> fields) {
                return new NoKeys();
            }
        };
        List<Pull.Element> all = lists.world().pull(Lists.URI, attempt, SKIPS);

        assertThat(all)
                .noneMatch(Pull.Aside.class::isInstance)
                .last()
                .isInstanceOfSatisfying(
                        Pull.Failed.class, failed -> assertThat(failed.why()).hasMessageContaining("record 2"));
    }

    /** Of a list that was never read before. */
    private record NoKeys() implements KnownKeys {
        @Override
        public String list() {
            return "items";
        }

        @Override
        public void found(List<String> keys) {}

        @Override
        public Missing compared() {
            return new Missing(0, 0, 0, true);
        }

        @Override
        public List<String> missing(@Nullable String after, int most) {
            return List.of();
        }

        @Override
        public void told() {}
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

        long seen = 0;
        long before = heap();
        long most = 0;
        try (Pull pull = lists.open()) {
            int looks = 0;
            while (pull.next() instanceof Pull.Page page) {
                seen += page.payload().recordCount();
                if (looks < 3 && seen > 25_000L * (looks + 1)) {
                    looks++;
                    most = Math.max(most, heap());
                }
            }
        }

        assertThat(seen).isEqualTo(records);
        assertThat(most - before).isLessThan(25_000_000); // the answer has 37 MB, and its records take twice that
        assertNothingLeft();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void assertNothingLeft() throws IOException {
        Path spill = lists.world().home().resolve("data/spill");
        if (Files.exists(spill)) {
            try (Stream<Path> left = Files.list(spill)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "response: {format: xml, content: {format: csv}} | an answer has one format",
                "response: {content: {format: xml}} | needs 'records'",
                "response: {content: {format: fixed}} | needs 'fixed', which names the columns",
                "response: {content: {format: csv, gzip: true}} | belong to requests and files that are written",
                "response: {content: {format: cvs}} | did you mean 'csv'",
                "response: {script: ./a.js, content: {format: csv}} | response.content reads it piece by piece",
                "response: {content: {format: csv}}~recordSelector: {path: '$.a[*]'} | write path: '$[*]'",
                "response: {content: {format: csv}}~recordSelector: {path: '$[*]', chunk: 5} | response.content.chunk",
                "response: {content: {format: csv}}~recordSelector: {path: '$[*]', columns: '$.c[*]'} | 'columns' reads an answer as a whole",
                "response: {content: {format: csv}}~paginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: c}} | a paginator of this type reads an answer as a whole",
                "response: {content: {format: csv}}~paginator: {type: pageNumber, totalPath: $.n, inject: {into: query, name: p}} | 'totalPath' reads an answer as a whole",
                "response: {content: {format: csv}}~incremental: {cursorField: $.next, type: token, lower: {into: query, name: c}} | a cursor of the answer reads",
            })
    void whatCannotBeReadSoIsRefusedWithTheFileOpen(String keys, String says) throws Exception {
        assertThat(lists.problems("GET", "/items", keys.replace('~', '\n') + "\n"))
                .anyMatch(problem -> problem.contains(says));
    }
}
