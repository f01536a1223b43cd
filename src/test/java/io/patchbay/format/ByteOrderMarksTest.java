package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that begins with U+FEFF is read again with it: only a mark that says the character set is left out. */
class ByteOrderMarksTest {

    private static final String MARK = "\uFEFF";
    private static final List<String> CHARSETS =
            List.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM", "UTF-32", "UTF-32LE");

    private static FormatSettings settings(String charset, String quote, boolean bom) {
        FormatSettings plain = FormatSettings.DEFAULT;
        CsvSettings csv = new CsvSettings(
                null, true, List.of(), quote, null, CsvSettings.ShortRows.KEEP, bom, CsvSettings.Formulas.KEEP);
        FixedSettings.Column column =
                new FixedSettings.Column(MARK + "a", null, 8, FixedSettings.Align.LEFT, " ", true);
        return new FormatSettings(
                Charset.forName(charset),
                csv,
                plain.json(),
                plain.xml(),
                new FixedSettings(List.of(column), FixedSettings.Ends.NONE, 0),
                plain.xlsx(),
                plain.edi(),
                plain.at(),
                null,
                null,
                null);
    }

    static Stream<Arguments> written() {
        ObjectNode record = Json.NODES.objectNode().put(MARK + "a", MARK + "x");
        JsonNode text = Json.NODES.textNode(MARK + MARK + "x");
        return CHARSETS.stream()
                .flatMap(charset -> Stream.of(
                        Arguments.of(FormatName.CSV, record, settings(charset, "\"", false)),
                        Arguments.of(FormatName.CSV, record, settings(charset, "\"", true)),
                        Arguments.of(FormatName.CSV, record, settings(charset, "", false)),
                        Arguments.of(FormatName.CSV, record, settings(charset, "", true)),
                        Arguments.of(FormatName.FIXED, record, settings(charset, "\"", false)),
                        Arguments.of(FormatName.LINES, text, settings(charset, "\"", false)),
                        Arguments.of(FormatName.TEXT, text, settings(charset, "\"", false))));
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatBeginsWithAMarkOfItsOwnIsReadAgainWithIt(FormatName format, JsonNode record, FormatSettings settings)
            throws IOException {
        byte[] bytes = write(format, record, settings);

        List<JsonNode> read = new ArrayList<>();
        try (Records records = Formats.of(format).read(new InMemory(bytes), settings)) {
            for (JsonNode one = records.next(); one != null; one = records.next()) {
                read.add(one);
            }
        }
        assertThat(read).containsExactly(record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "x-UTF-16LE-BOM"})
    void aFileHasOneMarkAlsoWhereTheCharacterSetWritesItsOwn(String charset) throws IOException {
        byte[] bytes = write(FormatName.CSV, Json.NODES.objectNode().put("a", "x"), settings(charset, "\"", true));

        Charset bare = Charset.forName(charset.replace("x-UTF-16LE-BOM", "UTF-16LE"));
        String text = new String(bytes, charset.equals("UTF-16") ? Charset.forName("UTF-16BE") : bare);
        assertThat(text).isEqualTo(MARK + "a\r\nx\r\n");
    }

    @Test
    void aCharacterSetWithoutTheMarkRefusesIt() {
        assertThatThrownBy(() ->
                        write(FormatName.LINES, Json.NODES.textNode(MARK + "x"), settings("ISO-8859-1", "\"", false)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("ISO-8859-1 has not");
    }

    private static byte[] write(FormatName format, JsonNode record, FormatSettings settings) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = Formats.of(format).write(out, settings)) {
            writer.write(record);
        }
        return out.toByteArray();
    }
}
