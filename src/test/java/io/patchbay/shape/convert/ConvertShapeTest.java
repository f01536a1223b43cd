package io.patchbay.shape.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.PlacedShape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what the other format has, byte for byte. */
class ConvertShapeTest {

    @TempDir
    Path folder;

    private final FakeAttempt attempt = new FakeAttempt() {
        @Override
        public Path spillFolder() {
            return folder.resolve("spill");
        }
    };

    private List<Payload> convert(String settings, Payload payload) throws StepException {
        PlacedShape shape = PlacedShape.of(new ConvertShape(), settings);
        assertThat(shape.problems().anyError()).as(shape.problems().toString()).isFalse();
        return shape.work(payload, attempt);
    }

    private Payload one(String settings, Payload payload) throws StepException {
        return convert(settings, payload).get(0);
    }

    private static Payload json(String text) throws Exception {
        return PlacedShape.payload(Json.MAPPER.readTree(text));
    }

    private static Payload bytes(byte[] bytes, String type) {
        return PlacedShape.payload(Json.NODES.missingNode()).withBody(new Body.Bytes(bytes, type), RecordPath.ROOT);
    }

    private static String text(Payload payload) {
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void writesRowsOfTheNamedColumns() throws Exception {
        Payload out = one(
                "{ to: csv, csv: { delimiter: ';', columns: [ sku, count ] } }",
                json("[{\"sku\":\"a;b\",\"count\":1,\"more\":\"x\"},{\"sku\":\"c\"}]"));

        assertThat(text(out)).isEqualTo("sku;count\r\n\"a;b\";1\r\nc;\r\n");
        assertThat(out.body().contentType()).isEqualTo("text/csv;charset=utf-8");
    }

    @Test
    void writesRecordsAsElementsOfARoot() throws Exception {
        Payload out =
                one("{ to: xml, root: orders, element: order }", json("[{\"@id\":1,\"note\":\"a < b\"},{\"@id\":2}]"));

        assertThat(text(out))
                .isEqualTo("<orders><order id=\"1\"><note>a &lt; b</note></order><order id=\"2\"></order></orders>");
    }

    @Test
    void messagesAreReadInTheCharacterSetInWhichTheyAreWritten() throws Exception {
        String message = "[{\"segments\":[{\"tag\":\"BGM\",\"elements\":[\"ü\"],\"segments\":[]}]}]";
        String envelope = "sender: SENDER, recipient: RECEIVER, senderQualifier: ZZ, recipientQualifier: ZZ";
        for (String settings : List.of(
                "{ to: edifact, edi: { " + envelope + ", type: ORDERS, version: D:96A:UN } }",
                "{ to: x12, edi: { " + envelope + ", type: '850', version: '004010', function: PO } }",
                "{ to: x12, charset: ISO-8859-1, edi: { " + envelope
                        + ", type: '850', version: '004010', function: PO } }")) {
            Payload written = one(settings, json(message));

            assertThat(one("{ to: json }", written).tree().findPath("segments").toString())
                    .as(settings)
                    .isEqualTo("[{\"tag\":\"BGM\",\"elements\":[\"ü\"]}]");
        }
    }

    @Test
    void writesALinePerRecord() throws Exception {
        Payload out = one("{ to: ndjson }", json("[{\"n\":1},{\"n\":1.50}]"));

        assertThat(text(out)).isEqualTo("{\"n\":1}\n{\"n\":1.50}\n");
        assertThat(out.body().contentType()).startsWith("application/x-ndjson");
    }

    @Test
    void writesACharacterSetThatTheDocumentNames() throws Exception {
        Payload out = one("{ to: xml, root: a, charset: ISO-8859-1 }", json("{\"b\":\"ü\"}"));

        assertThat(new String(out.bytes(), StandardCharsets.ISO_8859_1))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a><b>ü</b></a>");
        assertThat(one("{ to: json }", out).tree()).hasToString("{\"a\":{\"b\":\"ü\"}}");
    }

    @Test
    void readsTheCharacterSetThatTheMediaTypeNames() throws Exception {
        byte[] latin = "name\nMüller\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(one("{ to: json }", bytes(latin, "text/csv; charset=ISO-8859-1"))
                        .tree())
                .hasToString("[{\"name\":\"Müller\"}]");
        assertThatThrownBy(() -> convert("{ to: json }", bytes(latin, "text/csv")))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("bytes that are none of its character set");
    }

    @Test
    void nothingGoesOnAsNothing() throws Exception {
        assertThat(one("{ to: csv }", Payload.empty(Lineage.ofRun("run-1"))).isEmpty())
                .isTrue();
    }

    @Test
    void contentThatEndsTooEarlyFailsAndIsNotCut() {
        assertThatThrownBy(() ->
                        convert("{ to: json }", bytes("<a><b>1</b>".getBytes(StandardCharsets.UTF_8), "text/xml")))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("the XML ends too early");
    }

    @Test
    void aListOnDiskBecomesLinesOnDisk() throws Exception {
        Path file = folder.resolve("list.json");
        Files.writeString(file, "{\"more\":[0],\"list\":[{\"n\":1},{\"n\":2}]}");
        Payload stored = new Payload(
                Lineage.ofRun("run-1"),
                new Body.Stored(file, "application/json", Files.size(file), 2),
                RecordPath.parse("$.list[*]"),
                Map.of());

        Payload out = one("{ to: ndjson }", stored);

        assertThat(text(out)).isEqualTo("{\"n\":1}\n{\"n\":2}\n");
        assertThat(out.body()).isInstanceOf(Body.Stored.class);
        assertThat(out.recordCount()).isEqualTo(2);
    }

    @Test
    void aListOnDiskThatIsDamagedFailsAndLeavesNoFile() throws Exception {
        Path file = folder.resolve("list.json");
        Files.writeString(file, "[{\"n\":1},{\"n\":");
        Payload stored = new Payload(
                Lineage.ofRun("run-1"),
                new Body.Stored(file, "application/json", Files.size(file)),
                RecordPath.ROOT_LIST,
                Map.of());

        assertThatThrownBy(() -> convert("{ to: ndjson }", stored)).isInstanceOf(StepException.class);
        assertThat(folder.resolve("spill")).isEmptyDirectory();
    }

    @Test
    void aBrokenRowFailsBehindTheChunksThatWereWhole() {
        byte[] rows = "a,b\n1,2\n3,4\n5,6,7\n".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> convert("{ to: json, from: csv, chunk: 1 }", bytes(rows, "text/csv")))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("row 4 has 3 values");
    }

    private Payload stored(String name, String type, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return new Payload(
                Lineage.ofRun("run-1"), new Body.Stored(file, type, Files.size(file)), RecordPath.ROOT, Map.of());
    }

    @Test
    void rowsOnDiskAreWrittenToDiskInEveryFormatOfRecords() throws Exception {
        Payload rows = stored("rows.csv", "text/csv", "a,b\n1,x\n2,y\n");

        Map<String, String> expected = Map.of(
                "{ to: ndjson }", "{\"a\":\"1\",\"b\":\"x\"}\n{\"a\":\"2\",\"b\":\"y\"}\n",
                "{ to: tsv, write: { csv: { columns: [ b, a ] } } }", "b\ta\r\nx\t1\r\ny\t2\r\n",
                "{ to: xml, root: r, element: e }", "<r><e><a>1</a><b>x</b></e><e><a>2</a><b>y</b></e></r>",
                "{ to: yaml }", "- a: \"1\"\n  b: x\n- a: \"2\"\n  b: y\n",
                "{ to: fixed, fixed: { columns: [ { name: a, width: 2 }, { name: b, width: 1 } ] } }", "1 x\n2 y\n");
        for (Map.Entry<String, String> way : expected.entrySet()) {
            Payload out = one(way.getKey(), rows);

            assertThat(text(out)).as(way.getKey()).isEqualTo(way.getValue());
            assertThat(out.body()).isInstanceOf(Body.Stored.class);
            assertThat(out.recordCount()).isEqualTo(2);
        }
    }

    @Test
    void aRecordThatCannotBeWrittenGoesAsideAndNothingOfItIsWritten() throws Exception {
        PlacedShape shape = PlacedShape.of(
                new ConvertShape(), "{ to: csv }", PlacedShape.surroundings(Map.of(), Map.of(), Map.of()), true);
        Payload lines = stored("lines.ndjson", "application/x-ndjson", "{\"a\":1}\n{\"a\":2,\"b\":3}\nno\n{\"a\":4}\n");

        Payload out = shape.work(lines, attempt).get(0);

        assertThat(text(out)).isEqualTo("a\r\n1\r\n4\r\n");
        assertThat(attempt.failed()).extracting(FakeAttempt.FailedRecord::index).containsExactly(1, 2);
        assertThat(attempt.failed().get(0).record()).hasToString("{\"a\":2,\"b\":3}");
        assertThat(attempt.failed().get(1).record()).hasToString("\"no\"");
    }

    @Test
    void whatWentAsideIsContentThatIsReadAgainWhenItIsMended() throws Exception {
        PlacedShape shape = PlacedShape.of(
                new ConvertShape(),
                "{ to: json, from: csv }",
                PlacedShape.surroundings(Map.of(), Map.of(), Map.of()),
                true);
        shape.work(bytes("a,b\n1,2,3\n".getBytes(StandardCharsets.UTF_8), "text/csv"), attempt);
        String aside = attempt.failed().get(0).record().textValue();

        assertThat(aside).isEqualTo("a,b\r\n1,2,3\r\n");
        Payload mended = PlacedShape.payload(Json.NODES.textNode(aside.replace("2,3", "\"2,3\"")));
        assertThat(shape.work(mended, attempt).get(0).tree()).hasToString("[{\"a\":\"1\",\"b\":\"2,3\"}]");
    }

    @Test
    void recordsKeepTheirNumbersWhereOthersWentAside() throws Exception {
        PlacedShape shape = PlacedShape.of(
                new ConvertShape(),
                "{ to: json, from: csv }",
                PlacedShape.surroundings(Map.of(), Map.of(), Map.of()),
                true);
        Payload some = shape.work(bytes("a,b\n1,2\n1,2,3\n3,4\n".getBytes(StandardCharsets.UTF_8), "text/csv"), attempt)
                .get(0);
        Payload all = shape.work(bytes("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8), "text/csv"), attempt)
                .get(0);

        assertThat(some.meta()).containsEntry("source.records", "1, 3");
        assertThat(all.meta()).doesNotContainKey("source.records");
    }

    private static byte[] zip(Map<String, byte[]> members) throws Exception {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (java.util.zip.ZipOutputStream zip = new java.util.zip.ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new java.util.zip.ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        }
        return out.toByteArray();
    }

    @Test
    void whatIsPackedIsReadAgain() throws Exception {
        Payload rows = json("[{\"a\":\"1\"},{\"a\":\"ü\"}]");
        Payload gzip = one("{ to: csv, pack: { as: gzip } }", rows);
        Payload zip = one("{ to: csv, pack: { as: zip, member: in/rows.csv } }", rows);

        assertThat(gzip.body().contentType()).isEqualTo("application/gzip");
        assertThatThrownBy(() -> convert("{ to: json, from: auto }", gzip))
                .hasMessageContaining("'unpack: gzip' reads what is in it");
        assertThatThrownBy(() -> convert("{ to: json, from: auto }", bytes(gzip.bytes(), "application/octet-stream")))
                .hasMessageContaining("'unpack: gzip' reads what is in it");
        assertThat(one("{ to: json, from: csv, unpack: gzip }", gzip).tree())
                .hasToString("[{\"a\":\"1\"},{\"a\":\"ü\"}]");
        Payload member = one("{ to: json, unpack: zip }", zip);
        assertThat(member.tree()).hasToString("[{\"a\":\"1\"},{\"a\":\"ü\"}]");
        assertThat(member.meta()).containsEntry("member.name", "in/rows.csv");
        assertThat(one("{ to: json, unpack: zip, members: 'in/*.csv' }", zip).tree())
                .isEqualTo(member.tree());
        assertThatThrownBy(() -> one("{ to: json, unpack: zip, members: 'rows/*' }", zip))
                .hasMessageContaining("means; it has 'in/rows.csv'");
        assertThat(one("{ to: csv, pack: { as: zip } }", rows).bytes())
                .isEqualTo(one("{ to: csv, pack: { as: zip } }", rows).bytes());
    }

    @Test
    void rowsThatArePackedOnDiskAreReadAndWrittenOnDisk() throws Exception {
        Payload gzip = one("{ to: csv, pack: { as: gzip } }", json("[{\"a\":\"1\"},{\"a\":\"2\"}]"));
        Path file = folder.resolve("rows.csv.gz");
        Files.write(file, gzip.bytes());
        Payload stored = new Payload(
                Lineage.ofRun("run-1"),
                new Body.Stored(file, "application/gzip", Files.size(file)),
                RecordPath.ROOT,
                Map.of("file.name", "rows.csv.gz"));

        assertThat(convert("{ to: json, from: csv, unpack: gzip, chunk: 1 }", stored))
                .hasSize(2);
        Payload lines = one("{ to: ndjson, unpack: gzip, pack: { as: gzip } }", stored);
        assertThat(lines.body()).isInstanceOf(Body.Stored.class);
        assertThat(one("{ to: json, from: ndjson, unpack: gzip }", lines).tree())
                .hasToString("[{\"a\":\"1\"},{\"a\":\"2\"}]");
    }

    @Test
    void membersOfAZipFileAreOnePayloadEach() throws Exception {
        Map<String, byte[]> members = new java.util.LinkedHashMap<>();
        members.put("a.csv", "x\n1\n".getBytes(StandardCharsets.UTF_8));
        members.put("folder/", new byte[0]);
        members.put("folder/b.json", "{\"x\":2}".getBytes(StandardCharsets.UTF_8));

        List<Payload> out = convert("{ to: json, unpack: zip }", bytes(zip(members), "application/zip"));

        assertThat(out)
                .extracting(payload -> payload.meta().get("member.name"))
                .containsExactly("a.csv", "folder/b.json");
        assertThat(out.get(0).tree()).hasToString("[{\"x\":\"1\"}]");
        assertThat(out.get(1).tree()).hasToString("{\"x\":2}");
        assertThat(folder.resolve("spill")).isEmptyDirectory();
    }

    @Test
    void aMemberThatCannotBeReadGoesAsideAndTheOthersGoOn() throws Exception {
        PlacedShape shape = PlacedShape.of(
                new ConvertShape(),
                "{ to: json, unpack: zip }",
                PlacedShape.surroundings(Map.of(), Map.of(), Map.of()),
                true);
        Map<String, byte[]> members = new java.util.LinkedHashMap<>();
        members.put("a.json", "{".getBytes(StandardCharsets.UTF_8));
        members.put("b.json", "{\"x\":2}".getBytes(StandardCharsets.UTF_8));

        assertThat(shape.work(bytes(zip(members), "application/zip"), attempt)).hasSize(1);
        assertThat(attempt.failed().get(0).why())
                .hasMessageContaining("member 'a.json' of the zip file: the JSON ends too early");
    }

    @Test
    void filesThatArePackedToHarmAreRefused() throws Exception {
        byte[] good = zip(Map.of("a.csv", new byte[1_000]));
        Map<String, byte[]> bad = Map.of(
                "leads out of its folder", zip(Map.of("../a.csv", new byte[0])),
                "that is taken: member 1 has a name", zip(Map.of("C:a.csv", new byte[0])),
                "far more than its size", zip(Map.of("a.csv", new byte[80 << 20])),
                "it is none, or has no members", "no zip".getBytes(StandardCharsets.UTF_8),
                "damaged or cut", java.util.Arrays.copyOf(good, 35));
        for (Map.Entry<String, byte[]> one : bad.entrySet()) {
            assertThatThrownBy(() ->
                            convert("{ to: json, from: lines, unpack: zip }", bytes(one.getValue(), "application/zip")))
                    .isInstanceOf(StepException.class)
                    .hasMessageContaining(one.getKey());
        }
        assertThatThrownBy(() -> convert("{ to: json, from: csv, unpack: gzip }", bytes(good, "application/gzip")))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("not packed as it should be");
    }
}
