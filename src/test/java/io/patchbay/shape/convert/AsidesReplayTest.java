package io.patchbay.shape.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.PlacedShape;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes aside is content that the same shape takes: as it was it fails again, mended it gives the record. */
class AsidesReplayTest {

    @TempDir
    Path folder;

    private FakeAttempt attempt() {
        return new FakeAttempt() {
            @Override
            public Path spillFolder() {
                return folder.resolve("spill");
            }
        };
    }

    private static PlacedShape shape(String settings) {
        PlacedShape shape = PlacedShape.of(
                new ConvertShape(), settings, PlacedShape.surroundings(Map.of(), Map.of(), Map.of()), true);
        assertThat(shape.problems().anyError()).as(shape.problems().toString()).isFalse();
        return shape;
    }

    private static Payload payload(byte[] bytes, String type) {
        return PlacedShape.payload(Json.NODES.missingNode()).withBody(new Body.Bytes(bytes, type), RecordPath.ROOT);
    }

    private static Payload payload(String text, String type) {
        return payload(text.getBytes(StandardCharsets.UTF_8), type);
    }

    /** What went aside of it, all of it. */
    private List<Payload> asides(String settings, Payload payload) throws StepException {
        FakeAttempt attempt = attempt();
        shape(settings).work(payload, attempt);
        List<Payload> asides =
                attempt.failed().stream().map(FakeAttempt.FailedRecord::payload).toList();
        assertThat(asides).extracting(Payload::lineage).doesNotHaveDuplicates();
        return asides;
    }

    private Payload aside(String settings, Payload payload) throws StepException {
        List<Payload> asides = asides(settings, payload);
        assertThat(asides).hasSize(1);
        return asides.get(0);
    }

    /** As it was it fails again, by itself or as a whole. */
    private void failsAgain(String settings, Payload aside) {
        FakeAttempt attempt = attempt();
        try {
            for (Payload out : shape(settings).work(aside, attempt)) {
                assertThat(out.recordCount()).isZero();
            }
            assertThat(attempt.failed()).hasSize(1);
            assertThat(attempt.failed().get(0).payload().bytes()).isEqualTo(aside.bytes());
        } catch (StepException e) {
            assertThat(e).hasMessageNotContaining("already");
        }
    }

    private String mended(String settings, Payload aside, String from, String to) throws StepException {
        failsAgain(settings, aside);
        Charset charset = aside.body().contentType().contains("iso-8859-1")
                ? StandardCharsets.ISO_8859_1
                : StandardCharsets.UTF_8;
        String text = new String(aside.bytes(), charset);
        assertThat(text).contains(from);
        Body same = new Body.Bytes(
                text.replace(from, to).getBytes(charset), aside.body().contentType());
        String out = out(settings, aside.withBody(same, RecordPath.ROOT));
        Body edited = new Body.Tree(Json.NODES.textNode(text.replace(from, to)));
        if (!(aside.body() instanceof Body.Tree)) {
            assertThat(out(settings, aside.withBody(edited, RecordPath.ROOT)))
                    .as("edited as JSON")
                    .isEqualTo(out);
        }
        return out;
    }

    private String out(String settings, Payload payload) throws StepException {
        FakeAttempt attempt = attempt();
        List<Payload> out = shape(settings).work(payload, attempt);
        assertThat(attempt.failed()).isEmpty();
        assertThat(out).hasSize(1);
        assertThat(out.get(0).meta()).doesNotContainKey("aside.it");
        return new String(out.get(0).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aLineBehindLinesThatAreSkippedIsNotSkipped() throws Exception {
        String settings = "{ to: json, from: fixed, fixed: { skip: 1, columns: [ { name: a, width: 2 } ] } }";

        Payload aside = aside(settings, payload("head\n1\nlonger\n2\n", "text/plain"));

        assertThat(new String(aside.bytes(), StandardCharsets.UTF_8)).isEqualTo("longer");
        assertThat(mended(settings, aside, "longer", "3")).isEqualTo("[{\"a\":\"3\"}]");
    }

    @Test
    void aRowOfContentWhoseMediaTypeSaysItsFormatKeepsThatFormat() throws Exception {
        for (String settings :
                List.of("{ to: json }", "{ to: json, from: auto, chunk: 2 }", "{ to: json, from: auto }")) {
            Payload aside = aside(settings, payload("a,b\n1,2\n1,2,3\n4,5\n", "text/csv"));

            assertThat(aside.body().contentType()).isEqualTo("text/csv;charset=utf-8");
            assertThat(mended(settings, aside, "2,3", "\"2,3\"")).isEqualTo("[{\"a\":\"1\",\"b\":\"2,3\"}]");
        }
    }

    @Test
    void rowsBehindAQuoteThatIsNotClosedGoAsideFromThereOn() throws Exception {
        String settings = "{ to: json, from: csv, chunk: 2 }";
        FakeAttempt attempt = attempt();

        List<Payload> pages =
                shape(settings).work(payload("name,n\na,1\nb,2\nc,3\n\"d,4\ne,5\nf,6\n", "text/csv"), attempt);

        assertThat(records(pages))
                .containsExactly(
                        "{\"name\":\"a\",\"n\":\"1\"}", "{\"name\":\"b\",\"n\":\"2\"}", "{\"name\":\"c\",\"n\":\"3\"}");
        assertThat(attempt.failed()).hasSize(1);
        Payload aside = attempt.failed().get(0).payload();
        assertThat(new String(aside.bytes(), StandardCharsets.UTF_8)).isEqualTo("name,n\r\n\"d,4\ne,5\nf,6\n");
        assertThat(aside.lineage().text()).endsWith("it!#3");
        assertThat(attempt.failed().get(0).why()).hasMessageContaining("(record 4, line 5, byte 19, field 'name')");
        failsAgain(settings, aside);
        Body mended = new Body.Bytes(
                new String(aside.bytes(), StandardCharsets.UTF_8)
                        .replace("\"d", "\"d\"")
                        .getBytes(StandardCharsets.UTF_8),
                aside.body().contentType());
        assertThat(records(shape(settings).work(aside.withBody(mended, RecordPath.ROOT), attempt())))
                .containsExactly(
                        "{\"name\":\"d\",\"n\":\"4\"}", "{\"name\":\"e\",\"n\":\"5\"}", "{\"name\":\"f\",\"n\":\"6\"}");
    }

    @Test
    void manyRowsBehindAQuoteGoAsideInAFile() throws Exception {
        String settings = "{ to: json, from: csv, charset: iso-8859-1, chunk: 1000, unpack: gzip }";
        String rest = "\"x\"y,1\n" + "\u00fc,2\n".repeat(200_000);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(("a,b\n\u00e4,0\n" + rest).getBytes(StandardCharsets.ISO_8859_1));
        }
        FakeAttempt attempt = attempt();

        List<Payload> pages = shape(settings).work(payload(packed.toByteArray(), "application/gzip"), attempt);

        assertThat(records(pages)).containsExactly("{\"a\":\"\u00e4\",\"b\":\"0\"}");
        Payload aside = attempt.failed().get(0).payload();
        assertThat(aside.body()).isInstanceOf(Body.Stored.class);
        assertThat(new String(aside.bytes(), StandardCharsets.ISO_8859_1)).isEqualTo("a,b\r\n" + rest);
        assertThat(aside.body().contentType()).isEqualTo("text/csv;charset=iso-8859-1");
    }

    @Test
    void moreThanMayGoAsideFailsAsAWhole() throws Exception {
        String settings = "{ to: json, from: csv, chunk: 1000 }";
        Path file = folder.resolve("rows.csv");
        byte[] some = "0123456789abcde\n".repeat(65_536).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("a\nb\n\"x\"y\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 65; i++) {
                out.write(some);
            }
        }
        Payload large =
                payload("", "text/csv").withBody(new Body.Stored(file, "text/csv", Files.size(file)), RecordPath.ROOT);

        assertThatThrownBy(() -> shape(settings).work(large, attempt()))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("record 2, line 3, byte 4");
        try (Stream<Path> left = Files.list(folder.resolve("spill"))) {
            assertThat(left).isEmpty();
        }
    }

    private static List<String> records(List<Payload> pages) throws StepException {
        List<String> all = new ArrayList<>();
        for (Payload page : pages) {
            page.records().forEach(record -> all.add(record.toString()));
        }
        return all;
    }

    @Test
    void aLineThatIsNoJsonIsMendedAsJsonToo() throws Exception {
        Payload aside = aside("{ to: json }", payload("{\"n\":1}\n{\"n\":\n", "application/x-ndjson"));

        assertThat(mended("{ to: json }", aside, "\"n\":", "\"n\":2}")).isEqualTo("[{\"n\":2}]");
        JsonNode record = Json.MAPPER.readTree("{\"n\":3}");
        assertThat(out("{ to: json }", aside.withBody(new Body.Tree(record), RecordPath.ROOT)))
                .isEqualTo("[{\"n\":3}]");
    }

    @Test
    void aRecordWithAKeyTwiceKeepsBothValuesUntilItIsMended() throws Exception {
        String settings = "{ to: json, from: json, chunk: 2 }";
        String text = "[{\"n\":1},{\"a\":0,\"n\":2,\"n\":3},{\"n\":4}]";

        Payload aside = aside(settings, payload(text, "application/json"));

        assertThat(new String(aside.bytes(), StandardCharsets.UTF_8)).isEqualTo("{\"n\":2,\"a\":0,\"n\":3}");
        assertThat(mended(settings, aside, "\"n\":2,", "")).isEqualTo("[{\"a\":0,\"n\":3}]");
        String last = "{ to: json, from: json, chunk: 3, json: { duplicateKeys: last } }";
        assertThat(out(last, payload(text, "application/json"))).isEqualTo("[{\"n\":1},{\"a\":0,\"n\":3},{\"n\":4}]");
    }

    @Test
    void aLineOfAnotherCharacterSetStaysAsItsBytes() throws Exception {
        byte[] mixed = "name,city\nMüller,Köln\n".getBytes(StandardCharsets.ISO_8859_1);

        Payload aside = aside("{ to: json, from: csv }", payload(mixed, "text/csv"));

        failsAgain("{ to: json, from: csv }", aside);
        assertThat(aside.bytes()).isEqualTo("name,city\r\nMüller,Köln\r\n".getBytes(StandardCharsets.ISO_8859_1));
        Body said = new Body.Bytes(aside.bytes(), "text/csv;charset=iso-8859-1");
        assertThat(out("{ to: json, from: csv }", aside.withBody(said, RecordPath.ROOT)))
                .isEqualTo("[{\"name\":\"Müller\",\"city\":\"Köln\"}]");
    }

    @Test
    void whatWasUnpackedIsNotUnpackedAgain() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("a,b\n1,2\n1,2,3\n".getBytes(StandardCharsets.UTF_8));
        }
        for (String settings : List.of(
                "{ to: json, from: csv, unpack: gzip }",
                "{ to: json, unpack: gzip }",
                "{ to: json, from: auto, unpack: gzip, chunk: 5 }")) {
            Payload aside = aside(settings, payload(packed.toByteArray(), "application/gzip"));

            assertThat(mended(settings, aside, "2,3", "3")).isEqualTo("[{\"a\":\"1\",\"b\":\"3\"}]");
        }
    }

    private static byte[] zip(Map<String, byte[]> members) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        }
        return out.toByteArray();
    }

    @Test
    void aMemberOfAnySizeKeepsItsContentAndIsReplayedAsAMember() throws Exception {
        Map<String, byte[]> members = new LinkedHashMap<>();
        String large = "{\"x\":\"" + "y".repeat(3 << 20) + "\"";
        members.put("in/large.json", large.getBytes(StandardCharsets.UTF_8));
        members.put("b.json", "{\"x\":2}".getBytes(StandardCharsets.UTF_8));
        String settings = "{ to: json, unpack: zip }";

        Payload aside = aside(settings, payload(zip(members), "application/zip"));

        assertThat(aside.body()).isInstanceOf(Body.Stored.class);
        assertThat(aside.meta()).containsEntry("member.name", "in/large.json");
        assertThat(aside.bytes()).isEqualTo(large.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> shape(settings).work(aside, attempt()))
                .hasMessageContaining("the JSON ends too early");
        Body mended = new Body.Bytes((large + "}").getBytes(StandardCharsets.UTF_8), "application/octet-stream");
        assertThat(out(settings, aside.withBody(mended, RecordPath.ROOT))).isEqualTo(large + "}");
    }

    @Test
    void aRowOfAMemberGoesAsideAndTheOthersOfThatMemberGoOn() throws Exception {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("a.csv", "x\n1\n1,2\n3\n".getBytes(StandardCharsets.UTF_8));
        members.put("b.csv", "x\n1,2\n".getBytes(StandardCharsets.UTF_8));
        String settings = "{ to: json, unpack: zip }";
        FakeAttempt attempt = attempt();

        List<Payload> out = shape(settings).work(payload(zip(members), "application/zip"), attempt);

        assertThat(out.get(0).tree()).hasToString("[{\"x\":\"1\"},{\"x\":\"3\"}]");
        assertThat(attempt.failed()).hasSize(2);
        assertThat(attempt.failed().get(0).why())
                .hasMessageContaining("member 'a.csv' of the zip file: ")
                .hasMessageContaining("(record 2, line 3, byte 4)");
        Payload aside = attempt.failed().get(0).payload();
        assertThat(aside.lineage())
                .isNotEqualTo(attempt.failed().get(1).payload().lineage());
        assertThat(mended(settings, aside, "1,2", "4")).isEqualTo("[{\"x\":\"4\"}]");
        assertThat(folder.resolve("spill")).isEmptyDirectory();
    }

    @Test
    void membersNamedInOtherCharacterSetsAreRead() throws Exception {
        for (Charset charset : List.of(Charset.forName("IBM437"), Charset.forName("windows-1252"))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out, charset)) {
                zip.putNextEntry(new ZipEntry("Größe.csv"));
                zip.write("x\n1\n".getBytes(StandardCharsets.UTF_8));
            }
            List<Payload> members =
                    shape("{ to: json, unpack: zip }").work(payload(out.toByteArray(), "application/zip"), attempt());

            assertThat(members.get(0).tree()).hasToString("[{\"x\":\"1\"}]");
            if (charset.name().equals("IBM437")) {
                assertThat(members.get(0).meta()).containsEntry("member.name", "Größe.csv");
            }
        }
    }

    @Test
    void aMessageGoesAsideInItsEnvelope() throws Exception {
        String edifact = "UNB+UNOC:3+A+B+260301:1200+7'UNH+1+ORDERS:D:96A:UN'BGM+220+X?'Y+9'NAD+BY+1::9'LIN+1'UNT+9+1'"
                + "UNH+2+ORDERS:D:96A:UN'BGM+220+Z+9'UNT+3+2'UNZ+2+7'";
        String settings = "{ to: json, from: edifact }";

        Payload aside = aside(settings, payload(edifact, "application/edifact"));

        assertThat(new String(aside.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "UNA:+.? 'UNB+UNOC:3+A+B+260301:1200+7'UNH+1+ORDERS:D:96A:UN'BGM+220+X?'Y+9'NAD+BY+1::9'LIN+1'"
                                + "UNT+9+1'UNZ+1+7'");
        assertThat(mended(settings, aside, "UNT+9", "UNT+5"))
                .contains("\"recipient\":\"B\"")
                .contains("X'Y");
    }

    @Test
    void aMessageOfX12GoesAsideInItsEnvelope() throws Exception {
        String x12 =
                "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260301*1200*U*00401*000000007*0*P*:~"
                        + "GS*PO*SS*RR*20260301*1200*1*X*004010~ST*850*0001~BEG*00*SA*P1**20260301~SE*9*0001~"
                        + "ST*850*0002~BEG*00*SA*P2**20260301~SE*3*0002~GE*2*1~IEA*1*000000007~";
        String settings = "{ to: json, from: x12, chunk: 10 }";

        Payload aside = aside(settings, payload(x12, "application/edi-x12"));

        assertThat(mended(settings, aside, "SE*9", "SE*3"))
                .contains("\"sender\":\"SENDER\"")
                .contains("P1");
    }

    @Test
    void aRowOfAWorkbookIsMendedAsTheRecordThatItIs() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Sheet1");
            sheet.value(0, 0, "a");
            sheet.value(0, 1, "b");
            sheet.value(1, 0, 1);
            sheet.value(1, 1, 2);
            sheet.value(1, 2, "too many");
        }
        String type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

        Payload aside = aside("{ to: json }", payload(out.toByteArray(), type));

        assertThat(aside.tree())
                .hasToString("{\"a\":1,\"b\":2,\"column 3, which has no name\":{\"wrong\":\"too many\"}}");
        assertThatThrownBy(() -> shape("{ to: json }").work(aside, attempt()))
                .hasMessageContaining("field 'column 3, which has no name' holds no value");
        JsonNode record = Json.MAPPER.readTree("{\"a\":1,\"b\":3}");
        assertThat(out("{ to: json }", aside.withBody(new Body.Tree(record), RecordPath.ROOT)))
                .isEqualTo("[{\"a\":1,\"b\":3}]");
    }

    @Test
    void aRecordThatCannotBeWrittenIsWrittenWhenItIsMended() throws Exception {
        String settings = "{ to: csv, from: ndjson, charset: ISO-8859-1 }";

        Payload aside = aside(settings, payload("{\"n\":\"a\"}\n{\"n\":\"\\u4e2d\"}\n", "application/x-ndjson"));

        assertThat(aside.tree()).hasToString("{\"n\":\"中\"}");
        JsonNode record = Json.MAPPER.readTree("{\"n\":\"b\"}");
        assertThat(out(settings, aside.withBody(new Body.Tree(record), RecordPath.ROOT)))
                .isEqualTo("n\r\nb\r\n");
    }

    @Test
    void recordsThatCannotBeReadAndThoseThatCannotBeWrittenHaveLineagesOfTheirOwn() throws Exception {
        String lines = "{\"n\":1}\nno\n{\"n\":2,\"more\":1}\n{\"n\":3}\nnot\n{\"n\":4,\"more\":1}\n";
        String settings = "{ to: csv, from: ndjson }";
        Path file = folder.resolve("lines");
        Files.writeString(file, lines);
        Payload inMemory = payload(lines, "application/x-ndjson");
        Payload onDisk =
                inMemory.withBody(new Body.Stored(file, "application/x-ndjson", Files.size(file)), RecordPath.ROOT);

        List<Payload> asides = asides(settings, inMemory);

        assertThat(asides)
                .extracting(aside -> aside.lineage().text())
                .containsExactly("run-1/it!#1", "run-1/it!#2", "run-1/it!#4", "run-1/it!#5");
        assertThat(asides(settings, onDisk))
                .extracting(Payload::lineage)
                .containsExactlyElementsOf(asides.stream().map(Payload::lineage).toList());
    }

    @Test
    void moreThanTenThousandWrongRecordsAreNoSlipsOfChunksEither() {
        String lines = "no\n".repeat(10_001);

        for (String settings : List.of("{ to: json, from: ndjson }", "{ to: json, from: ndjson, chunk: 5 }")) {
            assertThatThrownBy(() -> shape(settings).work(payload(lines, "application/x-ndjson"), attempt()))
                    .isInstanceOf(StepException.class)
                    .hasMessageContaining("more than 10000 records are wrong");
        }
    }
}
