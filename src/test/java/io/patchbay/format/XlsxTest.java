package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workbooks, both ways, and those that are made to cost much. */
@Timeout(60)
class XlsxTest {

    private static final Format XLSX = Formats.of(FormatName.XLSX);

    @TempDir
    Path folder;

    private Content content(byte[] bytes) {
        return new InMemory(bytes, folder);
    }

    /** All texts of up to nine characters of these would be many: each is made of pieces in which they meet. */
    @Test
    void whatIsEscapedIsReadAsItWas() {
        Random random = new Random(7);
        String[] pieces = {"_", "x", "0", "4", "1", "\u0001", "_x0041", "x0041_", "_x0001", "0041\u0001"};
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(6); length >= 0; length--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String written = XlsxText.written(text.toString());

            assertThat(XlsxText.read(written)).isEqualTo(text.toString());
            assertThat(written).doesNotContain("\u0001");
        }
    }

    private static FormatSettings with(XlsxSettings xlsx) {
        FormatSettings plain = FormatSettings.DEFAULT;
        return new FormatSettings(
                plain.charset(),
                plain.csv(),
                JsonSettings.DEFAULT,
                plain.xml(),
                null,
                xlsx,
                plain.edi(),
                plain.at(),
                null,
                null,
                null);
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

    /** ECMA-376, ST_Xstring. */
    @Test
    void charactersThatXmlCannotCarryAreEscapedAndWhatLooksSoIsToo() throws IOException {
        String records = "[{\"_x0041_\":\"a_x000D_b\",\"n\":\"_x005F_\"},"
                + "{\"_x0041_\":\"\\u0001\\u001F\\u0000\",\"n\":\"_x00_ _xyzab_ _\"}]";
        byte[] workbook = written(records, XlsxSettings.DEFAULT);

        assertThat(part(workbook, "xl/worksheets/sheet1.xml"))
                .contains("a_x005F_x000D_b", "_x005F_x005F_", "_x0001__x001F__x0000_", "_x00_ _xyzab_ _");
        assertThat(read(workbook, XlsxSettings.DEFAULT)).isEqualTo(records);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a_x000D__x000A_b | a\\r\\nb",
                "_x005F_x000D_ | _x000D_",
                "_x00e9_ | é",
                "_xD834__xDD1E_ | 𝄞",
                "_xD834_x | _xD834_x",
                "_xDD1E__xD834_ | _xDD1E__xD834_",
                "_xD834__x0041_ | _xD834_A",
                "_x000_ | _x000_",
                "_x0041 | _x0041"
            })
    void escapesOfOtherWritersAreRead(String written, String text) {
        assertThat(XlsxText.read(written)).isEqualTo(text.replace("\\r", "\r").replace("\\n", "\n"));
    }

    @Test
    void escapesAreReadWhereverATextStands() throws IOException {
        String inline = "<c t=\"inlineStr\"><is><t>_x0041_</t></is></c>";
        String formula = "<c t=\"str\"><f>X()</f><v>_x005F_x0041_</v></c>";

        String shared = "<c t=\"s\"><v>0</v></c>";
        byte[] bytes = workbook("<si><t>_x0009_</t></si>", "", "<row>" + inline + formula + shared + "</row>");

        assertThat(read(bytes, new XlsxSettings(null, false, List.of("x", "y", "z"), 0, List.of())))
                .isEqualTo("[{\"x\":\"A\",\"y\":\"_x0041_\",\"z\":\"\\t\"}]");
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
            for (String wrong : List.of(
                    "{\"a\":\"\\ud800\"}",
                    "{\"a\":\"\\uffff\"}",
                    "{\"b\":1}",
                    "[1]",
                    "{\"a\":\"" + "x".repeat(40_000) + "\"}")) {
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

    private String part(byte[] workbook, String name) throws IOException {
        Path file = Files.write(folder.resolve("part.xlsx"), workbook);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] sheetOf(String data) {
        return ("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + data
                        + "</sheetData></worksheet>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] shared(String data) {
        return ("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">" + data + "</sst>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A workbook of these parts, written by another program: its sheet is a part of any name, and its shared texts too. */
    private static byte[] workbook(String shared, String styles, String rows) throws IOException {
        String relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
        String type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        Map<String, String> parts = new java.util.LinkedHashMap<>();
        parts.put("[Content_Types].xml", "<Types/>");
        parts.put(
                "_rels/.rels",
                relations + "<Relationship Id=\"a\" Type=\"" + type
                        + "officeDocument\" Target=\"/book/main.bin\"/></Relationships>");
        parts.put(
                "book/_rels/main.bin.rels",
                relations + "<Relationship Id=\"r1\" Type=\"" + type + "worksheet\" Target=\"../rows.data\"/>"
                        + "<Relationship Id=\"r2\" Type=\"" + type + "sharedStrings\" Target=\"texts\"/>"
                        + "<Relationship Id=\"r3\" Type=\"" + type + "styles\" Target=\"looks\"/></Relationships>");
        parts.put(
                "book/main.bin",
                "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                        + "<workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        parts.put("book/texts", "<sst>" + shared + "</sst>");
        parts.put("book/looks", "<styleSheet>" + styles + "</styleSheet>");
        parts.put("Rows.data", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> one : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    @Test
    void partsAreWhatTheirRelationshipsSay() throws IOException {
        byte[] bytes = workbook(
                "<si><t>name</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>read so</t></rPh></si>",
                "<numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
                        + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs>",
                "<row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>day</t></is></c></row>"
                        + "<row r=\"3\"><c r=\"b3\" s=\"1\"><v>1</v></c><c r=\"A3\" t=\"s\"><v>1</v></c></row>"
                        + "<row><c r=\"A4\"><f>1+1</f><v>2.50</v></c><c r=\"$B$4\" s=\"1\"><v>1E-999999999</v></c></row>");

        assertThat(read(bytes, XlsxSettings.DEFAULT))
                .isEqualTo("[{\"name\":\"two runs\",\"day\":\"1904-01-02\"},{\"name\":2.50,\"day\":\"1904-01-01\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<row><c></row> | a part of the workbook: the content begins as XML and breaks its rules",
                "<row>&own;</row> | a part of the workbook: the content begins as XML and breaks its rules",
                "<row><!-- | a part of the workbook: the XML ends too early",
            })
    void aPartThatIsNoXmlSaysWhy(String rows, String said) throws IOException {
        byte[] bytes = workbook("<si><t>a</t></si>", "", rows);

        assertThatThrownBy(() -> read(bytes, XlsxSettings.DEFAULT)).hasMessageStartingWith(said);
    }

    @Test
    void cellsThatHoldNoValuePutTheirRowAside() throws IOException {
        List<String> wrong = List.of(
                "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>",
                "<c><v>twelve</v></c>",
                "<c><v>" + "1".repeat(1_001) + "</v></c>",
                "<c t=\"b\"><v>yes</v></c>");
        for (String cell : wrong) {
            byte[] bytes = workbook(
                    "<si><t>a</t></si>",
                    "",
                    "<row><c t=\"s\"><v>0</v></c></row><row r=\"7\">" + cell + "</row><row><c><v>1</v></c></row>");
            try (Records records = XLSX.read(content(bytes), with(XlsxSettings.DEFAULT))) {
                assertThatThrownBy(records::next)
                        .hasMessageContaining("(record 1, sheet 'S', row 7, column A, field 'a')")
                        .isInstanceOfSatisfying(
                                FormatException.class,
                                e -> assertThat(e.found()
                                                .path("a")
                                                .path("wrong")
                                                .isTextual())
                                        .isTrue());
                assertThat(records.next()).hasToString("{\"a\":1}");
            }
        }
    }

    @Test
    void aRowOfNamesThatHasNoneIsAnError() throws IOException {
        byte[] bytes = workbook(
                "",
                "",
                "<row r=\"2\"><c t=\"inlineStr\"><is><t> </t></is></c></row><row r=\"3\"><c r=\"A3\"><v>1</v></c></row>");

        assertThatThrownBy(() -> read(bytes, XlsxSettings.DEFAULT))
                .hasMessageStartingWith("row 2 does not name all columns: cell 1 is empty")
                .hasMessageEndingWith("(sheet 'S', row 2, column A)");
        assertThatThrownBy(() -> read(bytes, sheet("T"))).hasMessageContaining("there is no sheet 'T'");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aNameOfAColumnThatStandsTwiceIsToldWithItsSecondPlaceHoweverManyThereAre() throws IOException {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 16_384; i++) {
            String name = i == 16_000 || i == 16_002 ? "n15999" : i == 16_001 ? "n0" : "n" + i;
            names.append("<c t='inlineStr'><is><t>").append(name).append("</t></is></c>");
        }
        byte[] bytes = workbook("", "", "<row>" + names + "</row>");

        assertThatThrownBy(() -> read(bytes, XlsxSettings.DEFAULT))
                .hasMessage("row 1 does not name the columns: a name stands twice (sheet 'S', row 1, column WQK)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<row><c r='XFE1'><v>1</v></c></row> | behind the last one (XFD) (sheet 'S', row 3)",
                "<row><c><v>1</v></c><c r='XFE1'/></row> | behind the last one (XFD) (sheet 'S', row 3, column A)",
                "<row><c/><c t='s'><v>9</v></c></row> | shared text that is not there (sheet 'S', row 3, column B)",
                "<row><c r='AB3' t='q'><v>9</v></c></row> | type that no workbook has (sheet 'S', row 3, column AB)",
                "<row r='9999999'></row> | a row behind the last one (1048576) (sheet 'S', behind row 2)",
                "<row/><row><c></row> | ; sheet 'S', row 4, column A)",
                "<row/></row> | ; sheet 'S', behind row 3)",
                "<row><c/><c r='ZZ3'><v>x</v></c></row> | (record 2, sheet 'S', row 3, column ZZ)",
            })
    void whatIsWrongIsToldWithSheetRowAndColumn(String rows, String said) throws IOException {
        String good = "<row><c t='inlineStr'><is><t>a</t></is></c></row><row><c><v>1</v></c></row>";
        byte[] bytes = workbook("<si><t>a</t></si>", "", good + rows);

        assertThatThrownBy(() -> read(bytes, XlsxSettings.DEFAULT))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(said);
    }

    @Test
    void moreThanAMegabyteBetweenTwoTagsIsToldWithItsPlace() throws IOException {
        for (String much : List.of(" ".repeat(3 << 20), "<!--" + "x".repeat(3 << 20) + "-->", "y".repeat(3 << 20))) {
            String row = "<row><c><v>1</v></c>" + much + "<c><v>1</v></c></row>";
            byte[] bytes = workbook("<si><t>a</t></si>", "", row);

            assertThatThrownBy(() -> read(bytes, new XlsxSettings(null, false, List.of("a", "b"), 0, List.of())))
                    .hasMessage("the workbook has a text, a tag or a remark of more than 1048576 bytes"
                            + " (sheet 'S', row 1, column A)");
        }
    }

    @Test
    void aDocumentTypeInAPartIsRefusedWithTheNameOfThePart() throws IOException {
        byte[] good = written("[{\"a\":\"x\"}]", XlsxSettings.DEFAULT);
        String type = "<!DOCTYPE sst [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>";
        for (String part : List.of("xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "_rels/.rels")) {
            String own = part(good, part).replaceFirst("(?s)^<\\?xml.*?\\?>", "");
            byte[] bytes = changed(good, part, (type + own).getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> read(bytes, XlsxSettings.DEFAULT))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContainingAll("document type", "part '" + part + "')");
        }
        String sheet = "xl/worksheets/sheet1.xml";
        String own = part(good, sheet).replaceFirst("(?s)^<\\?xml.*?\\?>", "");
        byte[] bytes = changed(good, sheet, (type + own).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> read(bytes, XlsxSettings.DEFAULT))
                .hasMessageContainingAll("document type", "sheet 'Sheet1', before any row)");
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
        bad.add(changed(
                good,
                "xl/workbook.xml",
                "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>".getBytes(StandardCharsets.UTF_8)));
        for (String address : List.of("zzzzzz1", "&#90;&#90;&#90;&#90;&#90;1", "XFE1", "$ZZZZ$1", "1", "")) {
            bad.add(changed(good, sheet, sheetOf("<row r=\"1\"><c r=\"" + address + "\"><v>1</v></c></row>")));
        }
        bad.add(changed(good, sheet, sheetOf("<row r=\"1\">" + "<c/>".repeat(20_000) + "</row>")));
        bad.add(changed(good, sheet, sheetOf("<row r=\"99999999\"><c r=\"A1\"><v>1</v></c></row>")));
        bad.add(changed(good, sheet, sheetOf("<!--" + "< ".repeat(8 << 20) + "-->")));
        bad.add(changed(good, sheet, sheetOf("<row x=\"" + "y".repeat(8 << 20) + "\"/>")));
        bad.add(changed(good, sheet, sheetOf("<a>".repeat(1_000_000))));
        bad.add(changed(good, "xl/sharedStrings.xml", shared("<si><t>a</t></si>".repeat(2_000_000))));
        bad.add(changed(
                good, "xl/sharedStrings.xml", shared("<si>" + "<r><t>aaaaaaaa</t></r>".repeat(200_000) + "</si>")));
        bad.add(java.util.Arrays.copyOf(good, good.length - 100));
        bad.add("no zip".getBytes(StandardCharsets.UTF_8));

        for (byte[] workbook : bad) {
            assertThatThrownBy(() -> {
                        read(workbook, XlsxSettings.DEFAULT);
                        throw new AssertionError("number " + bad.indexOf(workbook));
                    })
                    .isInstanceOf(FormatException.class);
            assertThat(folder).isEmptyDirectory();
        }
    }
}
