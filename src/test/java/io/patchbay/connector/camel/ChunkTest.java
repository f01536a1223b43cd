package io.patchbay.connector.camel;

import static io.patchbay.connector.camel.Lists.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Pull;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One answer with a long list, read piece by piece. */
class ChunkTest extends ListPulls {

    private static final String JSON =
            "response: {format: json}\nrecordSelector: {path: '$.data.items[*]', chunk: 3}\n";

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void serves(String type, String body) {
        lists.serve(exchange -> answer(exchange, type, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String json(int from, int count) {
        return "{\"meta\":{\"items\":[{\"id\":99}]},\"data\":{\"items\":" + Lists.items(from, count)
                + "},\"after\":[{\"id\":98}]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "json   | $.items[*]      | {\"a\":{\"items\":[1]},\"items\":[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4}]}",
                "ndjson | $[*]            | ^{\"id\":1}\n{\"id\":2}\n\n{\"id\":3}\n{\"id\":4}\n^",
                "csv    | $[*]            | ^id,name\r\n1,a\r\n2,b\r\n3,\"c\nd\"\r\n4,e\r\n^",
                "xml    | $.r.list.item[*] | <r><item><id>9</id></item><list><item><id>1</id></item><x><item/></x>"
                        + "<item><id>2</id></item><item><id>3</id></item><item><id>4</id></item></list></r>",
            })
    void readsEveryFormOfListInPayloadsOfSoManyRecords(String format, String path, String body) throws Exception {
        serves("text/plain", body);
        lists.list("response: {format: " + format + "}\nrecordSelector: {path: '" + path + "', chunk: 3}\n");

        List<Pull.Element> all = lists.pull();

        assertThat(ids(all)).containsExactly(1, 2, 3, 4);
        assertThat(all).hasSize(3).last().isInstanceOf(Pull.End.class);
        assertThat(((Pull.Page) all.get(0)).payload().records()).hasSize(3);
        assertThat(lists.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"data\":{\"items\":[]}}", "{\"data\":{\"items\":null}}", "{\"data\":7}", "{}", "[]", "7"})
    void whatHasNoSuchListHasNoRecords(String body) throws Exception {
        serves("application/json", body);
        lists.list(JSON);

        assertThat(lists.pull()).singleElement().isInstanceOf(Pull.End.class);
    }

    @Test
    void rowsInAnotherCharacterSetAreNoRowsAndNotAskedForAgain() throws Exception {
        lists.serve(exchange -> answer(
                exchange, "text/csv; charset=utf-8", "id,name\n1,Müller\n".getBytes(StandardCharsets.ISO_8859_1)));
        lists.list("response: {format: csv}\nrecordSelector: {path: '$[*]', chunk: 3}\n");

        List<Pull.Element> all = lists.pull();

        assertThat(((Pull.Failed) all.get(all.size() - 1)).why()).satisfies(why -> {
            assertThat(why.code()).isEqualTo("NOT_CSV");
            assertThat(why.retryable()).isFalse();
            assertThat(why)
                    .hasMessageContaining(
                            "none of its character set (UTF-8); 'response.encoding' can name another one");
        });
        assertThat(lists.asked()).hasSize(1);
    }

    @Test
    void aPullThatWasBrokenGoesOnBehindWhatWasDelivered() throws Exception {
        serves("application/json", json(1, 7));
        lists.list(JSON);

        List<Pull.Element> rest = lists.pullBehind(lists.pull(), 1);

        assertThat(ids(rest)).containsExactly(4, 5, 6, 7);
        assertThat(lists.asked()).hasSize(2);
    }

    @Test
    void aPullThatWasBrokenBeginsAnewWhenTheAnswerIsAnotherNow() throws Exception {
        AtomicReference<String> body = new AtomicReference<>(json(1, 7));
        lists.serve(exchange -> answer(exchange, "application/json", body.get().getBytes(StandardCharsets.UTF_8)));
        lists.list(JSON);
        List<Pull.Element> before = lists.pull();
        body.set(json(2, 6));
        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), ((Pull.Page) before.get(0)).next(), 1);

        List<Pull.Element> rest = lists.world().pull(Lists.URI, attempt, null);

        assertThat(ids(rest)).containsExactly(2, 3, 4, 5, 6, 7);
        assertThat(attempt.log()).anyMatch(line -> line.contains("is not what it was before"));
    }

    @Test
    void anAnswerThatWasCutFailsBehindTheRecordsThatCame() throws Exception {
        serves("application/json", "{\"data\":{\"items\":[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4},{\"id\":");
        lists.list(JSON);

        List<Pull.Element> all = lists.pull();

        assertThat(ids(all)).containsExactly(1, 2, 3);
        assertThat(all)
                .last()
                .isInstanceOfSatisfying(
                        Pull.Failed.class, failed -> assertThat(failed.why()).hasMessageContaining("JSON"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":{\"items\":[{\"id\":1}]},\"data\":{}} | the key 'data' stands twice in one object, and records stand in it",
                "{\"data\":{\"items\":[{\"id\":1}],\"items\":[]}} | the key 'items' stands twice in one object, and records stand in it",
                "{\"data\":{\"items\":[{\"id\":1,\"id\":2}]}} | the key 'id' stands twice in one object",
                "{\"data\":{\"items\":[{\"id\":1}]}} [2] | more follows behind the JSON",
            })
    void whatWouldHideRecordsBehindTheListIsAFailure(String body, String said) throws Exception {
        serves("application/json", body);
        lists.list(JSON);

        assertThat(lists.pull())
                .last()
                .isInstanceOfSatisfying(
                        Pull.Failed.class, failed -> assertThat(failed.why()).hasMessageContaining(said));
    }

    @Test
    void aCutBehindTheListIsSeenToo() throws Exception {
        serves("application/json", "{\"data\":{\"items\":[{\"id\":1}]},\"more\":[1,");
        lists.list(JSON);

        assertThat(lists.pull()).last().isInstanceOf(Pull.Failed.class);
    }

    @Test
    void anErrorPageInPlaceOfAListIsToldAsOne() throws Exception {
        serves("text/html", "<html><body>Sign in</body></html>");
        lists.list(JSON);

        assertThat(lists.pull())
                .last()
                .isInstanceOfSatisfying(
                        Pull.Failed.class, failed -> assertThat(failed.why()).hasMessageContaining("HTML"));
    }

    @Test
    void recordsAreFilteredAndExpandedPieceByPiece() throws Exception {
        serves(
                "application/json",
                "{\"data\":{\"items\":[{\"no\":1,\"paid\":true,\"lines\":[{\"id\":1},{\"id\":2}]},"
                        + "{\"no\":2,\"paid\":false,\"lines\":[{\"id\":9}]},{\"no\":3,\"paid\":true},"
                        + "{\"no\":4,\"paid\":true,\"lines\":[{\"id\":3}]}]}}");
        lists.list("recordSelector: {path: '$.data.items[*]', chunk: 2, filter: {field: paid, is: true},"
                + " expand: lines, parentAs: order}\n");

        List<Pull.Element> all = lists.pull();

        assertThat(ids(all)).containsExactly(1, 2, 3);
        assertThat(((Pull.Page) all.get(0)).payload().records().get(1))
                .hasToString("{\"id\":2,\"order\":{\"no\":1,\"paid\":true}}");
    }

    @Test
    void aFileInGzipIsUnpacked() throws Exception {
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("{\"id\":1}\n{\"id\":2}\n".getBytes(StandardCharsets.UTF_8));
        }
        lists.serve(exchange -> answer(exchange, "application/gzip", packed.toByteArray()));
        lists.list("response: {format: ndjson}\nrecordSelector: {path: '$[*]', chunk: 3}\n");

        assertThat(ids(lists.pull())).containsExactly(1, 2);
    }

    @Test
    void aLargeAnswerNeedsAFewMegabytesOfMemoryAndLeavesNoFile() throws Exception {
        int records = 300_000;
        lists.serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new java.io.BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
                out.write("{\"data\":{\"items\":[".getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < records; i++) {
                    out.write(((i == 0 ? "" : ",") + "{\"id\":" + i + ",\"text\":\"" + "x".repeat(400) + "\"}")
                            .getBytes(StandardCharsets.UTF_8));
                }
                out.write("]}}".getBytes(StandardCharsets.UTF_8));
            }
        });
        lists.endpoint("GET", "/items", JSON.replace("chunk: 3", "chunk: 500"));
        lists.world().rewrite("timeout: 2s", "timeout: 30s, maxResponse: 1GB");

        Lists.Read read = lists.readThrough(99_500);

        assertThat(read.records()).isEqualTo(records);
        assertThat(read.memory()).isLessThan(40_000_000); // the answer has 130 MB
        try (Stream<Path> left = Files.list(lists.world().home().resolve("data/spill"))) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recordSelector: {path: '$.items', chunk: 5}                     | let the path end with [*]",
                "recordSelector: {path: '$[*]', chunk: 0}                        | from 1 to 100000 records",
                "recordSelector: {path: '$[*]', parentAs: order}                 | belongs to 'expand'",
                "recordSelector: {path: '$[*]', expand: $.lines}                 | without $.",
                "recordSelector: {path: '$', filter: {field: a, is: 1}}          | let the path end with [*]",
                "recordSelector: {path: '$[*]', filter: {field: a, is: '${flow.b}'}} | 'flow' cannot be read here",
                "{response: {format: csv}, recordSelector: {path: '$.a[*]', chunk: 5}} | rows and lines",
                "{response: {format: text}, recordSelector: {path: '$[*]', chunk: 5}} | reads json, ndjson, csv and xml",
                "{response: {format: xml}, recordSelector: {path: '$.a[*]', chunk: 5}} | below the root element",
            })
    void whatCannotBeReadSoIsRefusedWithTheFileOpen(String keys, String says) throws Exception {
        String text =
                keys.startsWith("{") ? keys.substring(1, keys.length() - 1).replace("}, rec", "}\nrec") : keys;

        assertThat(lists.problems("GET", "/items", text + "\n")).anyMatch(problem -> problem.contains(says));
    }
}
