package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where messages stand, in which characters, and what version 4 of EDIFACT's syntax has beside those before. */
class EdiReadingTest {

    private static final String UTF8 = "UNA:+.? 'UNB+UNOW:3+Ä:14+B+260301:1200+7'\r\n";

    private static Records open(FormatName name, byte[] bytes) throws IOException {
        return Formats.of(name).read(new InMemory(bytes), FormatSettings.DEFAULT);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String message(int number, String text, int count) {
        return "UNH+" + number + "+ORDERS:D:96A:UN'FTX+AAI+++" + text + "'UNT+" + count + "+" + number + "'\n";
    }

    @Test
    void aWrongMessageIsToldWithTheByteAtWhichItBegins() throws IOException {
        String before = UTF8 + message(1, "Grüße€𝄞", 3);
        String whole = before + message(2, "ü", 9) + message(3, "ß", 3) + "UNZ+3+7'";
        try (Records records = open(FormatName.EDIFACT, utf8(whole))) {
            assertThat(records.next().at("/segments/0/elements/3").asText()).isEqualTo("Grüße€𝄞");
            assertThatThrownBy(records::next)
                    .isInstanceOf(FormatException.class)
                    .hasMessageEndingWith("(record 2, line 3, byte " + utf8(before).length + ")");
            assertThat(records.next().at("/segments/0/elements/3").asText()).isEqualTo("ß");
        }
    }

    @Test
    void aMessageOfX12IsToldLikewise() throws IOException {
        String before =
                "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260301*1200*U*00401*000000007*0*P*:~"
                        + "GS*PO*SS*RR*20260301*1200*1*X*004010~ST*850*0001~BEG*00*SA*Größe**20260301~SE*3*0001~";
        byte[] whole = utf8(before + "ST*850*0002~BEG*00*SA*P1**20260301~SE*9*0002~GE*2*1~IEA*1*000000007~");
        try (Records records = open(FormatName.X12, whole)) {
            assertThat(records.next().at("/segments/0/elements/2").asText()).isEqualTo("Größe");
            assertThatThrownBy(records::next).hasMessageContaining("record 2, line 1, byte " + utf8(before).length);
        }
    }

    private static String x12(String sender, String text) {
        return "ISA*00*          *00*          *ZZ*" + sender + " ".repeat(15 - sender.length())
                + "*ZZ*RECEIVER       *260301*1200*U*00401*000000007*0*P*:~GS*PO*" + sender
                + "*RR*20260301*1200*1*X*004010~ST*850*0001~BEG*00*SA*" + text + "**20260301~SE*3*0001~GE*1*1~"
                + "IEA*1*000000007~";
    }

    /** Standards count characters, of which UTF-8 has fewer than bytes. */
    @Test
    void umlautsInAnEnvelopeAreReadAsUtf8() throws IOException {
        try (Records records = open(FormatName.X12, utf8(x12("Müller ÄÖ", "Größe")))) {
            JsonNode message = records.next();
            assertThat(message.at("/interchange/sender").asText()).isEqualTo("Müller ÄÖ");
            assertThat(message.at("/segments/0/elements/2").asText()).isEqualTo("Größe");
            assertThat(records.next()).isNull();
        }
        String sender = "ü".repeat(30);
        String text = "UNB+UNOW:3+" + sender + "+B+260301:1200+7'" + message(1, "ü", 3) + "UNZ+1+7'";
        try (Records records = open(FormatName.EDIFACT, utf8(text))) {
            assertThat(records.next().at("/interchange/sender").asText()).isEqualTo(sender);
            assertThat(records.next()).isNull();
        }
    }

    @Test
    void anEnvelopeWhoseSenderCountedBytesIsRead() throws IOException {
        String counted = x12("Müller", "Größe").replace("Müller         ", "Müller        ");
        try (Records records = open(FormatName.X12, utf8("\r\n" + counted))) {
            JsonNode message = records.next();
            assertThat(message.at("/interchange/sender").asText()).isEqualTo("Müller");
            assertThat(message.at("/segments/0/elements/2").asText()).isEqualTo("Größe");
            assertThat(records.next()).isNull();
        }
    }

    @Test
    void bytesOfAnotherSetBehindUmlautsInIsaAreAnError() throws IOException {
        byte[] whole = utf8(x12("Müller", "Gr#e"));
        whole[new String(whole, StandardCharsets.ISO_8859_1).indexOf('#')] = (byte) 0xFC;
        try (Records records = open(FormatName.X12, whole)) {
            assertThatThrownBy(records::next).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void anElementOfAMegabyteIsReadAndALongerOneIsSaid() throws IOException {
        for (int length : new int[] {2_000, 4_097, 8_191, 500_000}) {
            String text = UTF8 + message(1, "ü".repeat(length), 3) + message(2, "x", 3) + "UNZ+2+7'";
            try (Records records = open(FormatName.EDIFACT, utf8(text))) {
                assertThat(records.next().at("/segments/0/elements/3").asText()).isEqualTo("ü".repeat(length));
                assertThat(records.next().at("/segments/0/elements/3").asText()).isEqualTo("x");
                assertThat(records.next()).isNull();
            }
        }
        String good = UTF8 + message(1, "ü", 3);
        int segment = utf8(good + "UNH+2+ORDERS:D:96A:UN'").length;
        String text = good + message(2, "ü".repeat(600_000), 3) + "UNZ+1+7'";
        try (Records records = open(FormatName.EDIFACT, utf8(text))) {
            assertThat(records.next()).isNotNull();
            assertThatThrownBy(records::next)
                    .isInstanceOf(FormatException.class)
                    .hasMessage("an element has more than 1048576 bytes: segment FTX at byte " + segment
                            + " (record 2, line 3, byte " + utf8(good).length + ")");
        }
    }

    @Test
    void behindUmlautsInIsaBytesAreStillTold() throws IOException {
        String good = x12("Müller ÄÖ", "Größe");
        String start = good.substring(0, good.indexOf("SE*3"));
        String filler = "NTE**€".repeat(1) + "~";
        String many = start + filler.repeat(3_000) + "SE*3003*0001~";
        String text = many + "ST*850*0002~SE*9*0002~ST*850*0003~BEG*00~SE*3*0003~GE*3*1~IEA*1*000000007~";
        try (Records records = open(FormatName.X12, utf8(text))) {
            assertThat(records.next().at("/segments")).hasSize(3_001);
            assertThatThrownBy(records::next)
                    .hasMessageContaining("(record 2, line 1, byte " + utf8(many).length + ")");
            assertThat(records.next().at("/message/reference").asText()).isEqualTo("0003");
        }
    }

    @Test
    void aByteOrderMarkBeforeAnInterchangeIsNoneOfIt() throws IOException {
        String good = "\uFEFFUNB+UNOC:3+A+B+260301:1200+7'" + message(1, "ü", 3);
        try (Records records = open(FormatName.EDIFACT, utf8(good + message(2, "ü", 9) + "UNZ+2+7'"))) {
            assertThat(records.next().at("/segments/0/elements/3").asText()).isEqualTo("ü");
            assertThatThrownBy(records::next).hasMessageContaining(", byte " + utf8(good).length + ")");
        }
        String x12 = "\uFEFF" + x12("Müller", "Größe");
        try (Records records = open(FormatName.X12, utf8(x12.replace("SE*3*", "SE*9*")))) {
            assertThatThrownBy(records::next)
                    .hasMessageContaining(", byte " + utf8(x12.substring(0, x12.indexOf("ST*"))).length + ")");
        }
    }

    @Test
    void aCharacterOfFourBytesBehindUmlautsInIsaIsSaid() throws IOException {
        String text = x12("Müller", "𝄞");
        try (Records records = open(FormatName.X12, utf8(text))) {
            assertThatThrownBy(records::next)
                    .hasMessage("it has a character of four bytes: segment BEG at byte "
                            + utf8(text.substring(0, text.indexOf("BEG"))).length + " (record 1, line 1, byte "
                            + utf8(text.substring(0, text.indexOf("ST*"))).length + ")");
        }
    }

    @Test
    void umlautsInIsaAreWrittenWithOneByteEachOrNotAtAll() throws IOException {
        String record =
                "[{\"interchange\":{\"sender\":\"Müller\",\"recipient\":\"B\"},\"group\":{\"function\":\"PO\",\"version\":\"004010\",\"sender\":\"SS\",\"recipient\":\"RR\"},"
                        + "\"message\":{\"type\":\"850\"},\"segments\":[{\"tag\":\"BEG\",\"elements\":[\"ü\"]}]}]";
        JsonNode value = Json.MAPPER.readTree(record);
        FormatSettings latin = settings("4", null, StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatThrownBy(() ->
                        Formats.of(FormatName.X12).document(value, out, settings("4", null, StandardCharsets.UTF_8)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("interchange.sender with a character that takes several bytes in UTF-8");
        Formats.of(FormatName.X12).document(value, out, latin);
        try (Records records = Formats.of(FormatName.X12).read(new InMemory(out.toByteArray()), latin)) {
            assertThat(records.next().at("/interchange/sender").asText()).isEqualTo("Müller");
        }
    }

    @Test
    void aMessageWithSeparatorsOfItsCharacterSetGoesAsideWithThem() throws IOException {
        String text = "UNA:§.? 'UNB§UNOC:3§A§B§260301:1200§7'UNH§1§ORDERS:D:96A:UN'BGM§ü'UNT§9§1'UNZ§1§7'";
        try (Records records = open(FormatName.EDIFACT, text.getBytes(StandardCharsets.ISO_8859_1))) {
            FormatException thrown = catchThrowableOfType(FormatException.class, records::next);

            assertThat(thrown.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
            assertThat(new String(thrown.found().binaryValue(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(text);
        }
    }

    @Test
    void bytesThatAreNoneOfTheCharacterSetMakeTheirMessageWrongAndNoOther() throws IOException {
        byte[] good = utf8(UTF8 + message(1, "ü", 3));
        byte[] wrong = message(2, "ü", 3).getBytes(StandardCharsets.ISO_8859_1);
        byte[] rest = utf8(message(3, "ü", 3) + "UNZ+3+7'");
        byte[] whole = Arrays.copyOf(good, good.length + wrong.length + rest.length);
        System.arraycopy(wrong, 0, whole, good.length, wrong.length);
        System.arraycopy(rest, 0, whole, good.length + wrong.length, rest.length);
        try (Records records = open(FormatName.EDIFACT, whole)) {
            records.next();
            FormatException thrown = catchThrowableOfType(FormatException.class, records::next);

            assertThat(thrown)
                    .hasMessage("the content holds bytes that are none of its character set (UTF-8);"
                            + " the syntax in UNB says that: segment FTX"
                            + " (record 2, line 3, byte " + good.length + ")");
            assertThat(thrown.goesOn()).isTrue();
            assertThat(thrown.charset()).isEqualTo(StandardCharsets.UTF_8);
            byte[] alone = thrown.found().binaryValue();
            assertThat(new String(alone, StandardCharsets.ISO_8859_1))
                    .isEqualTo(
                            new String(utf8("UNA:+.? 'UNB+UNOW:3+Ä:14+B+260301:1200+7'"), StandardCharsets.ISO_8859_1)
                                    + "UNH+2+ORDERS:D:96A:UN'FTX+AAI+++ü'UNT+3+2'UNZ+1+7'");
            assertThat(records.next().at("/segments/0/elements/3").asText()).isEqualTo("ü");
            assertThat(records.next()).isNull();
        }
    }

    @Test
    void eachInterchangeHasItsOwnCharacterSet() throws IOException {
        Charset greek = Charset.forName("ISO-8859-7");
        byte[] first = ("UNB+UNOC:3+A+B+260301:1200+7'" + message(1, "ü", 3) + "UNZ+1+7'\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] second = ("UNB+UNOF:3+A+B+260301:1200+8'" + message(1, "αβγ", 3) + "UNZ+1+8'\n").getBytes(greek);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        try (Records records = open(FormatName.EDIFACT, both)) {
            assertThat(records.next().at("/segments/0/elements/3").asText()).isEqualTo("ü");
            assertThat(records.next().at("/segments/0/elements/3").asText()).isEqualTo("αβγ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "UNA:+.?*'UNB+UNOC:4+A+B+20260301:1200+7' | 1*2+X?*Y+A:1*B:2 | [{\"repeat\":[\"1\",\"2\"]},\"X*Y\",{\"repeat\":[[\"A\",\"1\"],[\"B\",\"2\"]]}]",
                "UNB+UNOA:4+A+B+20260301:1200+7' | 1*2 | [{\"repeat\":[\"1\",\"2\"]}]",
                "UNA:+.?^'UNB+UNOC:4+A+B+20260301:1200+7' | 1^^2+X*Y | [{\"repeat\":[\"1\",\"2\"]},\"X*Y\"]",
                "UNA:+.? 'UNB+UNOC:4+A+B+20260301:1200+7' | X*Y | [\"X*Y\"]",
                "UNB+UNOC:4:1::01+A+B+20260301:1200+7' | X | [\"X\"]",
                "UNB+UNOC:4::7+A+B+20260301:1200+7' | €ü | [\"€ü\"]",
            })
    void versionFourOfTheSyntaxIsRead(String begin, String elements, String json) throws IOException {
        String text = begin.strip().replace("^^", "^") + "UNH+1+ORDERS:D:96A:UN+++S:1:2:UN+G:3:4:UN+C'BGM+"
                + elements.replace("^^", "^") + "'UNT+3+1'UNZ+1+7'";
        try (Records records = open(FormatName.EDIFACT, utf8(text))) {
            JsonNode message = records.next();

            assertThat(message.at("/segments/0/elements")).isEqualTo(Json.MAPPER.readTree(json));
            assertThat(message.at("/interchange/date").asText()).isEqualTo("20260301");
            assertThat(message.at("/message/subset").asText()).isEqualTo("S");
            assertThat(message.at("/message/guidelineVersion").asText()).isEqualTo("3");
            assertThat(message.at("/message/scenario").asText()).isEqualTo("C");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNB+UNOC:5+A+B+20260301:1200+7' | UNB says the syntax version '5'; versions 1 to 4 are read",
                "UNB+UNOC:4::5+A+B+20260301:1200+7' | it has the character encoding '5'; 1 and 2 (ASCII) and 7 (UTF-8) are known here",
            })
    void whatIsNotReadIsSaid(String begin, String said) {
        byte[] whole = utf8(begin + message(1, "x", 3) + "UNZ+1+7'");

        assertThatThrownBy(() -> open(FormatName.EDIFACT, whole).next())
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(said);
    }

    private static FormatSettings settings(String version, @Nullable String separators) {
        return settings(version, separators, FormatSettings.DEFAULT.charset());
    }

    private static FormatSettings settings(String version, @Nullable String separators, Charset charset) {
        EdiSettings edi = new EdiSettings(
                "A", null, "B", null, "7", 1, "UNOC", version, "ORDERS", "D:96A:UN", null, false, separators, false);
        return Enveloped.settings(FormatSettings.DEFAULT, charset, edi);
    }

    private static String written(FormatSettings settings, String more, String elements) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String record = "[{" + more + "\"segments\":[{\"tag\":\"BGM\",\"elements\":" + elements + "}]}]";
        Formats.of(FormatName.EDIFACT).document(Json.MAPPER.readTree(record), out, settings);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {"- | UNB | *", ":+.?' | UNA:+.?*'UNB | *", "*+.?' | UNA*+.?^'UNB | ^"})
    void versionFourOfTheSyntaxIsWritten(@Nullable String separators, String begin, String sign) throws IOException {
        String elements = "[{\"repeat\":[\"1\",\"2\"]},\"X*Y^Z\"]";

        String text = written(settings("4", separators), "", elements);

        assertThat(text).startsWith(begin + "+UNOC").contains("+19700101", "BGM+1" + sign + "2+");
        try (Records records = open(FormatName.EDIFACT, text.getBytes(StandardCharsets.ISO_8859_1))) {
            assertThat(records.next().at("/segments/0/elements")).isEqualTo(Json.MAPPER.readTree(elements));
        }
    }

    /** The first message of a text, read and written. */
    private static ByteArrayOutputStream again(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Records records = open(FormatName.EDIFACT, utf8(text));
                RecordWriter writer = Formats.of(FormatName.EDIFACT).write(out, FormatSettings.DEFAULT)) {
            writer.write(records.next());
        }
        return out;
    }

    @Test
    void whatIsReadOfVersionFourIsWrittenAgain() throws IOException {
        String text = "UNB+UNOC:4:1::01+A:14:X:Y+B+20260301:1200+7++APP+A+1+AG+1'"
                + "UNH+1+ORDERS:D:96A:UN:EAN:1:sub+acc+1:C+S:1:2:UN+G:3:4:UN+C:5:6:UN'BGM+1*2'UNT+3+1'UNZ+1+7'";

        assertThat(again(text).toString(StandardCharsets.ISO_8859_1)).isEqualTo(text);
    }

    @Test
    void theEncodingOfAnInterchangeSaysItsCharactersWhereItIsWritten() throws IOException {
        String text = "UNB+UNOC:4::7+A+B+20260301:1200+7'" + "UNH+1+ORDERS:D:96A:UN'FTX+AAI+++€ü'UNT+3+1'UNZ+1+7'";

        assertThat(again(text).toString(StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void anEncodingThatIsNotKnownIsNotWritten() {
        String own = "\"interchange\":{\"encoding\":\"3\"},";

        assertThatThrownBy(() -> written(settings("4", null), own, "[\"1\"]"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("has the character encoding '3'; 1 and 2 (ASCII) and 7 (UTF-8) are known here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "9"})
    void whatAVersionOfTheSyntaxCannotSayIsRefused(String version) {
        String said = version.equals("3") ? "syntax version 4 of EDIFACT has a sign" : "versions 1 to 4 are written";

        assertThatThrownBy(() -> written(settings(version, null), "", "[{\"repeat\":[\"1\",\"2\"]}]"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aDateThatDoesNotFitTheVersionOfTheSyntaxIsRefused() {
        String own = "\"interchange\":{\"date\":\"260301\"},";

        assertThatThrownBy(() -> written(settings("4", null), own, "[\"1\"]"))
                .hasMessageContaining("no 8 digits, as syntax version 4 has them (yyyyMMdd)");
    }

    @Test
    void aCenturyThatAnEarlierVersionHasNotIsLeftOut() throws IOException {
        String own = "\"interchange\":{\"date\":\"20260301\"},";

        assertThat(written(settings("3", null), own, "[\"1\"]")).contains("+260301:0000+");
    }
}
