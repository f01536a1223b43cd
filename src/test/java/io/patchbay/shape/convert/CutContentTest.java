package io.patchbay.shape.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.PlacedShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that is cut at any byte fails in a sentence, or is whole in the terms of its format; no record is lost without a word. */
@Timeout(120)
class CutContentTest {

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- stock -->\n"
            + "<s:stock xmlns:s=\"urn:s\" at='1'>\n <item id=\"1\"><sku>ü€𝄞</sku><n/></item>\n"
            + " <?skip it?><item id=\"2\"><![CDATA[<x>]]>&amp;&#x41;</item>\n</s:stock>\n<!-- end -->\n";

    @TempDir
    Path folder;

    private final FakeAttempt attempt = new FakeAttempt() {
        @Override
        public Path spillFolder() {
            return folder.resolve("spill");
        }
    };

    private static Payload payload(byte[] bytes, String type) {
        return PlacedShape.payload(Json.NODES.missingNode()).withBody(new Body.Bytes(bytes, type), RecordPath.ROOT);
    }

    /** What comes of it: records, or null where it fails in a sentence. */
    private List<JsonNode> read(PlacedShape shape, byte[] bytes, String type, String where) {
        try {
            List<JsonNode> records = new ArrayList<>();
            for (Payload one : shape.work(payload(bytes, type), attempt)) {
                records.addAll(one.records());
            }
            return records;
        } catch (StepException e) {
            String said = e.getMessage();
            assertThat(e.owner()).as("%s: %s", where, said).isEqualTo(Owner.REMOTE);
            assertThat(said)
                    .as(where)
                    .isNotBlank()
                    .doesNotContain("Exception", "java", "null", "JAXP", "ParseError", "Message:", "\n")
                    .hasSizeLessThan(400);
            return null;
        }
    }

    /** A prefix of all records where it is read; all of them where the format knows its end. */
    private void cuts(String settings, byte[] whole, String type, int wholeFrom) {
        PlacedShape shape = PlacedShape.of(new ConvertShape(), settings);
        List<JsonNode> all = read(shape, whole, type, "whole");
        assertThat(all).isNotNull();
        for (int length = 1; length < whole.length; length++) {
            String where = settings + " cut at byte " + length;
            List<JsonNode> some = read(shape, Arrays.copyOf(whole, length), type, where);
            if (length >= wholeFrom) {
                assertThat(some).as(where).isEqualTo(all);
            } else {
                assertThat(some).as(where).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ from: xml, to: json }",
                "{ from: xml, to: json, chunk: 1, records: '$.stock.item[*]' }",
                "{ from: xml, to: json, records: '$.stock.item[*]' }"
            })
    void xml(String settings) {
        byte[] whole = XML.getBytes(StandardCharsets.UTF_8);
        int end = bytes(XML.substring(0, XML.indexOf("</s:stock>") + "</s:stock>".length()));
        int remark = bytes(XML.substring(0, XML.indexOf("<!-- end")));
        PlacedShape shape = PlacedShape.of(new ConvertShape(), settings);
        List<JsonNode> all = read(shape, whole, "application/xml", "whole");
        for (int length = 1; length < whole.length; length++) {
            String where = settings + " cut at byte " + length;
            List<JsonNode> some = read(shape, Arrays.copyOf(whole, length), "application/xml", where);
            boolean isWhole = (length >= end && length <= remark) || length >= whole.length - 1;
            if (isWhole) {
                assertThat(some).as(where).isEqualTo(all);
            } else {
                assertThat(some).as(where).isNull();
            }
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "windows-1252", "Shift_JIS"})
    void xmlOfOtherCharacterSets(String name) {
        Charset charset = Charset.forName(name);
        String mark = name.equals("UTF-16LE") ? "\uFEFF" : "";
        String text = mark + "<?xml version='1.0' encoding='" + name + "'?><s><i>"
                + (name.equals("windows-1252") ? "ä€" : "日本") + "</i><i>2</i></s>";
        byte[] whole = text.getBytes(charset);

        cuts("{ from: xml, to: json, chunk: 1, records: '$.s.i[*]' }", whole, "application/xml", whole.length);
    }

    @Test
    void aFormHasTheNamesAndValuesThatAreThere() {
        byte[] whole = "a=1&b=%C3%BC+x&b=%F0%9D%84%9E&&c=\r\n".getBytes(StandardCharsets.US_ASCII);
        PlacedShape shape = PlacedShape.of(new ConvertShape(), "{ from: form, to: json }");
        for (int length = 1; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            String text = new String(cut, StandardCharsets.US_ASCII);
            List<JsonNode> some = read(shape, cut, "application/x-www-form-urlencoded", "cut at byte " + length);

            boolean escapes = text.replaceAll("%[0-9A-F]{2}", "").contains("%");
            boolean characters = text.replaceAll("%C3%BC|%F0%9D%84%9E", "").contains("%");
            assertThat(some == null).as(text).isEqualTo(escapes || characters);
            if (some != null) {
                assertThat(some).as(text).hasSize(1);
                assertThat(some.get(0).path("a").asText()).as(text).isEqualTo(length > 2 ? "1" : "");
            }
        }
    }

    /** A gzip file has a check of its content at its end, so each cut is known. */
    @ParameterizedTest
    @ValueSource(
            strings = {"xml, chunk: 1, records: '$.stock.item[*]'", "json, chunk: 1", "csv, chunk: 1", "lines", "yaml"})
    void whatIsPackedWithGzip(String from) throws IOException {
        String text = from.startsWith("xml")
                ? XML
                : from.startsWith("json") || from.startsWith("yaml") ? "[{\"a\":\"ü\"},{\"a\":2}]" : "a,b\n1,ü\n3,4\n";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = packed.toByteArray();

        String settings = "{ unpack: gzip, to: json, from: " + from + " }";
        PlacedShape shape = PlacedShape.of(new ConvertShape(), settings);
        Payload cut = payload(Arrays.copyOf(whole, whole.length / 2), "application/gzip");

        cuts(settings, whole, "application/gzip", whole.length);
        assertThatThrownBy(() -> shape.work(cut, attempt)).hasMessageContaining("damaged or cut");
    }

    private byte[] workbook() throws Exception {
        PlacedShape shape = PlacedShape.of(new ConvertShape(), "{ from: json, to: xlsx, xlsx: { dates: [ day ] } }");
        byte[] records = ("[{\"sku\":\"ü𝄞\",\"n\":1.5,\"ok\":true,\"day\":\"2026-03-01\"},"
                        + "{\"sku\":\" edge \",\"n\":-2,\"ok\":false,\"day\":null}]")
                .getBytes(StandardCharsets.UTF_8);
        return shape.work(payload(records, "application/json"), attempt).get(0).bytes();
    }

    @Test
    void aWorkbookIsKnownByItsEnd() throws Exception {
        byte[] whole = workbook();

        cuts("{ from: xlsx, to: json }", whole, "application/octet-stream", whole.length);
    }

    /** The file is packed well, and a part of it was cut before. */
    @Test
    void aPartOfAWorkbook() throws Exception {
        byte[] whole = workbook();
        PlacedShape shape = PlacedShape.of(new ConvertShape(), "{ from: xlsx, to: json, chunk: 1 }");
        List<JsonNode> all = read(shape, whole, "application/octet-stream", "whole");
        Map<String, byte[]> parts = parts(whole);
        for (String part : parts.keySet()) {
            for (int length = 0; length < parts.get(part).length; length++) {
                String where = part + " cut at byte " + length;
                List<JsonNode> some = read(shape, packed(parts, part, length), "application/octet-stream", where);
                if (some != null) {
                    assertThat(some).as(where).isEqualTo(all);
                }
            }
        }
    }

    private Map<String, byte[]> parts(byte[] zip) throws IOException {
        Path file = Files.write(folder.resolve("whole.xlsx"), zip);
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipFile in = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                parts.put(entry.getName(), in.getInputStream(entry).readAllBytes());
            }
        }
        return parts;
    }

    private static byte[] packed(Map<String, byte[]> parts, String part, int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setLevel(0);
            for (Map.Entry<String, byte[]> each : parts.entrySet()) {
                boolean cut = each.getKey().equals(part);
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue(), 0, cut ? length : each.getValue().length);
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Those that have tests of their own too: here in the words of a user, with the records that are whole in the terms of the format. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv", "tsv", "lines", "yaml", "edifact", "x12"})
    void otherFormats(String name) {
        String text = switch (FormatName.valueOf(name.toUpperCase(Locale.ROOT))) {
            case JSON -> "[{\"a\":\"x\\u00e9\"},{\"a\":[1.5,null]}]";
            case NDJSON -> "{\"a\":1}\n{\"a\":\"ü\"}\n";
            case CSV -> "a,b\n1,\"x\"\n\"ü\ny\",2\n";
            case TSV -> "a\tb\n1\tx\n";
            case LINES -> "one\nzwö\n";
            case YAML -> "- {a: \"x\\n\"}\n- &b [1, ü]\n- *b\n";
            case EDIFACT -> "UNA:+.? 'UNB+UNOC:3+A+B+260301:1200+7'UNH+1+ORDERS:D:96A:UN'BGM+220+X+9'UNT+3+1'UNZ+1+7'";
            default ->
                "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260301*1200*U*00401*000000007*0*P*:~"
                        + "GS*PO*SS*RR*20260301*1200*1*X*004010~ST*850*0001~BEG*00*SA*P1**20260301~SE*3*0001~GE*1*1~IEA*1*000000007~";
        };
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        for (String chunk : List.of("", ", chunk: 1")) {
            PlacedShape shape = PlacedShape.of(new ConvertShape(), "{ from: " + name + ", to: json" + chunk + " }");
            List<JsonNode> all = read(shape, whole, "application/octet-stream", "whole");
            for (int length = 1; length < whole.length; length++) {
                String where = name + " cut at byte " + length;
                List<JsonNode> some = read(shape, Arrays.copyOf(whole, length), "application/octet-stream", where);
                if (some != null) {
                    assertThat(some.size()).as(where).isLessThanOrEqualTo(all.size());
                }
            }
        }
    }
}
