package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/** Records as rows. What a record has and no column takes is an error, unless columns are named. */
final class CsvWriting implements RecordWriter {

    /** What spreadsheets take for a formula (OWASP, CSV injection). */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+([.,][0-9]+)?");
    private static final String MARK = "\uFEFF";

    private final Output out;
    private final CsvSettings settings;
    private final char delimiter;
    private final CSVFormat form;
    private @Nullable List<String> columns;
    private Set<String> known = Set.of();

    CsvWriting(Output out, CsvSettings settings, char delimiter) throws IOException {
        this.out = out;
        this.settings = settings;
        this.delimiter = delimiter;
        CSVFormat.Builder builder = CSVFormat.RFC4180.builder().setDelimiter(delimiter);
        if (!settings.quote().isEmpty()) {
            builder.setQuote(settings.quote().charAt(0));
        }
        if (settings.escape() != null) {
            builder.setEscape(settings.escape().charAt(0));
        }
        this.form = builder.get();
        if (settings.bom()) {
            out.check(MARK);
            out.write(MARK);
        }
        if (!settings.columns().isEmpty()) {
            begin(settings.columns());
        }
    }

    private void begin(List<String> names) throws IOException {
        String header = settings.header() && !names.isEmpty() ? checked(names) : "";
        columns = names;
        known = new HashSet<>(names);
        out.write(header);
    }

    @Override
    public void write(JsonNode record) throws IOException {
        if (!record.isObject()) {
            throw FormatException.refused("is no record with fields, so it has no columns");
        }
        List<String> names = columns;
        if (names == null) {
            names = new ArrayList<>();
            record.fieldNames().forEachRemaining(names::add);
            String row = checked(values(record, names));
            begin(List.copyOf(names));
            out.write(row);
            return;
        }
        if (settings.columns().isEmpty()) {
            for (String name : (Iterable<String>) record::fieldNames) {
                if (!known.contains(name)) {
                    throw FormatException.refused("has the field '" + name
                            + "', which the first record has not: name all columns (csv: {columns: […]})");
                }
            }
        }
        out.write(checked(values(record, names)));
    }

    private List<String> values(JsonNode record, List<String> names) {
        List<String> values = new ArrayList<>(names.size());
        for (String name : names) {
            values.add(value(record.path(name)));
        }
        return values;
    }

    private String value(JsonNode value) {
        if (Values.absent(value)) {
            return "";
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        boolean quoted = settings.formulas() == CsvSettings.Formulas.QUOTE
                && value.isTextual()
                && FORMULA.matcher(text).matches()
                && !NUMBER.matcher(text).matches();
        return quoted ? "'" + text : text;
    }

    /** A row, when all of it can be written. */
    private String checked(List<String> values) throws IOException {
        String row = settings.quote().isEmpty() ? bare(values) : quoted(values);
        out.check(row);
        return row;
    }

    private String quoted(List<String> values) throws IOException {
        StringBuilder row = new StringBuilder();
        form.printRecord(row, values.toArray());
        return row.toString();
    }

    /** Without quotes a delimiter or the end of a line is written behind an escape, or not at all. */
    private String bare(List<String> values) throws FormatException {
        String escape = settings.escape();
        StringBuilder row = new StringBuilder();
        String between = "";
        for (String value : values) {
            row.append(between);
            between = String.valueOf(delimiter);
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '\r' || c == '\n' || (c == delimiter && escape == null)) {
                    throw FormatException.refused(
                            "holds a delimiter or a line break, which cannot be written without quotes (csv.quote)");
                }
                if (escape != null && (c == delimiter || c == escape.charAt(0))) {
                    row.append(escape);
                }
                row.append(c);
            }
        }
        return row.append("\r\n").toString();
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
