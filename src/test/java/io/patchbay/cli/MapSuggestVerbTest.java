package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapSuggestVerbTest {

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        file("connectors/shop/connector.yaml", """
                connector: shop
                version: 1.0.0
                requester: { baseUrl: 'https://shop.example.com' }
                endpoints:
                  orders.list: { kind: read, method: GET, path: /orders, recordSelector: { path: "$.orders[*]" } }
                  orders.create: { kind: write, method: POST, path: /orders, request: { schema: ./new.schema.json } }
                  orders.silent: { kind: read, method: GET, path: /silent }
                """);
        file("connectors/shop/instances/uk.yaml", "instance: uk\nconnector: shop\n");
        file("connectors/shop/new.schema.json", """
                { "type": "object", "required": ["orderNo", "depot"], "properties": {
                    "orderNo": { "type": "string" }, "depot": { "type": "string" },
                    "rows": { "type": "array", "items": { "type": "object", "properties": { "qty": { "type": "integer" } } } } } }
                """);
        file("connectors/shop/fixtures/orders.yaml", """
                endpoint: orders.list
                request: { method: GET, path: /orders }
                response: { body: { orders: [ { order_number: "7", lines: [ { quantity: "2" } ] } ] } }
                records: 1
                """);
    }

    @Test
    void proposesFieldsBetweenEndpoints() throws IOException {
        Said said = say("map", "suggest", "uk/orders.list", "shop/orders.create");

        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out()).isEqualTo("""
                fields:
                  - { to: orderNo, from: order_number } # sure: names mean the same
                  - { to: "rows[*].qty", from: "lines[*].quantity", then: [ { number: { decimals: 0 } } ] } # sure: names mean the same, text becomes a number
                # needed, and nothing was found for it:
                #   depot (text)
                """);
        file(
                "routes/made.flow.yaml",
                """
                flow: made
                shapes:
                  - connection: { instance: uk, endpoint: orders.list }
                  - map:
                """ + said.out().indent(6) + "  - connection: { instance: uk, endpoint: orders.create }\n");
        assertThat(say("check").out()).contains("needs 'depot'").contains("0 errors, 1 warning");
    }

    @Test
    void readsSamplesOfAnyFormatAndSchemas() throws IOException {
        file("rows.csv", "Order Number,Qty\nA1,2\nA2,3\n");
        file("order.xml", "<order><orderNo>A1</orderNo></order>");

        assertThat(say("map", "suggest", "rows.csv", "connectors/shop/new.schema.json")
                        .out())
                .contains("{ to: orderNo, from: \"['Order Number']\" }");
        assertThat(say("map", "suggest", "order.xml", "rows.csv", "--source-records", "$.order")
                        .out())
                .contains("{ to: \"['Order Number']\", from: orderNo }");
        assertThat(say("map", "suggest", "rows.csv", "uk/orders.create", "--json")
                        .json()
                        .at("/fields/0/sure")
                        .asText())
                .isEqualTo("sure");
    }

    @Test
    void readsRowsBetweenOtherMarksAndSaysSo() throws IOException {
        file("german.csv", "Order Number;Total;Note\nA1;12,50;a\nA2;1.200,00;b, c\n");
        file("erp.json", "[ { \"orderNo\": \"X\", \"total\": 1.5 } ]");

        Said said = say("map", "suggest", "german.csv", "erp.json");

        assertThat(said.out())
                .contains("{ to: orderNo, from: \"['Order Number']\" }")
                .contains(
                        "from: Total, then: [ { number: { decimalSeparator: \",\", groupSeparator: \".\" } } ] } # sure");
        assertThat(said.err())
                .contains("Values of german.csv seem to stand between ';'; a shape that reads it has to say so:"
                        + " csv: { delimiter: \";\" }.");
        assertThat(say("map", "suggest", "erp.json", "german.csv").code()).isZero();
    }

    @Test
    void goesOnBehindRecordsThatCannotBeReadAndSaysSo() throws IOException {
        file("ragged.csv", "Order Number,Qty\nA1,2,x\nA2,3\nA3,4,y\n");
        file("cut.csv", "Order Number,Qty\nA1,2\n\"A2,3\n");
        file("lines.ndjson", "{\"orderNo\":\n{\"orderNo\":\"A\"}\n");
        file("none.csv", "Order Number,Qty\nA1,2,x\n");

        Said ragged = say("map", "suggest", "ragged.csv", "uk/orders.create");
        assertThat(ragged.code()).isZero();
        assertThat(ragged.out()).contains("{ to: orderNo, from: \"['Order Number']\" }");
        assertThat(ragged.err())
                .contains("Left out of ragged.csv: 2 records that cannot be read. The first: row 2 has 3 values")
                .contains("(record 1, line 2, byte 17)");
        assertThat(say("map", "suggest", "cut.csv", "uk/orders.create").err())
                .contains("Left out of cut.csv: 1 record that cannot be read, and what stands behind.")
                .contains("record 2, line 3");
        assertThat(say("map", "suggest", "lines.ndjson", "uk/orders.create").out())
                .contains("{ to: orderNo, from: orderNo }");
        assertThat(say("map", "suggest", "none.csv", "uk/orders.create"))
                .extracting(Said::code)
                .isEqualTo(2);
    }

    @Test
    void saysInWhichLineNamesOfColumnsStand() throws IOException {
        file("titled.csv", "Orders of March\n\nOrder Number;Total\nA1;12,50\nA2;3,20\n");
        file("padded.csv", "Orders,,\nOrder Number,Qty,Note\nA1,2,x\n");

        assertThat(say("map", "suggest", "titled.csv", "uk/orders.create").err())
                .contains("The names of the columns seem to stand in line 3 of titled.csv")
                .contains("(tail -n +3)");
        assertThat(say("map", "suggest", "padded.csv", "uk/orders.create").err())
                .contains("line 2 of padded.csv");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        file("empty.json", "[]");

        assertThat(say("map", "suggest", "none.json", "uk/orders.create").err())
                .contains("There is no file none.json; name a sample, a JSON Schema, or INSTANCE/ENDPOINT.");
        assertThat(say("map", "suggest", "uk/orders.lisst", "uk/orders.create").err())
                .contains("'uk' has no endpoint 'orders.lisst'; did you mean 'orders.list'?");
        assertThat(say("map", "suggest", "ukk/orders.list", "uk/orders.create").err())
                .contains("did you mean 'uk'?");
        assertThat(say("map", "suggest", "uk/orders.silent", "uk/orders.create").err())
                .contains("Nothing is known of what 'uk/orders.silent' gives");
        file("shop.json", "{ \"orders\": [ { \"no\": 1 } ] }");
        assertThat(say("map", "suggest", "shop.json", "uk/orders.create", "--source-records", "$.ordrs[*]")
                        .err())
                .contains("In shop.json there is nothing at $.ordrs[*]; did you mean 'orders'?");
        Said empty = say("map", "suggest", "empty.json", "uk/orders.create");
        assertThat(empty.err()).contains("empty.json has no records with fields.");
        assertThat(empty.code()).isEqualTo(2);
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Said say(String... args) {
        return Said.by(folder, Map.of(), "", args);
    }
}
