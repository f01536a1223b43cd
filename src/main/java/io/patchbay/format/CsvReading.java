package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.io.ByteArrayOutputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows as records, one at a time in memory. Where the character set allows it, rows are found among bytes and only values are decoded: places
 * are bytes then, and a value in another character set spoils its row and no other.
 */
final class CsvReading implements Records {

    private static final int MOST_COLUMNS = 10_000;
    private static final int LONGEST_ROW = 16 << 20;

    private final Encoded encoded;
    private final CsvSettings settings;
    private final char delimiter;
    private final boolean bytes;
    private final Bounded bounded;
    private final CSVParser parser;
    private final Iterator<CSVRecord> rows;
    private final List<String> columns;
    private long record;
    private long lines;

    CsvReading(Encoded encoded, CsvSettings settings, char delimiter) throws IOException {
        this.encoded = encoded;
        this.settings = settings;
        this.delimiter = delimiter;
        this.bytes = encoded.plain() && ascii(delimiter) && ascii(settings.quote()) && ascii(settings.escape());
        Reader reader = bytes ? new InputStreamReader(encoded.in(), StandardCharsets.ISO_8859_1) : encoded.reader();
        this.bounded = new Bounded(reader);
        try {
            this.parser =
                    CSVParser.builder().setReader(bounded).setFormat(form()).get();
            this.rows = parser.iterator();
            this.columns = columns();
        } catch (IOException | UncheckedIOException e) {
            reader.close();
            throw broken(e);
        }
    }

    private static boolean ascii(char c) {
        return c < 128;
    }

    private static boolean ascii(@Nullable String text) {
        return text == null || text.chars().allMatch(c -> c < 128);
    }

    private CSVFormat form() {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setQuote(
                        settings.quote().isEmpty()
                                ? null
                                : (Character) settings.quote().charAt(0))
                .setEscape(
                        settings.escape() == null
                                ? null
                                : (Character) settings.escape().charAt(0))
                .setIgnoreEmptyLines(true)
                .get();
    }

    private List<String> columns() throws IOException {
        if (!settings.header() || !rows.hasNext()) {
            return settings.columns();
        }
        CSVRecord first = rows.next();
        lines = parser.getCurrentLineNumber();
        if (!settings.columns().isEmpty()) {
            return settings.columns();
        }
        List<String> names = new ArrayList<>();
        try {
            for (String name : first) {
                names.add(decoded(name).strip());
            }
        } catch (CharacterCodingException e) {
            throw FormatException.ends(notEncoded(), new Place(0, 1, 0));
        }
        if (names.size() > MOST_COLUMNS) {
            throw FormatException.ends("the first row names more than " + MOST_COLUMNS + " columns", null);
        }
        if (names.stream().distinct().count() < names.size()) {
            throw FormatException.ends("the first row does not name the columns: a name stands twice", null);
        }
        return names;
    }

    private String decoded(String value) throws CharacterCodingException {
        return bytes ? Encoded.text(value, encoded.charset()) : value;
    }

    private String notEncoded() {
        return "the content holds bytes that are none of its character set (" + encoded.charset()
                + "); 'charset' can name another one";
    }

    @Override
    public @Nullable JsonNode next() throws IOException {
        CSVRecord row;
        try {
            bounded.row = 0;
            if (!rows.hasNext()) {
                return null;
            }
            row = rows.next();
        } catch (UncheckedIOException e) {
            throw broken(e);
        }
        record++;
        Place at = new Place(record, lines + 1, bytes ? row.getCharacterPosition() + encoded.mark() : -1);
        lines = parser.getCurrentLineNumber();
        return record(row, at);
    }

    private ObjectNode record(CSVRecord row, Place at) throws FormatException {
        int size = row.size();
        if (size > columns.size() || (size < columns.size() && settings.shortRows() == CsvSettings.ShortRows.FAIL)) {
            throw broken(
                    "row " + row.getRecordNumber() + " has " + size + (size == 1 ? " value" : " values")
                            + ", and there are " + columns.size() + " columns",
                    at,
                    null,
                    row);
        }
        ObjectNode values = Json.NODES.objectNode();
        for (int i = 0; i < size; i++) {
            try {
                values.put(columns.get(i), decoded(row.get(i)));
            } catch (CharacterCodingException e) {
                throw broken(notEncoded(), at, columns.get(i), row);
            }
        }
        return values;
    }

    /** What there is of it is the row with the row of names before it: content that can be mended and read as this was. */
    private FormatException broken(String why, Place at, @Nullable String field, CSVRecord row) {
        StringBuilder names = new StringBuilder();
        StringBuilder values = new StringBuilder();
        try {
            if (settings.header()) {
                form().printRecord(names, columns.toArray());
            }
            form().printRecord(values, (Object[]) row.values());
        } catch (IOException | IllegalArgumentException e) {
            return FormatException.record(why, at, field, Json.NODES.missingNode());
        }
        if (!bytes) {
            return FormatException.record(
                    why, at, field, Json.NODES.textNode(names.append(values).toString()));
        }
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        found.writeBytes(names.toString().getBytes(encoded.charset()));
        found.writeBytes(values.toString().getBytes(StandardCharsets.ISO_8859_1));
        return FormatException.record(why, at, field, found.toByteArray(), encoded.charset());
    }

    /** A quote that is never closed would make one row of all that follows. */
    private static final class Bounded extends FilterReader {
        private int row;

        Bounded(Reader in) {
            super(in);
        }

        @Override
        public int read(char[] chars, int from, int most) throws IOException {
            int read = super.read(chars, from, most);
            row += Math.max(0, read);
            if (row > LONGEST_ROW) {
                throw FormatException.ends(
                        "a row has more than " + LONGEST_ROW + " characters: is a quote not closed?", null);
            }
            return read;
        }
    }

    /** The parser wraps what it throws itself, and what the content throws. */
    private IOException broken(Exception thrown) {
        Place at = new Place(record + 1, lines + 1, -1);
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FormatException format) {
                return format;
            }
            if (cause instanceof CharacterCodingException) {
                return FormatException.ends(notEncoded(), at);
            }
            if (cause instanceof CSVException) {
                return FormatException.ends("the rows break the rules of quotes and lines", at);
            }
            if (cause instanceof IOException io && cause.getCause() == null) {
                return io;
            }
        }
        return new IOException(thrown);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
