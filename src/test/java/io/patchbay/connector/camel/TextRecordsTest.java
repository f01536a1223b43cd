package io.patchbay.connector.camel;

import static io.patchbay.connector.camel.Lists.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Pull;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that stand in an answer as one text. */
class TextRecordsTest extends ListPulls {

    private static final String SOAP = """
            response: {format: soap}
            recordSelector: {path: $.Got.Detail, textFormat: csv, filter: {field: id, isNot: '9'}}
            paginator: {type: pageNumber, inject: {into: query, name: page}, start: 1, pageSize: 2, totalPath: $.Got.Total}
            """;

    private static String envelope(String rows) {
        return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><Got><Total>4</Total><Detail>"
                + rows + "</Detail></Got></s:Body></s:Envelope>";
    }

    @Test
    void areRowsInAnElementReadPageByPage() throws Exception {
        lists.serve(exchange -> World.answer(
                exchange,
                200,
                "text/xml",
                envelope(
                        Lists.query(exchange).get("page").equals("1")
                                ? "id,name\r\n1,\"A &lt;&amp;, \"\"B\"\"\"\r\n2,C"
                                : "id,name\n9,gone\n3,\"two\nlines\"")));
        lists.list(SOAP);

        List<Pull.Element> all = lists.pull();

        assertThat(((Pull.Page) all.get(0)).payload().records())
                .extracting(Object::toString)
                .containsExactly("{\"id\":\"1\",\"name\":\"A <&, \\\"B\\\"\"}", "{\"id\":\"2\",\"name\":\"C\"}");
        assertThat(((Pull.Page) all.get(1)).payload().records())
                .extracting(Object::toString)
                .containsExactly("{\"id\":\"3\",\"name\":\"two\\nlines\"}");
        assertThat(lists.asked()).containsExactly("page=1", "page=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "json   | {\"data\":\"[{\\\"id\\\":1},{\\\"id\\\":2}]\"}",
                "json   | {\"data\":\"\\n[{\\\"id\\\":1},{\\\"id\\\":2}] \"}",
                "ndjson | {\"data\":\"{\\\"id\\\":1}\\n{\\\"id\\\":2}\\n\"}"
            })
    void areJsonInAMember(String format, String body) throws Exception {
        lists.serve(exchange -> World.json(exchange, 200, body));
        lists.list(selected(format));

        assertThat(ids(lists.pull())).containsExactly(1, 2);
    }

    private static String selected(String format) {
        return "recordSelector: {path: $.data, textFormat: " + format
                + "}\npaginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: c}}\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {"{\"data\":\"\"}", "{\"data\":null}", "{}", "{\"data\":\" \\n\"}"})
    void areNoneWhereThereIsNoText(String body) throws Exception {
        lists.serve(exchange -> World.json(exchange, 200, body));
        lists.list(selected("csv"));

        assertThat(lists.pull()).singleElement().isInstanceOf(Pull.End.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "csv  | {\"data\":\"id\\n1,2\"}    | row 2 has 2 values, and there is 1 column (record 1, line 2, byte 3)",
                "csv  | {\"data\":\"id,id\\n1,2\"} | a name stands twice",
                "json | {\"data\":\"[{\"}          | JSON",
                "json | {\"data\":[1]}             | a text with records was expected at $.data, found something else"
            })
    void failWhenTheTextIsNotWhatWasDeclared(String format, String body, String message) throws Exception {
        lists.serve(exchange -> World.json(exchange, 200, body));
        lists.list(selected(format));

        assertThat(lists.pull())
                .singleElement()
                .isInstanceOfSatisfying(
                        Pull.Failed.class, failed -> assertThat(failed.why()).hasMessageContaining(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recordSelector: {path: '$.a[*]', textFormat: csv}                           | let the path end with its name",
                "recordSelector: {path: $.a, textFormat: csv, chunk: 5}                      | take 'chunk' and 'columns' out",
                "recordSelector: {path: $.a, textFormat: json, csv: {delimiter: ;}}          | 'csv' belongs to 'textFormat: csv'",
                "response: {format: csv} # recordSelector: {path: $.a, textFormat: csv}      | reads a text within json, xml and soap"
            })
    void areRefusedWhereTheyCannotBe(String keys, String says) throws Exception {
        assertThat(lists.problems("GET", "/items", keys.replace(" # ", "\n") + "\n"))
                .anyMatch(problem -> problem.contains(says));
    }
}
