package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Values;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Records as rows of the one sheet of a workbook, flushed as they come. Numbers of more digits than a workbook keeps are texts. */
final class XlsxWriting implements RecordWriter {

    /** Rows that are in memory. */
    private static final int FLUSHED = 500;

    private static final int LONGEST_TEXT = 32_767;
    /** Digits that spreadsheets keep of a number. */
    private static final int DIGITS = 15;
    /** Texts that begin or end with a blank stand in a table of their own, which is in memory. */
    private static final int MOST_SHARED = 100_000;

    private static final Pattern FORBIDDEN =
            Pattern.compile("[^\\x{00}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private final XlsxSettings settings;
    private final Workbook workbook;
    private final Worksheet sheet;
    private final Set<String> dates;
    private @Nullable List<String> columns;
    private Set<String> known = Set.of();
    private int row;
    private int shared;

    XlsxWriting(OutputStream out, XlsxSettings settings) throws IOException {
        this.settings = settings;
        this.dates = Set.copyOf(settings.dates());
        this.workbook = new Workbook(new Open(out), "Patchbay", null);
        String said = settings.sheet();
        this.sheet = workbook.newWorksheet(said == null || said.matches("[0-9]+") ? "Sheet1" : said);
        if (!settings.columns().isEmpty()) {
            begin(settings.columns());
        }
    }

    /** The stream stays open behind the workbook. */
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private void begin(List<String> names) throws IOException {
        if (names.size() > Worksheet.MAX_COLS) {
            throw FormatException.refused("has more than " + Worksheet.MAX_COLS + " columns");
        }
        if (settings.header() && !names.isEmpty()) {
            for (String name : names) {
                checkText(name, name);
            }
            for (int i = 0; i < names.size(); i++) {
                text(i, names.get(i));
            }
            row++;
        }
        columns = names;
        known = new HashSet<>(names);
    }

    @Override
    public void write(JsonNode record) throws IOException {
        if (!record.isObject()) {
            throw FormatException.refused("is no record with fields, so it has no columns");
        }
        if (row >= Worksheet.MAX_ROWS) {
            throw FormatException.ends("is behind the last row that a sheet has (" + Worksheet.MAX_ROWS + ")", null);
        }
        List<String> names = columns == null ? names(record) : columns;
        if (columns != null && settings.columns().isEmpty()) {
            for (String name : (Iterable<String>) record::fieldNames) {
                if (!known.contains(name)) {
                    throw FormatException.refused("has the field '" + name
                            + "', which the first record has not: name all columns (xlsx: {columns: […]})");
                }
            }
        }
        List<@Nullable Object> values = new ArrayList<>(names.size());
        for (String name : names) {
            values.add(value(name, record.path(name)));
        }
        if (columns == null) {
            begin(names);
        }
        for (int i = 0; i < values.size(); i++) {
            put(i, values.get(i));
        }
        if (++row % FLUSHED == 0) {
            sheet.flush();
        }
    }

    private static List<String> names(JsonNode record) {
        List<String> names = new ArrayList<>();
        record.fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }

    private @Nullable Object value(String name, JsonNode value) throws FormatException {
        if (Values.absent(value)) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            boolean kept = number.stripTrailingZeros().precision() <= DIGITS && Math.abs((long) number.scale()) < 300;
            return kept ? number : value.asText();
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        if (dates.contains(name)) {
            Object date = date(text);
            if (date != null) {
                return date;
            }
        }
        checkText(name, text);
        return text;
    }

    private static @Nullable Object date(String text) {
        try {
            return text.length() == 10 ? LocalDate.parse(text) : LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void checkText(String name, String text) throws FormatException {
        if (text.length() > LONGEST_TEXT) {
            throw FormatException.refused("has the field '" + name + "' with " + text.length()
                    + " characters, and a cell holds " + LONGEST_TEXT);
        }
        if (FORBIDDEN.matcher(text).find()) {
            throw FormatException.refused("has the field '" + name + "' with a character that no cell holds");
        }
        if (edged(text) && shared >= MOST_SHARED) {
            throw FormatException.refused(
                    "has one more text that begins or ends with a blank, after " + MOST_SHARED + " of them");
        }
    }

    private static boolean edged(String text) {
        return !text.isEmpty()
                && (Character.isWhitespace(text.charAt(0)) || Character.isWhitespace(text.charAt(text.length() - 1)));
    }

    private void put(int column, @Nullable Object value) {
        if (value instanceof String text) {
            text(column, text);
        } else if (value instanceof Boolean truth) {
            sheet.value(row, column, truth);
        } else if (value instanceof BigDecimal number) {
            sheet.value(row, column, number);
        } else if (value instanceof LocalDate date) {
            sheet.value(row, column, date);
            sheet.style(row, column).format("yyyy-mm-dd").set();
        } else if (value instanceof LocalDateTime instant) {
            sheet.value(row, column, instant);
            sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
        }
    }

    /** Readers take blanks at the edges away where a text stands in its cell. */
    private void text(int column, String value) {
        String text = XlsxText.written(value);
        if (edged(text)) {
            shared++;
            sheet.value(row, column, text);
        } else {
            sheet.inlineString(row, column, text);
        }
    }

    @Override
    public void close() throws IOException {
        sheet.finish();
        workbook.close();
    }
}
