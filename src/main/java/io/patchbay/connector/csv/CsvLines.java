package io.patchbay.connector.csv;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.definition.FileCsvConfig;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/** Records as comma separated values (RFC 4180), checked before the first byte is written. */
public final class CsvLines {

    private static final int AT_ONCE = 500;
    /** What spreadsheets take for a formula (OWASP, CSV injection). */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+([.,][0-9]+)?");

    private final List<JsonNode> records;
    private final FileCsvConfig csv;
    private final List<String> columns;

    private CsvLines(List<JsonNode> records, FileCsvConfig csv, List<String> columns) {
        this.records = records;
        this.csv = csv;
        this.columns = columns;
    }

    /** The lines of these records. @throws StepException when one is no record of these columns, or cannot be written so */
    public static CsvLines of(List<JsonNode> records, FileCsvConfig csv) throws StepException {
        List<String> columns = csv.columns().isEmpty() ? names(records) : csv.columns();
        CsvLines lines = new CsvLines(records, csv, columns);
        CharsetEncoder encoder = csv.encoding().newEncoder();
        lines.check(encoder, 0, columns);
        Set<String> known = new LinkedHashSet<>(columns);
        for (int i = 0; i < records.size(); i++) {
            JsonNode record = records.get(i);
            if (!record.isObject()) {
                throw refused(i, "is no record with fields, so it has no columns");
            }
            for (String name : (Iterable<String>) record::fieldNames) {
                if (csv.columns().isEmpty() && !known.contains(name)) {
                    throw refused(
                            i,
                            "has the field '" + name + "', which the first record has not: name all columns"
                                    + " (csv: {columns: […]})");
                }
            }
            lines.check(encoder, i + 1, lines.values(record));
        }
        return lines;
    }

    private static List<String> names(List<JsonNode> records) {
        List<String> names = new ArrayList<>();
        if (!records.isEmpty()) {
            records.get(0).fieldNames().forEachRemaining(names::add);
        }
        return names;
    }

    private void check(CharsetEncoder encoder, int row, List<String> values) throws StepException {
        for (String value : values) {
            if (!encoder.canEncode(value)) {
                throw refused(row - 1, "holds a character that " + csv.encoding() + " has not (csv.encoding)");
            }
            if (csv.quote().isEmpty() && (value.contains(csv.delimiter()) || value.matches("(?s).*[\\r\\n].*"))) {
                throw refused(
                        row - 1,
                        "holds a delimiter or a line break, which cannot be written without quotes (csv.quote)");
            }
        }
    }

    private static StepException refused(int record, String why) {
        String which = record < 0 ? "the row of names" : "record " + (record + 1);
        return new StepException(Owner.AUTHOR, "NOT_CSV", "the payload cannot be written as CSV: " + which + " " + why);
    }

    /** All lines as bytes, some records at a time. */
    @SuppressWarnings("JdkObsolete") // a sequence of streams takes nothing else
    public InputStream open() {
        return new SequenceInputStream(new Enumeration<>() {
            private int next = -1;

            @Override
            public boolean hasMoreElements() {
                return next < records.size();
            }

            @Override
            public InputStream nextElement() {
                if (!hasMoreElements()) {
                    throw new NoSuchElementException();
                }
                int from = next;
                next = from < 0 ? 0 : Math.min(records.size(), from + AT_ONCE);
                return new ByteArrayInputStream(from < 0 ? header() : rows(from, next));
            }
        });
    }

    private byte[] header() {
        return csv.header() && !columns.isEmpty() ? written(List.of(columns)) : new byte[0];
    }

    private byte[] rows(int from, int to) {
        return written(records.subList(from, to).stream().map(this::values).toList());
    }

    private List<String> values(JsonNode record) {
        return columns.stream().map(name -> value(record.path(name))).toList();
    }

    private String value(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        boolean quoted = csv.formulas() == FileCsvConfig.Formulas.QUOTE
                && value.isTextual()
                && FORMULA.matcher(text).matches()
                && !NUMBER.matcher(text).matches();
        return quoted ? "'" + text : text;
    }

    private byte[] written(List<List<String>> rows) {
        Character quote = csv.quote().isEmpty() ? null : csv.quote().charAt(0);
        CSVFormat.Builder format = CSVFormat.RFC4180.builder().setDelimiter(csv.delimiter());
        format.setQuote(quote);
        if (quote == null) {
            format.setQuoteMode(QuoteMode.NONE).setEscape('\\');
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CSVPrinter printer =
                new CSVPrinter(new OutputStreamWriter(bytes, csv.encoding().newEncoder()), format.get())) {
            for (List<String> row : rows) {
                printer.printRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("rows that were checked cannot be written", e);
        }
        return bytes.toByteArray();
    }
}
