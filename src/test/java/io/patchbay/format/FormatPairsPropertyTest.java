package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.YamlReader;
import io.patchbay.expression.FakeScope;
import io.patchbay.mapping.FieldMap;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A map gives the same of records as of the records that went through any two formats that can carry them. */
class FormatPairsPropertyTest {

    private static final List<String> NAMES = List.of("sku", "näme", "x-1");

    private static final FieldMap ROWS = map("""
            [ { to: key, from: [ sku, x-1 ], then: [ { join: / } ] }, { to: name.long, from: näme, then: [ upper ] },
              { to: size, from: sku, then: [ length ] } ]
            """);

    private static final FieldMap LINES = map("[ { to: sku, from: '@' } ]");

    private static final FieldMap ORDERS = map("""
            [ { to: id, from: no }, { to: "rows[*].code", from: "lines[*].sku" }, { to: "rows[*].n", from: "lines[*].count" },
              { to: lines, from: "lines[*].sku", then: [ count ] } ]
            """);

    /** Orders as messages, in two maps: the segments of the head and of the lines, then all of them in one list. */
    private static final FieldMap TO_SEGMENTS = map("""
            [ { to: "head[0]", value: { tag: BGM, elements: [ "220" ] } }, { to: "head[0].elements[1]", from: no },
              { to: "lines[*].elements[0]", from: "lines[*].count" }, { to: "lines[*].elements[1]", from: "lines[*].sku" },
              { to: "lines[*].tag", value: LIN } ]
            """);

    private static final FieldMap TO_MESSAGE = map("[ { to: segments, from: [ head, lines ], then: [ flatten ] } ]");

    private static final FieldMap FROM_MESSAGE = map("""
            [ { to: no, from: "segments[?@.tag == 'BGM'].elements[1]", then: [ first ] },
              { to: "lines[*].sku", from: "segments[?@.tag == 'LIN'].elements[1]" },
              { to: "lines[*].count", from: "segments[?@.tag == 'LIN'].elements[0]" } ]
            """);

    private record Way(FormatName name, FormatSettings settings) {
        @Override
        public String toString() {
            return name.word();
        }

        List<JsonNode> through(List<? extends JsonNode> records) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (RecordWriter writer = Formats.of(name).write(out, settings)) {
                for (JsonNode record : records) {
                    writer.write(record);
                }
            }
            List<JsonNode> read = new ArrayList<>();
            try (Records reading = Formats.of(name).read(new InMemory(out.toByteArray()), settings)) {
                for (JsonNode record = reading.next(); record != null; record = reading.next()) {
                    read.add(record);
                }
            }
            return read;
        }
    }

    private static FieldMap map(String fields) {
        Problems problems = new Problems();
        FieldMap map = new Binder(Map.of())
                .bind(new YamlReader().read("x.yaml", fields, problems).orElseThrow(), FieldMap.class, problems);
        assertThat(problems.list()).isEmpty();
        return map;
    }

    private static ArrayNode mapped(FieldMap map, List<? extends JsonNode> records) throws StepException {
        ArrayNode mapped = Json.NODES.arrayNode();
        for (JsonNode record : records) {
            mapped.add(map.apply(record, FakeScope.of("{}")));
        }
        return mapped;
    }

    private static FormatSettings settings(List<String> lists) {
        return settings(NAMES, lists);
    }

    private static FormatSettings settings(List<String> names, List<String> lists) {
        List<FixedSettings.Column> columns = names.stream()
                .map(name -> new FixedSettings.Column(name, null, 40, FixedSettings.Align.LEFT, " ", true))
                .toList();
        return new FormatSettings(
                StandardCharsets.UTF_8,
                CsvSettings.DEFAULT,
                JsonSettings.DEFAULT,
                new XmlSettings(lists, XmlSettings.Prefixes.DROP, List.of()),
                new FixedSettings(columns, FixedSettings.Ends.LF, 0),
                XlsxSettings.DEFAULT,
                EdiSettings.DEFAULT,
                Instant.EPOCH,
                RecordPath.parse("$.all.one[*]"),
                "all",
                "one");
    }

    private static List<Way> ways(List<String> lists, FormatName... names) {
        List<Way> ways = new ArrayList<>();
        for (FormatName name : names) {
            FormatSettings all = settings(lists);
            ways.add(new Way(name, name == FormatName.XML ? all : all.with(RecordPath.ROOT_LIST)));
        }
        return ways;
    }

    private static Arbitrary<String> texts(String... marks) {
        return Arbitraries.of(marks)
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts).strip());
    }

    private static Arbitrary<String> any() {
        return texts(
                "a",
                "B",
                ",",
                ";",
                "\"",
                "\"\"",
                "'",
                "\\",
                " ",
                "=1",
                "NO",
                "null",
                "007",
                "1e3",
                "<b>",
                "&amp;",
                "ü",
                "€",
                "𝄞",
                "#",
                "- x",
                "a: b",
                "%",
                "+",
                "{",
                "[",
                "~",
                "!!",
                "|",
                "2026-03-01",
                "_x0041_");
    }

    @Provide
    Arbitrary<List<ObjectNode>> rows() {
        return any().list()
                .ofSize(NAMES.size())
                .map(values -> {
                    ObjectNode row = Json.NODES.objectNode();
                    for (int i = 0; i < NAMES.size(); i++) {
                        row.put(NAMES.get(i), "v" + values.get(i));
                    }
                    return row;
                })
                .list()
                .ofMaxSize(5);
    }

    private static Arbitrary<List<ObjectNode>> orders(Arbitrary<String> texts) {
        Arbitrary<ObjectNode> line = Combinators.combine(
                        texts, Arbitraries.integers().between(0, 99))
                .as((sku, count) ->
                        Json.NODES.objectNode().put("sku", "s" + sku).put("count", Integer.toString(count)));
        return Combinators.combine(texts, line.list().ofMinSize(1).ofMaxSize(3))
                .as((no, lines) -> {
                    ObjectNode order = Json.NODES.objectNode().put("no", "n" + no);
                    order.putArray("lines").addAll(lines);
                    return order;
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<ObjectNode>> anyOrders() {
        return orders(any());
    }

    @Property(tries = 100)
    void rowsGoThroughAnyTwo(@ForAll("rows") List<ObjectNode> rows) throws Exception {
        through(
                ROWS,
                rows,
                ways(
                        List.of(),
                        FormatName.JSON,
                        FormatName.NDJSON,
                        FormatName.YAML,
                        FormatName.CSV,
                        FormatName.TSV,
                        FormatName.FIXED,
                        FormatName.XML));
    }

    /** Workbooks cost much: fewer tries. */
    @Property(tries = 10)
    void rowsGoThroughWorkbooks(@ForAll("rows") List<ObjectNode> rows) throws Exception {
        List<Way> others = ways(
                List.of(),
                FormatName.CSV,
                FormatName.TSV,
                FormatName.FIXED,
                FormatName.XML,
                FormatName.YAML,
                FormatName.NDJSON,
                FormatName.JSON);
        Way workbook = ways(List.of(), FormatName.XLSX).get(0);
        ArrayNode expected = mapped(ROWS, rows);
        List<JsonNode> once = workbook.through(rows);
        assertThat(mapped(ROWS, workbook.through(once))).isEqualTo(expected);
        for (Way other : others) {
            assertThat(mapped(ROWS, other.through(once)))
                    .as("xlsx, then %s", other)
                    .isEqualTo(expected);
            assertThat(mapped(ROWS, workbook.through(other.through(rows))))
                    .as("%s, then xlsx", other)
                    .isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<List<ObjectNode>> oneRow() {
        return rows().filter(rows -> !rows.isEmpty()).map(rows -> rows.subList(0, 1));
    }

    /** A form is one record. */
    @Property(tries = 100)
    void aRowGoesThroughFormsAndAnyOther(@ForAll("oneRow") List<ObjectNode> row) throws Exception {
        through(
                ROWS,
                row,
                ways(
                        List.of(),
                        FormatName.FORM,
                        FormatName.JSON,
                        FormatName.NDJSON,
                        FormatName.YAML,
                        FormatName.CSV,
                        FormatName.TSV,
                        FormatName.FIXED,
                        FormatName.XML));
    }

    @Property(tries = 10)
    void aRowGoesThroughFormsAndWorkbooks(@ForAll("oneRow") List<ObjectNode> row) throws Exception {
        through(ROWS, row, ways(List.of(), FormatName.FORM, FormatName.XLSX));
    }

    @Provide
    Arbitrary<List<JsonNode>> lines() {
        return any().<JsonNode>map(text -> Json.NODES.textNode("v" + text))
                .list()
                .ofMaxSize(5);
    }

    /** Records that are texts. */
    @Property(tries = 100)
    void linesGoThroughAnyTwoThatCarryTexts(@ForAll("lines") List<JsonNode> lines) throws Exception {
        through(
                LINES,
                lines,
                ways(List.of(), FormatName.LINES, FormatName.JSON, FormatName.NDJSON, FormatName.YAML, FormatName.XML));
    }

    @Provide
    Arbitrary<List<JsonNode>> oneText() {
        return Combinators.combine(any(), any())
                .as((one, other) -> List.of(Json.NODES.textNode("v" + one + "\n\r\n" + other + "\n")));
    }

    /** A text is one record, with its ends of lines. */
    @Property(tries = 100)
    void aTextGoesThroughAnyTwoThatCarryTexts(@ForAll("oneText") List<JsonNode> text) throws Exception {
        through(
                LINES,
                text,
                ways(List.of(), FormatName.TEXT, FormatName.JSON, FormatName.NDJSON, FormatName.YAML, FormatName.XML));
    }

    /** What becomes of lines is made into rows, and those go through any format of rows. */
    @Property(tries = 50)
    void rowsOfLinesGoThroughAnyFormatOfRows(@ForAll("lines") List<JsonNode> lines) throws Exception {
        ArrayNode expected = mapped(LINES, lines);
        List<JsonNode> rows = new ArrayList<>();
        mapped(LINES, ways(List.of(), FormatName.LINES).get(0).through(lines)).forEach(rows::add);
        FormatSettings one = settings(List.of("sku"), List.of()).with(RecordPath.ROOT_LIST);
        List<Way> ways = new ArrayList<>(ways(List.of(), FormatName.CSV, FormatName.TSV, FormatName.XML));
        ways.add(new Way(FormatName.FIXED, one));
        for (Way way : ways) {
            assertThat(way.through(rows)).as("%s", way).containsExactlyElementsOf(expected);
        }
    }

    @Property(tries = 100)
    void ordersGoThroughAnyTwo(@ForAll("anyOrders") List<ObjectNode> orders) throws Exception {
        through(
                ORDERS,
                orders,
                ways(List.of("$.all.one.lines"), FormatName.JSON, FormatName.NDJSON, FormatName.YAML, FormatName.XML));
    }

    @Provide
    Arbitrary<List<ObjectNode>> ordersOfEdifact() {
        return orders(texts("a", "B", "'", "+", ":", "?", "??", "*", "ü", " ", "0", "<", "-"));
    }

    @Provide
    Arbitrary<List<ObjectNode>> ordersOfX12() {
        return orders(texts("a", "B", "'", "+", "?", "#", "ü", " ", "0", "<", "-"));
    }

    @Property(tries = 100)
    void ordersGoThroughMessagesOfEdifact(@ForAll("ordersOfEdifact") List<ObjectNode> orders) throws Exception {
        messages(FormatName.EDIFACT, "ORDERS", "D:96A:UN", orders);
    }

    @Property(tries = 100)
    void ordersGoThroughMessagesOfX12(@ForAll("ordersOfX12") List<ObjectNode> orders) throws Exception {
        messages(FormatName.X12, "850", "004010", orders);
    }

    private static void messages(FormatName name, String type, String version, List<ObjectNode> orders)
            throws Exception {
        FormatSettings plain = settings(List.of()).with(RecordPath.ROOT_LIST);
        EdiSettings edi = new EdiSettings(
                "SENDER", "ZZ", "RECEIVER", "ZZ", "7", 1, "UNOC", "3", type, version, "PO", false, null, false);
        Way way = new Way(name, Enveloped.settings(plain, plain.charset(), edi));
        List<JsonNode> messages = new ArrayList<>();
        for (JsonNode order : orders) {
            messages.add(TO_MESSAGE.apply(TO_SEGMENTS.apply(order, FakeScope.of("{}")), FakeScope.of("{}")));
        }
        ArrayNode expected = mapped(ORDERS, orders);
        List<Way> seconds = new ArrayList<>(ways(List.of(), FormatName.JSON, FormatName.NDJSON, FormatName.YAML));
        seconds.add(way);
        for (Way second : seconds) {
            List<JsonNode> read = way.through(second.through(way.through(messages)));
            List<JsonNode> again = new ArrayList<>();
            mapped(FROM_MESSAGE, read).forEach(again::add);

            assertThat(mapped(ORDERS, again)).isEqualTo(expected);
        }
    }

    private static void through(FieldMap map, List<? extends JsonNode> records, List<Way> ways) throws Exception {
        ArrayNode expected = mapped(map, records);
        for (Way first : ways) {
            List<JsonNode> once = first.through(records);
            for (Way second : ways) {
                assertThat(mapped(map, second.through(once)))
                        .as("%s, then %s", first, second)
                        .isEqualTo(expected);
            }
        }
    }
}
