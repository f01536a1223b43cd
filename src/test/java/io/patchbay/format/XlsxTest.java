package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks, both ways, and those that are made to cost much. */
@Timeout(60)
class XlsxTest {

    private static final Format XLSX = Formats.of(FormatName.XLSX);

    @TempDir
    Path folder;

    private Content content(byte[] bytes) {
        return new Content() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public @Nullable Charset said() {
                return null;
            }

            @Override
            public Path folder() {
                return folder;
            }
        };
    }

    private static FormatSettings with(XlsxSettings xlsx) {
        FormatSettings plain = FormatSettings.DEFAULT;
        return new FormatSettings(
                plain.charset(), plain.csv(), plain.xml(), null, xlsx, plain.edi(), plain.at(), null, null, null);
    }

    private static XlsxSettings sheet(@Nullable String name) {
        return new XlsxSettings(name, true, List.of(), 0, List.of());
    }

    private static byte[] written(String records, XlsxSettings settings) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XLSX.document(Json.MAPPER.readTree(records), out, with(settings));
        return out.toByteArray();
    }

    private String read(byte[] bytes, XlsxSettings settings) throws IOException {
        return XLSX.document(content(bytes), with(settings)).toString();
    }

    @Test
    void carriesTextsNumbersAndTruth() throws IOException {
        String records = "[{\"sku\":\"007\",\"n\":12,\"d\":0.1,\"big\":123456789012345,\"neg\":-1.5E-7,\"ok\":true,"
                + "\"t\":\" a<b&\\\"c\\\"\\r\\nü€𝄞 \",\"e\":\"\",\"f\":\"=1+1\"},"
                + "{\"sku\":\"x\",\"n\":null,\"d\":0,\"big\":0,\"neg\":1E+30,\"ok\":false,\"t\":\"1\",\"e\":null,\"f\":null}]";

        assertThat(read(written(records, XlsxSettings.DEFAULT), XlsxSettings.DEFAULT))
                .isEqualTo(records);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aNumberOfMoreDigitsThanASpreadsheetKeepsIsAText() throws IOException {
        String records = "[{\"n\":12345678901234567890,\"d\":0.1234567890123456789}]";

        assertThat(read(written(records, XlsxSettings.DEFAULT), XlsxSettings.DEFAULT))
                .isEqualTo("[{\"n\":\"12345678901234567890\",\"d\":\"0.1234567890123456789\"}]");
    }

    @Test
    void datesAreDatesOfTheWorkbookAndTextsInARecord() throws IOException {
        String records = "[{\"day\":\"2026-03-01\",\"at\":\"2026-03-01T12:30:15\",\"other\":\"2026-03-01\"},"
                + "{\"day\":\"1900-01-01\",\"at\":\"1999-12-31T23:59:59\",\"other\":\"soon\"}]";
        XlsxSettings dates = new XlsxSettings(null, true, List.of(), 0, List.of("day", "at"));
        byte[] workbook = written(records, dates);

        assertThat(read(workbook, XlsxSettings.DEFAULT)).isEqualTo(records);
    }

    @Test
    void aSheetIsTakenByNameOrByNumber() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "x", "1.0")) {
            for (String name : List.of("First", "Second")) {
                Worksheet sheet = workbook.newWorksheet(name);
                sheet.value(0, 0, "title");
                sheet.value(2, 0, "a");
                sheet.value(2, 2, "b");
                sheet.value(2, 1, "c");
                sheet.value(3, 0, name);
                sheet.value(5, 2, 1);
                sheet.finish();
            }
        }
        byte[] bytes = out.toByteArray();
        XlsxSettings second = new XlsxSettings("Second", true, List.of(), 2, List.of());

        assertThat(read(bytes, second))
                .isEqualTo("[{\"a\":\"Second\",\"c\":null,\"b\":null},{\"a\":null,\"c\":null,\"b\":1}]");
        assertThat(read(bytes, new XlsxSettings("2", true, List.of("x", "y", "z"), 2, List.of())))
                .startsWith("[{\"x\":\"Second\"");
        assertThat(read(bytes, new XlsxSettings(null, false, List.of("x", "y", "z"), 3, List.of())))
                .startsWith("[{\"x\":\"First\"");
        assertThatThrownBy(() -> read(bytes, sheet("Third"))).hasMessageContaining("there is no sheet 'Third'");
    }

    @Test
    void whatNoCellHoldsIsRefusedAndNothingOfItIsWritten() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = XLSX.write(out, with(XlsxSettings.DEFAULT))) {
            writer.write(Json.MAPPER.readTree("{\"a\":\"1\"}"));
            for (String wrong :
                    List.of("{\"a\":\"\\u0001\"}", "{\"b\":1}", "[1]", "{\"a\":\"" + "x".repeat(40_000) + "\"}")) {
                JsonNode record = Json.MAPPER.readTree(wrong);
                assertThatThrownBy(() -> writer.write(record)).isInstanceOf(FormatException.class);
            }
            writer.write(Json.MAPPER.readTree("{\"a\":\"2\"}"));
        }

        assertThat(read(out.toByteArray(), XlsxSettings.DEFAULT)).isEqualTo("[{\"a\":\"1\"},{\"a\":\"2\"}]");
    }

    @Test
    void manyRowsAreReadOneByOne() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = XLSX.write(out, with(XlsxSettings.DEFAULT))) {
            for (int i = 0; i < 20_000; i++) {
                writer.write(Json.NODES.objectNode().put("n", i).put("t", "row " + i));
            }
        }
        BigDecimal sum = BigDecimal.ZERO;
        try (Records records = XLSX.read(content(out.toByteArray()), with(XlsxSettings.DEFAULT))) {
            for (JsonNode row = records.next(); row != null; row = records.next()) {
                sum = sum.add(row.path("n").decimalValue());
            }
        }

        assertThat(sum).isEqualByComparingTo(BigDecimal.valueOf(199_990_000));
        assertThat(folder).isEmptyDirectory();
    }

    private byte[] changed(byte[] workbook, String part, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, byte[]> parts = new java.util.LinkedHashMap<>();
        Path file = folder.resolve("good.xlsx");
        Files.write(file, workbook);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        Files.delete(file);
        parts.put(part, content);
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> one : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue());
            }
        }
        return out.toByteArray();
    }

    private static byte[] sheetOf(String data) {
        return ("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + data
                        + "</sheetData></worksheet>")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void workbooksThatAreMadeToCostMuchEndSoon() throws IOException {
        byte[] good = written("[{\"a\":1}]", XlsxSettings.DEFAULT);
        String sheet = "xl/worksheets/sheet1.xml";
        List<byte[]> bad = new ArrayList<>();
        bad.add(changed(good, sheet, sheetOf("<row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row>")));
        bad.add(changed(
                good, sheet, sheetOf("<row r=\"1\"><c r=\"A1\"><v>" + "1".repeat(2_000_000) + "</v></c></row>")));
        bad.add(changed(good, sheet, new byte[80 << 20]));
        bad.add(changed(good, "xl/sharedStrings.xml", sheetOf("<a/>".repeat(20 << 20))));
        bad.add(changed(
                good,
                "[Content_Types].xml",
                "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>".getBytes(StandardCharsets.UTF_8)));
        bad.add(java.util.Arrays.copyOf(good, good.length - 100));
        bad.add("no zip".getBytes(StandardCharsets.UTF_8));

        for (byte[] workbook : bad) {
            assertThatThrownBy(() -> read(workbook, XlsxSettings.DEFAULT)).isInstanceOf(FormatException.class);
            assertThat(folder).isEmptyDirectory();
        }
    }
}
