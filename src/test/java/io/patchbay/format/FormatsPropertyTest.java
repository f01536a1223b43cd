package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is read again as what it was, in every format, and from one format to any other. */
class FormatsPropertyTest {

    private static final List<String> NAMES = List.of("a", "b", "c d", "é", "x-1");

    private static FormatSettings settings(Charset charset, CsvSettings csv) {
        return settings(charset, csv, FixedSettings.Ends.CRLF);
    }

    private static FormatSettings settings(Charset charset, CsvSettings csv, FixedSettings.Ends ends) {
        List<FixedSettings.Column> columns = NAMES.stream()
                .map(name -> new FixedSettings.Column(name, null, 40, FixedSettings.Align.LEFT, " ", true))
                .toList();
        return new FormatSettings(
                charset,
                csv,
                JsonSettings.DEFAULT,
                XmlSettings.DEFAULT,
                new FixedSettings(columns, ends, 0),
                XlsxSettings.DEFAULT,
                EdiSettings.DEFAULT,
                java.time.Instant.EPOCH,
                null,
                null,
                null);
    }

    private static FormatSettings settings() {
        return settings(StandardCharsets.UTF_8, CsvSettings.DEFAULT);
    }

    private static byte[] written(FormatName name, List<? extends JsonNode> records, FormatSettings settings)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = Formats.of(name).write(out, settings)) {
            for (JsonNode record : records) {
                writer.write(record);
            }
        }
        return out.toByteArray();
    }

    private static List<JsonNode> read(FormatName name, byte[] bytes, FormatSettings settings) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        try (Records reading = Formats.of(name).read(new InMemory(bytes), settings)) {
            for (JsonNode record = reading.next(); record != null; record = reading.next()) {
                records.add(record);
            }
        }
        return records;
    }

    private static JsonNode document(FormatName name, JsonNode value, FormatSettings settings) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.of(name).document(value, out, settings);
        return Formats.of(name).document(new InMemory(out.toByteArray()), settings);
    }

    /** Texts that any format has to carry: no halves of characters and no control characters. */
    private static Arbitrary<String> texts() {
        Arbitrary<String> marks = Arbitraries.of(
                "", "a", ",", ";", "\"", "\"\"", "'", "\\", "\n", "\r\n", " ", "\t", "=1", "NO", "null", "007", "1e3",
                "<b>", "&amp;", "ü", "€", "𝄞", "#", "- x", "a: b", "%", "+", "{", "[", "~", "!!", "|", "\u0085",
                "\u2028", "\uFEFF");
        return marks.list().ofMaxSize(4).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> texts = texts().map(Json.NODES::textNode);
        Arbitrary<JsonNode> whole = Arbitraries.bigIntegers().map(YamlLike::whole);
        Arbitrary<JsonNode> decimal =
                Arbitraries.bigDecimals().ofScale(7).map(number -> (JsonNode) Json.NODES.numberNode(number));
        Arbitrary<JsonNode> long1 = Arbitraries.of("1E+30", "0.10", "12345678901234567890.12345678901234567890", "1E-7")
                .map(text -> (JsonNode) Json.NODES.numberNode(new BigDecimal(text)));
        Arbitrary<JsonNode> flat = Arbitraries.oneOf(
                texts,
                whole,
                decimal,
                long1,
                Arbitraries.of(true, false).map(Json.NODES::booleanNode),
                Arbitraries.just(Json.NODES.nullNode()));
        return Arbitraries.lazyOf(() -> flat, () -> flat, () -> flat, this::lists, this::objects);
    }

    private Arbitrary<JsonNode> lists() {
        return values().list().ofMaxSize(3).map(items -> Json.NODES.arrayNode().addAll(items));
    }

    private Arbitrary<JsonNode> objects() {
        return Arbitraries.maps(texts(), values()).ofMaxSize(3).map(members -> {
            ObjectNode object = Json.NODES.objectNode();
            object.setAll(members);
            return object;
        });
    }

    private interface YamlLike {
        static JsonNode whole(BigInteger number) {
            return number.bitLength() < 32
                    ? Json.NODES.numberNode(number.intValue())
                    : number.bitLength() < 64
                            ? Json.NODES.numberNode(number.longValue())
                            : Json.NODES.numberNode(number);
        }
    }

    @Provide
    Arbitrary<List<ObjectNode>> rows() {
        return texts().list()
                .ofSize(NAMES.size())
                .map(FormatsPropertyTest::row)
                .list()
                .ofMaxSize(6);
    }

    private static ObjectNode row(List<String> values) {
        ObjectNode row = Json.NODES.objectNode();
        for (int i = 0; i < NAMES.size(); i++) {
            row.put(NAMES.get(i), values.get(i));
        }
        return row;
    }

    /** Rows of what columns of fixed width can carry. */
    @Provide
    Arbitrary<List<ObjectNode>> narrow() {
        return rows().map(rows -> rows.stream()
                .map(row -> {
                    ObjectNode narrow = Json.NODES.objectNode();
                    row.properties()
                            .forEach(field -> narrow.put(
                                    field.getKey(),
                                    field.getValue()
                                            .textValue()
                                            .replaceAll("[\\r\\n]", "")
                                            .stripTrailing()));
                    return narrow.put("a", "x" + narrow.path("a").asText());
                })
                .toList());
    }

    @Property(tries = 300)
    void jsonAndYamlCarryEveryValue(@ForAll("values") JsonNode value) throws IOException {
        assertThat(document(FormatName.JSON, value, settings()).toString()).isEqualTo(value.toString());
        assertThat(document(FormatName.YAML, value, settings()).toString()).isEqualTo(value.toString());
    }

    @Property(tries = 200)
    void yamlCarriesEveryValueAlsoInASmallCharacterSet(@ForAll("values") JsonNode value) throws IOException {
        FormatSettings latin = settings(StandardCharsets.ISO_8859_1, CsvSettings.DEFAULT);

        assertThat(document(FormatName.YAML, value, latin).toString()).isEqualTo(value.toString());
    }

    @Property(tries = 200)
    void linesAndItemsCarryEveryRecord(@ForAll("rows") List<ObjectNode> rows) throws IOException {
        for (FormatName name : List.of(FormatName.JSON, FormatName.NDJSON, FormatName.YAML)) {
            assertThat(read(name, written(name, rows, settings()), settings())).isEqualTo(rows);
        }
    }

    @Property(tries = 300)
    void rowsCarryEveryText(@ForAll("rows") List<ObjectNode> rows) throws IOException {
        CsvSettings escaped = new CsvSettings(
                ";", true, List.of(), "'", "\\", CsvSettings.ShortRows.FAIL, true, CsvSettings.Formulas.KEEP);
        for (FormatSettings way : List.of(
                settings(),
                settings(StandardCharsets.UTF_16LE, CsvSettings.DEFAULT),
                settings(StandardCharsets.UTF_8, escaped))) {
            assertThat(read(FormatName.CSV, written(FormatName.CSV, rows, way), way))
                    .isEqualTo(rows);
            assertThat(read(FormatName.TSV, written(FormatName.TSV, rows, way), way))
                    .isEqualTo(rows);
        }
    }

    @Property(tries = 200)
    void columnsOfFixedWidthCarryWhatFits(@ForAll("narrow") List<ObjectNode> rows) throws IOException {
        for (FixedSettings.Ends ends : FixedSettings.Ends.values()) {
            for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
                FormatSettings way = settings(charset, CsvSettings.DEFAULT, ends);

                assertThat(read(FormatName.FIXED, written(FormatName.FIXED, rows, way), way))
                        .as("%s, %s", ends, charset)
                        .isEqualTo(rows);
            }
        }
    }

    @Property(tries = 200)
    void aFormCarriesEveryText(@ForAll("rows") List<ObjectNode> rows) throws IOException {
        for (ObjectNode row : rows) {
            assertThat(document(FormatName.FORM, row, settings())).isEqualTo(row);
        }
    }

    @Property(tries = 200)
    void elementsCarryEveryText(@ForAll("rows") List<ObjectNode> rows) throws IOException {
        List<ObjectNode> named = rows.stream()
                .map(row -> Json.NODES
                        .objectNode()
                        .put("@id", row.path("a").asText())
                        .put("b", row.path("b").asText())
                        .put("é", row.path("é").asText()))
                .toList();
        FormatSettings way = new FormatSettings(
                StandardCharsets.UTF_8,
                CsvSettings.DEFAULT,
                JsonSettings.DEFAULT,
                XmlSettings.DEFAULT,
                null,
                XlsxSettings.DEFAULT,
                EdiSettings.DEFAULT,
                java.time.Instant.EPOCH,
                RecordPath.parse("$.rows.row[*]"),
                "rows",
                "row");

        assertThat(read(FormatName.XML, written(FormatName.XML, named, way), way))
                .isEqualTo(named);
    }

    /** A map that takes two fields and joins them, after each way through two formats. */
    @Property(tries = 100)
    void aMapSeesTheSameThroughAnyTwoFormats(@ForAll("narrow") List<ObjectNode> rows) throws IOException {
        Set<FormatName> tables = new LinkedHashSet<>(List.of(
                FormatName.CSV, FormatName.TSV, FormatName.NDJSON, FormatName.JSON, FormatName.YAML, FormatName.FIXED));
        for (FormatName first : tables) {
            List<JsonNode> once = read(first, written(first, rows, settings()), settings());
            for (FormatName second : tables) {
                List<JsonNode> twice = read(second, written(second, once, settings()), settings());

                assertThat(mapped(twice)).as("%s, then %s", first, second).isEqualTo(mapped(rows));
            }
        }
    }

    private static ArrayNode mapped(List<? extends JsonNode> rows) {
        ArrayNode mapped = Json.NODES.arrayNode();
        for (JsonNode row : rows) {
            mapped.add(Json.NODES
                    .objectNode()
                    .put("key", row.path("a").asText() + "/" + row.path("é").asText())
                    .set("rest", row.path("x-1")));
        }
        return mapped;
    }

    @Property(tries = 50)
    void keysKeepTheirOrder(@ForAll("rows") List<ObjectNode> rows) throws IOException {
        for (FormatName name : List.of(FormatName.CSV, FormatName.NDJSON, FormatName.YAML, FormatName.JSON)) {
            for (JsonNode row : read(name, written(name, rows, settings()), settings())) {
                assertThat(row.properties().stream().map(Map.Entry::getKey)).containsExactlyElementsOf(NAMES);
            }
        }
    }
}
