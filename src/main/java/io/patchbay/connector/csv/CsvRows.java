package io.patchbay.connector.csv;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.definition.CsvConfig;
import io.patchbay.payload.Json;
import java.io.Closeable;
import java.io.FilterReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Comma separated values (RFC 4180) as records: a text for each column, none for an empty line. One row at a time is in memory. */
public final class CsvRows implements Closeable {

    private static final int MOST_COLUMNS = 10_000;
    private static final int LONGEST_ROW = 16 << 20;
    private static final char MARK = 0xFEFF;

    private final CSVParser parser;
    private final Iterator<CSVRecord> rows;
    private final Bounded content;
    private List<String> columns;

    /** Content that breaks the rules; the message says how. */
    public static final class NotCsv extends IOException {
        private static final long serialVersionUID = 1L;

        NotCsv(String what) {
            super(what);
        }
    }

    /** Begins to read rows, one after the other. @throws NotCsv if the first row does not name the columns */
    public CsvRows(Reader content, CsvConfig csv) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(csv.delimiter())
                .setQuote(csv.quote().isEmpty() ? null : (Character) csv.quote().charAt(0))
                .setIgnoreEmptyLines(true)
                .get();
        try {
            this.content = new Bounded(content);
            this.parser = CSVParser.builder()
                    .setReader(withoutMark(this.content))
                    .setFormat(format)
                    .get();
            this.rows = parser.iterator();
            this.columns = csv.columns();
            if (csv.header() && rows.hasNext()) {
                CSVRecord first = rows.next();
                this.columns = columns.isEmpty() ? names(first) : columns;
            }
        } catch (IOException | UncheckedIOException e) {
            throw broken(e);
        }
    }

    /**
     * Reads all rows.
     *
     * @throws NotCsv if a row has more values than there are columns, or quotes are not closed
     */
    public static ArrayNode read(Reader content, CsvConfig csv) throws IOException {
        ArrayNode records = Json.NODES.arrayNode();
        try (CsvRows rows = new CsvRows(content, csv)) {
            for (ObjectNode row = rows.next(); row != null; row = rows.next()) {
                records.add(row);
            }
        }
        return records;
    }

    /** The next row; null behind the last. */
    public @Nullable ObjectNode next() throws IOException {
        try {
            content.row = 0;
            return rows.hasNext() ? record(rows.next(), columns) : null;
        } catch (IOException | UncheckedIOException e) {
            throw broken(e);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
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
                throw new NotCsv("a row has more than " + LONGEST_ROW + " characters: is a quote not closed?");
            }
            return read;
        }
    }

    /** The parser wraps what it throws itself, and what the connection throws. */
    private static IOException broken(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CSVException) {
                return new NotCsv("the rows break the rules of quotes and lines: " + cause.getMessage());
            }
            if (cause instanceof IOException io && cause.getCause() == null) {
                return io;
            }
        }
        return new IOException(thrown);
    }

    private static List<String> names(CSVRecord first) throws NotCsv {
        List<String> names = first.stream().map(String::strip).toList();
        if (names.size() > MOST_COLUMNS) {
            throw new NotCsv("the first row names more than " + MOST_COLUMNS + " columns");
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new NotCsv("the first row does not name the columns: a name stands twice");
        }
        return names;
    }

    /** A byte-order mark before a quote would make the quote a part of the name. */
    private static Reader withoutMark(Reader content) throws IOException {
        PushbackReader reader = new PushbackReader(content);
        int first = reader.read();
        if (first >= 0 && first != MARK) {
            reader.unread(first);
        }
        return reader;
    }

    private static ObjectNode record(CSVRecord row, List<String> columns) throws NotCsv {
        if (row.size() > columns.size()) {
            throw new NotCsv("row " + row.getRecordNumber() + " has " + row.size() + " values, and there are "
                    + columns.size() + " columns");
        }
        ObjectNode record = Json.NODES.objectNode();
        for (int i = 0; i < row.size(); i++) {
            record.put(columns.get(i), row.get(i));
        }
        return record;
    }
}
