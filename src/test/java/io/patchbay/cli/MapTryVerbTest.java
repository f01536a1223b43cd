package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.Formats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code map try}: what a map makes of a sample. */
class MapTryVerbTest extends VerbsInAHome {

    @Test
    void triesAMapOnASample() throws IOException {
        file("routes/mapped.flow.yaml", """
                flow: mapped
                shapes:
                  - id: to-erp
                    map:
                      fields:
                        - { to: no, from: name, then: [ upper ] }
                        - { to: total, from: total, then: [ number ] }
                """);
        file("good.json", "{\"name\":\"a1\",\"total\":\"1.50\"}");
        file("bad.json", "[{\"name\":\"a1\",\"total\":\"x\"}]");

        Said good = say("map", "try", "mapped", "--sample", "good.json");
        Said bad = say("map", "try", "routes/mapped.flow.yaml", "--shape", "to-erp", "--sample", "bad.json");
        Said json = say("map", "try", "mapped", "--sample", "bad.json", "--json");

        assertThat(good.err()).isEmpty();
        assertThat(good.code()).isZero();
        assertThat(good.out()).contains("\"a1\" > upper: \"A1\"").contains("\"total\" : 1.5");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out())
                .contains("routes/mapped.flow.yaml:7:")
                .contains("field 'total': number: the value is not a number, it is text [BAD_FIELD]");
        assertThat(json.json().at("/records/0/failure/function").asText()).isEqualTo("number");
        file("twice.json", "{\"name\":1,\"name\":2}");
        file("deep.json", "[".repeat(10_000));
        assertThat(say("map", "try", "mapped", "--sample", "twice.json").err())
                .contains("File 'twice.json' cannot be read as json: the key 'name' stands twice in one object");
        assertThat(say("map", "try", "mapped", "--sample", "deep.json").err())
                .contains("File 'deep.json' cannot be read as json: the JSON is beyond a bound");
        assertThat(say("map", "try", "hello", "--sample", "good.json").err()).contains("Flow 'hello' has no map.");
        assertThat(say("map", "try", "mapped", "--sample", "none.json").err()).contains("There is no file none.json");
        assertThat(say("map", "try", "mapped", "--sample", "good.json", "--shape", "to-er")
                        .err())
                .contains("did you mean 'to-erp'?\n")
                .doesNotContain("?.");
    }

    @Test
    void triesAMapOnASampleOfAnyFormat() throws IOException {
        file("routes/mapped.flow.yaml", """
                flow: mapped
                shapes:
                  - map: { fields: [ { to: no, from: name } ] }
                """);
        file("rows.csv", "name,total\na,1\nb,2\n");
        file("lines.ndjson", "{\"name\":\"a\"}\n{\"name\":\"b\"}\n");
        file("stock.xml", "<stock><item><name>a</name></item><item><name>b</name></item></stock>");
        file("stock.yaml", "- name: a\n- name: b\n");
        file("columns.txt", "aa1\nbb2\n");
        String fixed = "{ format: fixed, fixed: { columns: [ { name: name, width: 2 }, { name: n, width: 1 } ] } }";
        try (OutputStream book = Files.newOutputStream(folder.resolve("book.xlsx"))) {
            Formats.of(FormatName.XLSX)
                    .document(
                            io.patchbay.payload.Json.MAPPER.readTree("[{\"name\":\"a\"}]"),
                            book,
                            FormatSettings.DEFAULT);
        }

        for (String[] sample : List.of(
                new String[] {"rows.csv"},
                new String[] {"lines.ndjson"},
                new String[] {"stock.xml", "--records", "$.stock.item[*]"},
                new String[] {"stock.yaml"})) {
            assertThat(result(sample).toString()).as(sample[0]).isEqualTo("[{\"no\":\"a\"},{\"no\":\"b\"}]");
        }
        assertThat(result("columns.txt", "--content", fixed).toString()).isEqualTo("[{\"no\":\"aa\"},{\"no\":\"bb\"}]");
        assertThat(result("rows.csv", "--format", "lines").toString()).isEqualTo("[{},{},{}]");
        assertThat(result("book.xlsx").toString()).isEqualTo("[{\"no\":\"a\"}]");
    }

    private JsonNode result(String... sample) throws IOException {
        List<String> args = new ArrayList<>(List.of("map", "try", "mapped", "--json", "--sample"));
        args.addAll(List.of(sample));
        return say(args.toArray(String[]::new)).json().get("result");
    }

    @Test
    void triesAMapOnOneRecordOfASample() throws IOException {
        file("routes/mapped.flow.yaml", """
                flow: mapped
                shapes:
                  - map: { fields: [ { to: no, from: name } ] }
                """);
        StringBuilder rows = new StringBuilder("name\n");
        for (int i = 1; i <= 150; i++) {
            rows.append("n").append(i).append('\n');
        }
        file("rows.csv", rows + "\"never closed\n");
        file("whole.csv", rows.toString());
        file("list.json", "[{\"name\":\"a\"},{\"name\":\"b\"}]");

        Said one = say("map", "try", "mapped", "--sample", "rows.csv", "--record", "130", "--json");
        assertThat(one.json().get("result").toString()).isEqualTo("[{\"no\":\"n130\"}]");
        assertThat(one.json().at("/records/0/number").asInt()).isEqualTo(130);
        assertThat(result("list.json", "--record", "2").toString()).isEqualTo("[{\"no\":\"b\"}]");
        assertThat(say("map", "try", "mapped", "--sample", "whole.csv", "--json")
                        .json()
                        .get("more")
                        .asInt())
                .isEqualTo(50);
        assertThat(say("map", "try", "mapped", "--sample", "list.json", "--record", "3")
                        .err())
                .contains("File 'list.json' has no record 3: it has 2 records.");
    }

    @Test
    void saysHowASampleIsToBeReadWhenItDoesNotKnow() throws IOException {
        file("routes/mapped.flow.yaml", """
                flow: mapped
                shapes:
                  - map: { fields: [ { to: no, from: name } ] }
                """);
        file("rows.csv", "name;total\na;1\nb;2\n");
        file("columns.txt", "aa1\nbb2\n");
        file("broken.csv", "name\na\n\"b\n");

        assertThat(tried("rows.csv", "").err())
                .contains("Values of file 'rows.csv' seem to stand between ';', and a flow has to say so")
                .contains("{ format: csv, csv: { delimiter: \";\" } }");
        assertThat(result("rows.csv", "--content", "{ format: csv, csv: { delimiter: ';' } }")
                        .toString())
                .isEqualTo("[{\"no\":\"a\"},{\"no\":\"b\"}]");
        assertThat(tried("columns.txt", "").err()).contains("says its format; name it.");
        assertThat(tried("columns.txt", "fixed").err()).contains("'format: fixed' needs 'fixed'");
        assertThat(tried("columns.txt", "fixd").err()).contains("did you mean 'fixed'?");
        assertThat(tried("broken.csv", "").err())
                .contains("File 'broken.csv' cannot be read as csv: ")
                .contains("record 2, line 3, byte 7");
        assertThat(tried("broken.csv", "").code()).isEqualTo(2);
    }

    private Said tried(String sample, String format) {
        return format.isEmpty()
                ? say("map", "try", "mapped", "--sample", sample)
                : say("map", "try", "mapped", "--sample", sample, "--format", format);
    }

    @Test
    void saysWhereASampleHasNoRecords() throws IOException {
        file("routes/mapped.flow.yaml", """
                flow: mapped
                shapes:
                  - id: to-erp
                    map: { fields: [ { to: no, from: name } ] }
                """);
        file("shop.json", "{ \"data\": { \"orders\": [ { \"name\": \"a\" } ], \"none\": [] } }");

        assertThat(tried("$.data.ordrs[*]").err())
                .contains("There is nothing at $.data.ordrs[*]; did you mean 'orders'?\n");
        assertThat(tried("$.data.orders.name").err())
                .contains(
                        "There is nothing at $.data.orders.name: no 'name' stands in a list, and a path goes through objects.");
        assertThat(tried("$.data.ordrs[*]").code()).isEqualTo(2);
        assertThat(tried("$.data.orders[*]").code()).isZero();
        assertThat(tried("$.data.none[*]").code()).isZero();
    }

    private Said tried(String records) {
        return say("map", "try", "mapped", "--sample", "shop.json", "--records", records);
    }
}
