package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Records as rows. What a record has and no column takes is an error, unless columns are named. */
final class CsvWriting implements RecordWriter {

    /** What spreadsheets take for the beginning of a formula (OWASP, CSV injection). */
    private static final String FORMULA = "=+-@\t\r";

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+([.,][0-9]+)?");

    private final Output out;
    private final CsvSettings settings;
    private final CsvRow form;
    private final StringBuilder row = new StringBuilder();
    private final List<String> values = new ArrayList<>();
    private @Nullable List<String> columns;
    private Set<String> known = Set.of();

    CsvWriting(Output out, CsvSettings settings, char delimiter) throws IOException {
        this.out = out;
        this.settings = settings;
        this.form = new CsvRow(settings, delimiter);
        if (settings.bom()) {
            out.mark();
        }
        if (!settings.columns().isEmpty()) {
            begin(settings.columns());
        }
    }

    private void begin(List<String> names) throws IOException {
        if (settings.header() && !names.isEmpty()) {
            row.setLength(0);
            form.write(names.stream().map(this::guarded).toList(), row);
            out.check(row);
            out.write(row);
        }
        columns = names;
        known = new HashSet<>(names);
    }

    @Override
    public void write(JsonNode record) throws IOException {
        if (!record.isObject()) {
            throw FormatException.refused("is no record with fields, so it has no columns");
        }
        row.setLength(0);
        List<String> names = columns;
        if (names == null) {
            names = new ArrayList<>();
            record.fieldNames().forEachRemaining(names::add);
            if (names.isEmpty()) {
                throw FormatException.refused("has no fields, so it would be no row");
            }
            form.write(values(record, names), row);
            out.check(row);
            String first = row.toString();
            begin(List.copyOf(names));
            out.write(first);
            return;
        }
        if (!inOrder(record, names)) {
            if (settings.columns().isEmpty()) {
                checkKnown(record);
            }
            values(record, names);
        }
        form.write(values, row);
        out.writeChecked(row);
    }

    private void checkKnown(JsonNode record) throws FormatException {
        for (String name : (Iterable<String>) record::fieldNames) {
            if (!known.contains(name)) {
                throw FormatException.refused("has the field '" + name
                        + "', which the first record has not: name all columns (csv: {columns: […]})");
            }
        }
    }

    /** Takes the values of a record whose fields are the columns one by one, as those of most are: nothing is looked up then. */
    private boolean inOrder(JsonNode record, List<String> names) {
        if (record.size() != names.size()) {
            return false;
        }
        values.clear();
        int i = 0;
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            if (!field.getKey().equals(names.get(i++))) {
                return false;
            }
            values.add(value(field.getValue()));
        }
        return true;
    }

    private List<String> values(JsonNode record, List<String> names) {
        values.clear();
        for (int i = 0; i < names.size(); i++) {
            values.add(value(record.get(names.get(i))));
        }
        return values;
    }

    private String value(@Nullable JsonNode value) {
        if (value == null || Values.absent(value)) {
            return "";
        }
        if (value.isTextual()) {
            return guarded(value.textValue());
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private String guarded(String text) {
        boolean quoted = settings.formulas() == CsvSettings.Formulas.QUOTE
                && !text.isEmpty()
                && FORMULA.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return quoted ? "'" + text : text;
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
