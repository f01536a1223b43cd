package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.RecordPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that is made to cost much ends soon, with a reason; so does content that never ends. */
@Timeout(60)
class BadContentTest {

    private record Given(InputStream in) implements TestContent {
        @Override
        public InputStream open() {
            return in;
        }
    }

    /** One piece of text, again and again. */
    private static InputStream endless(String start, String piece) {
        byte[] first = start.getBytes(StandardCharsets.UTF_8);
        byte[] again = piece.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                long here = at++;
                return here < first.length ? first[(int) here] : again[(int) ((here - first.length) % again.length)];
            }
        };
    }

    private static Content text(String text) {
        return new Given(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static FormatSettings settings() {
        FormatSettings plain = FormatSettings.DEFAULT;
        return new FormatSettings(
                plain.charset(),
                plain.csv(),
                JsonSettings.DEFAULT,
                plain.xml(),
                new FixedSettings(
                        List.of(new FixedSettings.Column("a", null, 10, FixedSettings.Align.LEFT, " ", true)),
                        FixedSettings.Ends.LF,
                        0),
                plain.xlsx(),
                plain.edi(),
                plain.at(),
                RecordPath.parse("$[*]"),
                null,
                null);
    }

    private static JsonNode all(FormatName name, Content content) throws IOException {
        try (Records records = Formats.of(name).read(content, settings())) {
            JsonNode last = null;
            for (JsonNode next = records.next(); next != null; next = records.next()) {
                last = next;
            }
            return last;
        }
    }

    @Test
    void aRecordIsBoundedByItsValuesAndNotByItsBrackets() throws IOException {
        String list = "[{\"l\":[" + "{\"a\":1},".repeat(400_000) + "{}]}]";

        assertThat(all(FormatName.JSON, text(list)).path("l")).hasSize(400_001);
    }

    @Test
    void theByteOfARecordIsRightBehindCharactersOfSeveralBytes() {
        String ascii = "- a\n".repeat(3);
        String wide = "- ä€𝄞\n- b\n".repeat(50_000);

        long behind = yamlByte(ascii) - ascii.length();

        assertThat(yamlByte(wide)).isEqualTo(wide.getBytes(StandardCharsets.UTF_8).length + behind);
    }

    private static long yamlByte(String before) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(
                () -> all(FormatName.YAML, text(before + "- { k: !!bool maybe }\n")));
        var at = java.util.regex.Pattern.compile("byte (\\d+)").matcher(String.valueOf(thrown.getMessage()));
        assertThat(at.find()).as(String.valueOf(thrown)).isTrue();
        return Long.parseLong(at.group(1));
    }

    @Test
    void nestingOfTenThousandLevelsEnds() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThatThrownBy(() -> all(FormatName.JSON, text(deep))).hasMessageContaining("nesting depth");
        assertThatThrownBy(() -> all(FormatName.NDJSON, text(deep)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("beyond a bound");
        assertThatThrownBy(() -> all(FormatName.YAML, text(deep))).hasMessageContaining("nested deeper than 200");
        assertThatThrownBy(
                        () -> Formats.of(FormatName.XML).document(text("<a>".repeat(10_000)), FormatSettings.DEFAULT))
                .hasMessageContaining("nested deeper than 200");
    }

    @Test
    void aMillionKeysEnd() {
        String members = IntStream.range(0, 1_000_000)
                .mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));

        assertThatThrownBy(() -> all(FormatName.JSON, text("[" + members + "]")))
                .hasMessageContaining("more than 100000 keys");
        assertThatThrownBy(() -> Formats.of(FormatName.JSON).document(text(members), FormatSettings.DEFAULT))
                .hasMessageContaining("more than 100000 keys");
        assertThatThrownBy(() -> all(FormatName.YAML, text(members))).hasMessageContaining("more than 100000 keys");
        String elements = IntStream.range(0, 200_000)
                .mapToObj(i -> "<k" + i + "/>")
                .collect(Collectors.joining("", "<a>", "</a>"));
        assertThatThrownBy(() -> Formats.of(FormatName.XML).document(text(elements), FormatSettings.DEFAULT))
                .hasMessageContaining("different names");
        String form =
                IntStream.range(0, 1_000_000).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining("&"));
        assertThatThrownBy(() -> Formats.of(FormatName.FORM).document(text(form), FormatSettings.DEFAULT))
                .hasMessageContaining("more than 10000 names");
    }

    @Test
    void aRowALineAndAFormThatNeverEndEnd() {
        assertThatThrownBy(() -> all(FormatName.CSV, new Given(endless("a,b\n\"", "x"))))
                .hasMessageContaining("is a quote not closed?");
        for (FormatName name : List.of(FormatName.NDJSON, FormatName.LINES, FormatName.FIXED)) {
            assertThatThrownBy(() -> all(name, new Given(endless("1\n", "x"))))
                    .hasMessageContaining("line 2 has more than");
        }
        assertThatThrownBy(() ->
                        Formats.of(FormatName.FORM).document(new Given(endless("a=", "x")), FormatSettings.DEFAULT))
                .hasMessageContaining("the content has more than");
    }

    @Test
    void anItemOfJsonThatNeverEndsEndsWithItsPlace() {
        tooLarge(FormatName.JSON, "[{\"a\":1},{\"b\":\"", "x", "16777216 bytes (record 2, byte 9, field 'b')");
        tooLarge(FormatName.JSON, "[{\"a\":1}, [", "[],", "1000000 values (record 2, byte 10)");
    }

    /** Read as records, a document that is no list is one. */
    @Test
    void aLargeDocumentThatIsNoListIsToldWhereItsListStands() {
        for (String[] one : new String[][] {
            {"{\"a\":1,\"data\":{\"orders\":[{\"lines\":[", "$.data.orders[*]", "data.orders.lines"},
            {"{\"a b\":[", "$.orders[*]", "a b"},
            {"{\"a\":{\"b\":\"", "$.orders[*]", "a.b"}
        }) {
            String piece = one[0].endsWith("[") ? "\"0123456789012345678901234567890123456789\"," : "x";
            assertThatThrownBy(() -> all(FormatName.JSON, new Given(endless(one[0], piece))))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith("the record has more than 16777216 bytes; it is no list:"
                            + " 'records' says where one stands in it, like " + one[1] + " (record 1, byte 0, field '"
                            + one[2] + "')");
        }
    }

    @Test
    void anElementThatNeverEndsEndsWithItsPlace() {
        tooLarge(FormatName.XML, "<r><n>1</n><n>", "x", "16777216 bytes (record 2, byte 11)");
        tooLarge(FormatName.XML, "<r><n>1</n><!--", "x", "16777216 bytes (behind record 1");
        tooLarge(FormatName.XML, "<r><n>1</n></r><!--", "x", "16777216 bytes (behind the root element");
        tooLarge(FormatName.XML, "<r><n>1</n></r><?p ", "x", "16777216 bytes (behind the root element");
        tooLarge(FormatName.XML, "<r><n>1</n><n><b>", "<i>0123456789012</i>", "(record 2, byte 11, field 'b");
    }

    /** A long text is copied each time that the scanner reads on: with small steps this takes minutes. */
    @Test
    void anItemOfYamlThatNeverEndsEndsWithItsPlace() {
        tooLarge(FormatName.YAML, "- 1\n- a: '", "x", "16777216 bytes (record 2, byte 6, field 'a')");
        tooLarge(FormatName.YAML, "- 1\n- [", "1,", "1000000 values (record 2, line 2, column");
    }

    @Test
    void aMessageThatNeverEndsEndsWithItsPlace() {
        String start = "UNA:+.? 'UNB+UNOC:3+A+B+260301:1200+7'UNH+1+ORDERS:D:96A:UN'BGM+220+X+9'UNT+3+1'"
                + "UNH+2+ORDERS:D:96A:UN'";
        tooLarge(FormatName.EDIFACT, start, "FTX+AAI+++" + "0123456789".repeat(50) + "'", "(record 2, line 1, byte");
    }

    private static void tooLarge(FormatName name, String start, String piece, String said) {
        FormatSettings plain = settings();
        FormatSettings at = plain.with(RecordPath.parse(name == FormatName.XML ? "$.r.n[*]" : "$[*]"));
        assertThatThrownBy(() -> {
                    try (Records records = Formats.of(name).read(new Given(endless(start, piece)), at)) {
                        assertThat(records.next()).isNotNull();
                        records.next();
                    }
                })
                .as("%s %s", name, piece)
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(said);
    }

    @Test
    void whatIsPassedOverBesideRecordsMayBeLarge() throws IOException {
        String large = "x".repeat(17 << 20);
        Content content = text("{\"a\":\"" + large + "\",\"l\":[1,2],\"z\":\"" + large + "\"}");
        FormatSettings at = settings().with(RecordPath.parse("$.l[*]"));

        try (Records records = Formats.of(FormatName.JSON).read(content, at)) {
            assertThat(records.next()).hasToString("1");
            assertThat(records.next()).hasToString("2");
            assertThat(records.next()).isNull();
        }
    }

    @Test
    void aNumberOfManyDigitsCostsNothing() throws IOException {
        JsonNode number = all(FormatName.JSON, text("[1e999999999]"));

        assertThat(number.isNumber()).isTrue();
        assertThat(number.toString()).hasSizeLessThan(20);
    }

    /** A mark of UTF-32 begins as one of UTF-16 does. */
    @Test
    void aByteOrderMarkOfAnyCharacterSetSaysIt() throws IOException {
        for (String set : List.of("UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
            java.nio.charset.Charset charset = java.nio.charset.Charset.forName(set);
            java.util.Map<FormatName, String> samples = java.util.Map.of(
                    FormatName.JSON, "[\"é\"]",
                    FormatName.NDJSON, "\"é\"\n",
                    FormatName.CSV, "a\né\n",
                    FormatName.LINES, "é\n",
                    FormatName.FIXED, "é         \n",
                    FormatName.YAML, "- é\n");
            for (java.util.Map.Entry<FormatName, String> sample : samples.entrySet()) {
                byte[] bytes = ("\uFEFF" + sample.getValue()).getBytes(charset);
                JsonNode read = all(sample.getKey(), new Given(new ByteArrayInputStream(bytes)));

                assertThat(read.isTextual() ? read : read.elements().next())
                        .as("%s in %s", sample.getKey(), set)
                        .hasToString("\"é\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void contentIsDetectedBehindAByteOrderMarkOfAnyCharacterSet(String set) {
        java.nio.charset.Charset charset = java.nio.charset.Charset.forName(set);
        java.util.Map<FormatName, String> samples = java.util.Map.of(
                FormatName.JSON,
                "[1]",
                FormatName.XML,
                "<a/>",
                FormatName.CSV,
                "a,b\n1,2\n",
                FormatName.YAML,
                "---\na: 1");
        samples.forEach((format, text) -> assertThat(Detected.byStart(("\uFEFF" + text).getBytes(charset)))
                .as(text)
                .isEqualTo(format));
    }

    @Test
    void aLineInAnotherCharacterSetIsWrongByItself() throws IOException {
        byte[] mixed = "{\"n\":\"Müller\"}\n{\"n\":1}\n".getBytes(StandardCharsets.ISO_8859_1);
        try (Records records =
                Formats.of(FormatName.NDJSON).read(new Given(new ByteArrayInputStream(mixed)), settings())) {
            assertThatThrownBy(records::next)
                    .isInstanceOfSatisfying(
                            FormatException.class, e -> assertThat(e.goesOn()).isTrue())
                    .hasMessageContaining("none of its character set (UTF-8)")
                    .hasMessageContaining("record 1, line 1, byte 0");
            assertThat(records.next()).hasToString("{\"n\":1}");
        }
    }

    @Test
    void bytesAreCountedAcrossBlocksOfInput() throws IOException {
        String line = "{\"n\":\"" + "x".repeat(1_000) + "\"}\n";
        Content content = text(line.repeat(500) + "{\"n\":\n");

        assertThatThrownBy(() -> all(FormatName.NDJSON, content))
                .hasMessageContaining("record 501, line 501, byte " + line.length() * 500);
    }

    @Test
    void aLongTextThatAliasesRepeatEnds() {
        String bomb = "- &a " + "x".repeat(1 << 20) + "\n" + "- *a\n".repeat(100);

        assertThatThrownBy(() -> Formats.of(FormatName.YAML).document(text(bomb), FormatSettings.DEFAULT))
                .hasMessageContaining("aliases stand for more than 67108864 bytes");
    }

    @Test
    void numbersOfYamlHaveSoManyDigitsAsThoseOfJson() throws IOException {
        String digits = "1".repeat(1_000);

        assertThat(all(FormatName.YAML, text("- " + digits))).hasToString(digits);
        for (String number : List.of(digits + "1", "0x" + digits + "1", digits + ".5", "1e99999999999")) {
            assertThatThrownBy(() -> all(FormatName.YAML, text("- 1\n- " + number)))
                    .hasMessageContaining("a number ")
                    .hasMessageContaining("(record 2, line 2, column 3, byte 6)");
        }
    }

    @Test
    void contentInAnotherCharacterSetIsToldWithTheFirstByteThatIsNot() {
        byte[] yaml = "- a: Ä\n- b: ö\n".getBytes(StandardCharsets.ISO_8859_1);
        FormatSettings plain = settings();
        FormatSettings ascii = new FormatSettings(
                StandardCharsets.US_ASCII,
                plain.csv(),
                plain.json(),
                plain.xml(),
                plain.fixed(),
                plain.xlsx(),
                plain.edi(),
                plain.at(),
                plain.records(),
                null,
                null);
        byte[] json = "[\"a\",\"Ä\"]".getBytes(StandardCharsets.UTF_8);

        for (Reading reading : List.<Reading>of(
                (name, content, settings) -> Formats.of(name).document(content, settings),
                (name, content, settings) ->
                        Formats.of(name).read(content, settings).next())) {
            assertThatThrownBy(() -> reading.read(FormatName.YAML, new InMemory(yaml), plain))
                    .isInstanceOf(FormatException.class)
                    .hasMessage("the content holds bytes that are none of its character set (UTF-8); 'charset' can name"
                            + " another one (byte 5)");
            assertThatThrownBy(() -> reading.read(FormatName.JSON, new InMemory(json), ascii))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("(US-ASCII)")
                    .hasMessageEndingWith("(byte 6)");
        }
    }

    private interface Reading {
        void read(FormatName name, Content content, FormatSettings settings) throws IOException;
    }

    @Test
    void aValueOfYamlThatIsNoneOfItsTagIsRefused() {
        for (String wrong : List.of("!!null foo", "!!bool yes", "!!int 1.5", "!!int x", "!!float x")) {
            assertThatThrownBy(() -> all(FormatName.YAML, text("- " + wrong)))
                    .as(wrong)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void anInterchangeOfCharactersThatAreNotKnownIsRefused() {
        assertThatThrownBy(() -> all(FormatName.EDIFACT, text("UNB+UNOX:4+A+B+20260301:1200+7'UNZ+0+7'")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("UNOX");
    }

    /** What is cut anywhere ends with an error, or with the records that are whole; never with an exception of another kind. */
    @Test
    void contentThatIsCutAnywhereEndsWithAnErrorOrWithItsRecords() throws IOException {
        java.util.Map<FormatName, String> samples = java.util.Map.of(
                FormatName.JSON, "[{\"a\":\"x\\u00e9\"},{\"a\":[1.5,null]}]",
                FormatName.NDJSON, "{\"a\":1}\n{\"a\":\"ü\"}\n",
                FormatName.CSV, "a,b\n1,\"x\"\n\"ü\ny\",2\n",
                FormatName.TSV, "a\tb\n1\tx\n",
                FormatName.LINES, "one\nzwö\n",
                FormatName.FIXED, "one       \ntwo       \n",
                FormatName.YAML, "- {a: \"x\\n\"}\n- &b [1, ü]\n- *b\n",
                FormatName.EDIFACT,
                        "UNA:+.? 'UNB+UNOC:3+A+B+260301:1200+7'UNH+1+ORDERS:D:96A:UN'BGM+220+X+9'UNT+3+1'UNZ+1+7'",
                FormatName.X12,
                        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260301*1200*U*00401*000000007*0*P*:~"
                                + "GS*PO*SS*RR*20260301*1200*1*X*004010~ST*850*0001~BEG*00*SA*P1**20260301~SE*3*0001~GE*1*1~IEA*1*000000007~");
        List<FormatName> tell = List.of(FormatName.JSON, FormatName.EDIFACT, FormatName.X12);
        for (java.util.Map.Entry<FormatName, String> sample : samples.entrySet()) {
            byte[] whole = sample.getValue().getBytes(StandardCharsets.UTF_8);
            int records = count(sample.getKey(), whole);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(whole, length);
                String where = sample.getKey() + " cut at byte " + length;
                try {
                    int found = count(sample.getKey(), cut);
                    assertThat(found).as(where).isLessThanOrEqualTo(records);
                    if (length > 0 && tell.contains(sample.getKey())) {
                        assertThat(found).as(where).isEqualTo(records);
                    }
                } catch (IOException e) {
                    assertThat(e.getMessage()).as(where).isNotBlank();
                }
            }
        }
    }

    private static int count(FormatName name, byte[] bytes) throws IOException {
        int count = 0;
        try (Records records = Formats.of(name).read(new Given(new ByteArrayInputStream(bytes)), settings())) {
            while (records.next() != null) {
                count++;
            }
        }
        return count;
    }
}
