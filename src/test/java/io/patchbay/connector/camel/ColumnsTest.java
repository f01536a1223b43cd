package io.patchbay.connector.camel;

import static io.patchbay.connector.camel.Lists.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Pull;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are lists of values, with their names elsewhere in the answer. */
class ColumnsTest extends ListPulls {

    private static final String SELECTOR =
            "recordSelector: {path: '$.rows[*]', columns: '$.meta.columns[*].name', filter: {field: id, atLeast: 2}";
    private static final String BEFORE =
            "{\"meta\":{\"more\":true,\"columns\":[{\"name\":\"id\"},{\"name\":\"sku\"}]},";

    private void serves(String body) {
        lists.serve(exchange -> World.json(exchange, 200, body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"}\npaginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: c}}", ", chunk: 2}"
            })
    void becomeObjectsBeforeTheyAreLookedAt(String chunk) throws Exception {
        serves(BEFORE + "\"rows\":[[1,\"A\"],[2,\"B\"],[3],{\"id\":4,\"x\":true}]}");
        lists.list(SELECTOR + chunk);

        List<Pull.Element> all = lists.pull();

        assertThat(ids(all)).containsExactly(2, 3, 4);
        assertThat(((Pull.Page) all.get(0)).payload().records().get(0)).hasToString("{\"id\":2,\"sku\":\"B\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"}\npaginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: c}}", ", chunk: 2}"
            })
    void mayBeNamedBehindThem(String chunk) throws Exception {
        serves("{\"rows\":[[2,\"B\"],[3,\"C\"]],\"meta\":{\"columns\":[{\"name\":\"id\"},{\"name\":\"sku\"}]}}");
        lists.list(SELECTOR + chunk);

        assertThat(ids(lists.pull())).containsExactly(2, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"}\npaginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: c}}", ", chunk: 2}"
            })
    void mayHaveAKeyTwiceWhereTheLastValueIsMeant(String chunk) throws Exception {
        serves("{\"meta\":{\"columns\":[{\"name\":\"x\",\"name\":\"id\"},{\"name\":\"sku\"}]},\"rows\":[[2,\"B\"]]}");
        lists.list("response: {json: {duplicateKeys: last}}\n" + SELECTOR + chunk);

        assertThat(ids(lists.pull())).containsExactly(2);
    }

    @Test
    void areReadPageByPage() throws Exception {
        lists.serve(exchange -> {
            boolean first = Lists.query(exchange).get("firstResult").equals("1");
            String rows = first ? "[[2,\"B\"],[3,\"C\"]]" : "[[4,\"D\"]]";
            World.json(exchange, 200, (first ? BEFORE : BEFORE.replace("true", "false")) + "\"rows\":" + rows + "}");
        });
        lists.list(SELECTOR
                + "}\npaginator: {type: offset, inject: {into: query, name: firstResult}, start: 1, pageSize: 2,"
                + " hasMorePath: $.meta.more}");

        assertThat(ids(lists.pull())).containsExactly(2, 3, 4);
        assertThat(lists.asked()).containsExactly("firstResult=1", "firstResult=3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"rows\":[[1,2]]} | a record has 2 values, and the answer names 0 columns (recordSelector.columns)",
                "{\"meta\":{\"columns\":[{\"name\":\"id\"}]},\"rows\":[[1,2]]} | a record has 2 values, and the answer names 1 columns",
                "{\"meta\":{\"columns\":[{\"name\":\"id\"},{\"x\":1}]},\"rows\":[]} | column 2 of the answer has no name at $.name",
                "{\"meta\":{\"columns\":[{\"name\":\"a\"},{\"name\":\"a\"}]},\"rows\":[]} | two columns of one name"
            })
    void failWhereAValueWouldBeLost(String body, String message) throws Exception {
        serves(body);
        lists.list(SELECTOR + "}\npaginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: c}}");

        assertFails(message);
    }

    @Test
    void failWhenTheAnswerIsCutBeforeTheirNames() throws Exception {
        serves("{\"rows\":[[2,\"B\"]],\"meta\":{\"col");
        lists.list(SELECTOR + ", chunk: 2}");

        assertFails("JSON");
    }

    private void assertFails(String message) throws Exception {
        assertThat(lists.pull())
                .singleElement()
                .isInstanceOfSatisfying(
                        Pull.Failed.class, failed -> assertThat(failed.why()).hasMessageContaining(message));
    }

    @Test
    void aLongAnswerNeedsAFewMegabytes() throws Exception {
        int records = 150_000;
        lists.serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = new java.io.BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
                out.write("{\"rows\":[".getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < records; i++) {
                    out.write(((i == 0 ? "[" : ",[") + (i + 2) + ",\"" + "x".repeat(400) + "\"]")
                            .getBytes(StandardCharsets.UTF_8));
                }
                out.write("],\"meta\":{\"columns\":[{\"name\":\"id\"},{\"name\":\"sku\"}]}}"
                        .getBytes(StandardCharsets.UTF_8));
            }
        });
        lists.list(SELECTOR + ", chunk: 500}");
        lists.world().rewrite("timeout: 2s", "timeout: 30s, maxResponse: 1GB");

        Lists.Read read = lists.readThrough(74_999);

        assertThat(read.records()).isEqualTo(records);
        assertThat(read.memory()).isLessThan(20_000_000); // the answer has 60 MB
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recordSelector: {path: '$.rows', columns: '$.c[*].name'}     | 'columns' belongs to a list of records",
                "recordSelector: {path: '$.rows[*]', columns: '$.c.name'}     | must lead to a name in each item of a list",
                "response: {format: xml} # recordSelector: {path: '$.rows[*]', columns: '$.c[*]'} | 'columns' reads json"
            })
    void areRefusedWhereTheyCannotBe(String keys, String says) throws Exception {
        assertThat(lists.problems("GET", "/items", keys.replace(" # ", "\n") + "\n"))
                .anyMatch(problem -> problem.contains(says));
    }
}
