package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows are what another reader of RFC 4180 takes them for, wherever the buffer of the reader ends. */
class CsvRowsTest {

    private static final String COLUMNS = "a,b,c\r\n";

    /** Content that is handed out so many bytes at a time. */
    private record Given(byte[] bytes, int atOnce) implements TestContent {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes) {
                @Override
                public synchronized int read(byte[] into, int from, int most) {
                    return super.read(into, from, Math.min(most, atOnce));
                }
            };
        }
    }

    private static FormatSettings settings(CsvSettings csv, Charset charset) {
        FormatSettings plain = FormatSettings.DEFAULT;
        return new FormatSettings(
                charset,
                csv,
                JsonSettings.DEFAULT,
                plain.xml(),
                null,
                plain.xlsx(),
                plain.edi(),
                plain.at(),
                null,
                null,
                null);
    }

    private static CsvSettings csv(String quote, @Nullable String escape) {
        return new CsvSettings(
                null,
                false,
                IntStream.range(0, 64).mapToObj(i -> "c" + i).toList(),
                quote,
                escape,
                CsvSettings.ShortRows.KEEP,
                false,
                CsvSettings.Formulas.KEEP);
    }

    /** The rows, and what ends the reading. */
    private static List<List<String>> ours(byte[] bytes, int atOnce, CsvSettings csv, Charset charset) {
        List<List<String>> rows = new ArrayList<>();
        try (Records records = Formats.of(FormatName.CSV).read(new Given(bytes, atOnce), settings(csv, charset))) {
            for (JsonNode record = records.next(); record != null; record = records.next()) {
                List<String> row = new ArrayList<>();
                record.forEach(value -> row.add(value.textValue()));
                rows.add(row);
            }
        } catch (IOException e) {
            rows.add(List.of("ended"));
        }
        return rows;
    }

    private static List<List<String>> theirs(String text, CsvSettings csv) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        CSVFormat.Builder form = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true);
        form.setQuote(csv.quote().isEmpty() ? null : (Character) csv.quote().charAt(0));
        if (csv.escape() != null) {
            form.setEscape(csv.escape().charAt(0));
        }
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(form.get())
                .get()) {
            for (CSVRecord row : parser) {
                rows.add(row.toList());
            }
        } catch (UncheckedIOException e) {
            rows.add(List.of("ended"));
        }
        return rows;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "bc", ",", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "ü", "€", "x\"y", "\",\"")
                .list()
                .ofMaxSize(24)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 400)
    void rowsAreWhatAnotherReaderTakesThemFor(@ForAll("texts") String text) throws IOException {
        CsvSettings plain = csv("\"", null);
        List<List<String>> expected = theirs(text, plain);
        assertThat(ours(text.getBytes(StandardCharsets.UTF_8), 1, plain, StandardCharsets.UTF_8))
                .isEqualTo(expected);
        assertThat(ours(text.getBytes(StandardCharsets.UTF_8), 7, plain, StandardCharsets.UTF_8))
                .isEqualTo(expected);
        assertThat(ours(text.getBytes(StandardCharsets.UTF_16LE), 3, plain, StandardCharsets.UTF_16LE))
                .isEqualTo(expected);
    }

    @Property(tries = 300)
    void withoutQuotesToo(@ForAll("texts") String text) throws IOException {
        CsvSettings bare = csv("", null);
        assertThat(ours(text.getBytes(StandardCharsets.UTF_8), 5, bare, StandardCharsets.UTF_8))
                .isEqualTo(theirs(text, bare));
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll List<List<String>> values) throws IOException {
        List<List<String>> rows = values.stream()
                .map(row -> row.stream().limit(8).toList())
                .filter(row -> !row.isEmpty() && row.stream().allMatch(CsvRowsTest::whole))
                .toList();
        for (CsvSettings csv : List.of(csv("\"", null), csv("'", "\\"))) {
            StringBuilder text = new StringBuilder();
            for (List<String> row : rows) {
                new CsvRow(csv, ',').write(row, text);
            }
            assertThat(ours(text.toString().getBytes(StandardCharsets.UTF_8), 4096, csv, StandardCharsets.UTF_8))
                    .isEqualTo(rows);
        }
    }

    private static boolean whole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Test
    void aPlaceIsTheByteAtWhichARowBeginsBehindEmptyLinesAndLinesInValues() throws IOException {
        String text = COLUMNS + "1,\"two\r\nlines ü\",3\r\n\r\n\n1,2,3,4\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long begin = text.substring(0, text.indexOf("1,2,3,4")).getBytes(StandardCharsets.UTF_8).length;
        try (Records records = Formats.of(FormatName.CSV).read(new Given(bytes, 2), FormatSettings.DEFAULT)) {
            records.next();
            assertThatThrownBy(records::next).hasMessageEndingWith("(record 2, line 6, byte " + begin + ")");
        }
    }

    @Test
    void aRowLongerThanTheBufferIsOneRow() {
        String value = "ü".repeat(300_000);
        byte[] bytes = ("x," + value + "\n1,2\n").getBytes(StandardCharsets.UTF_8);
        assertThat(ours(bytes, 8192, csv("\"", null), StandardCharsets.UTF_8))
                .isEqualTo(List.of(List.of("x", value), List.of("1", "2")));
    }

    @Test
    void anEmptyValueAloneIsNoLineWithoutQuotes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvSettings bare = new CsvSettings(
                null, true, List.of("a"), "", null, CsvSettings.ShortRows.KEEP, false, CsvSettings.Formulas.KEEP);
        try (RecordWriter writer = Formats.of(FormatName.CSV).write(out, settings(bare, StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> writer.write(Json.NODES.objectNode().put("a", "")))
                    .hasMessageContaining("is an empty line without quotes");
            writer.write(Json.NODES.objectNode().put("a", "x"));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\r\nx\r\n");
    }
}
