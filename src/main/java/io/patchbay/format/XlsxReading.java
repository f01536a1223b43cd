package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of a sheet as records: numbers with the digits of the file, dates as texts, empty cells as null. */
final class XlsxReading implements Records {

    private final Content.Copy copy;
    private final XlsxParts workbook;
    private final XlsxRows rows;
    private final List<String> columns;
    private XlsxRows.@Nullable Row waiting;
    private long record;

    /** Reads a copy, which it deletes at its end. */
    XlsxReading(Content.Copy copy, XlsxSettings settings) throws IOException {
        this.copy = copy;
        this.workbook = new XlsxParts(copy.file());
        XlsxRows opened = null;
        try {
            opened = new XlsxRows(workbook, sheet(settings.sheet()));
            this.rows = opened;
            this.columns = columns(settings);
        } catch (IOException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            workbook.close();
            throw e;
        }
    }

    private XlsxParts.Sheet sheet(@Nullable String said) throws FormatException {
        List<XlsxParts.Sheet> sheets = workbook.sheets();
        for (XlsxParts.Sheet sheet : sheets) {
            if (said == null ? sheet.cells() : sheet.name().equals(said)) {
                return sheet;
            }
        }
        if (said == null) {
            throw FormatException.ends("the workbook has no sheet", null);
        }
        int number = said.matches("[0-9]{1,4}") ? Integer.parseInt(said) : 0;
        if (number >= 1 && number <= sheets.size()) {
            return sheets.get(number - 1);
        }
        throw FormatException.ends(
                "there is no sheet '" + said + "' (xlsx.sheet); the workbook has " + sheets.size() + ": "
                        + String.join(
                                ", ",
                                sheets.stream()
                                        .map(XlsxParts.Sheet::name)
                                        .limit(10)
                                        .toList()),
                null);
    }

    private List<String> columns(XlsxSettings settings) throws IOException {
        XlsxRows.Row first = rows.next();
        while (first != null && first.number() <= settings.skip()) {
            first = rows.next();
        }
        if (!settings.header()) {
            waiting = first;
        }
        if (!settings.header() || !settings.columns().isEmpty() || first == null) {
            return settings.columns();
        }
        List<String> names = new ArrayList<>();
        for (XlsxRows.Cell cell : first.cells()) {
            names.add(cell == null ? "" : cell.text().strip());
        }
        while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        if (names.isEmpty() || names.contains("")) {
            int empty = Math.max(0, names.indexOf(""));
            throw FormatException.ends(
                            "row " + first.number() + " does not name all columns: cell " + (empty + 1)
                                    + " is empty (xlsx.skip passes over rows, xlsx.columns names them)",
                            null)
                    .in(rows.where(first.number(), empty));
        }
        Set<String> had = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!had.add(names.get(i))) {
                throw FormatException.ends(
                                "row " + first.number() + " does not name the columns: a name stands twice", null)
                        .in(rows.where(first.number(), i));
            }
        }
        return names;
    }

    @Override
    public @Nullable JsonNode next() throws IOException {
        XlsxRows.Row row = waiting == null ? rows.next() : waiting;
        waiting = null;
        if (row == null) {
            return null;
        }
        record++;
        return record(row);
    }

    private ObjectNode record(XlsxRows.Row row) throws FormatException {
        ObjectNode values = Json.NODES.objectNode();
        String wrong = null;
        String where = "";
        int size = row.cells().size();
        for (int i = 0; i < Math.max(size, columns.size()); i++) {
            XlsxRows.Cell cell = i < size ? row.cells().get(i) : null;
            boolean known = i < columns.size();
            if (!known && cell == null) {
                continue;
            }
            String name = known ? columns.get(i) : "column " + (i + 1) + ", which has no name";
            String why = known
                    ? null
                    : "row " + row.number() + " has a value in column " + (i + 1) + ", and there are " + columns.size()
                            + " columns";
            JsonNode value;
            try {
                value = value(cell);
            } catch (IllegalArgumentException e) {
                value = Json.NODES.textNode(cell == null ? "" : cell.text());
                why = e.getMessage();
            }
            values.set(name, why == null ? value : wrong(value));
            if (wrong == null && why != null) {
                wrong = why;
                where = rows.where(row.number(), i) + (known ? ", field '" + NotRead.shown(name) + "'" : "");
            }
        }
        if (wrong != null) {
            throw FormatException.record(wrong, "record " + record + ", " + where, values);
        }
        return values;
    }

    /** In the row that goes aside, what no record has. */
    private static ObjectNode wrong(JsonNode value) {
        return Json.NODES.objectNode().set("wrong", value);
    }

    /** The value of a cell. @throws IllegalArgumentException for one that is none */
    private JsonNode value(XlsxRows.@Nullable Cell cell) {
        if (cell == null) {
            return Json.NODES.nullNode();
        }
        return switch (cell.kind()) {
            case TEXT -> Json.NODES.textNode(cell.text());
            case TRUTH -> truth(cell.text());
            case NUMBER -> number(cell);
            case ERROR -> throw new IllegalArgumentException("a cell holds the error " + cell.text());
        };
    }

    private static JsonNode truth(String text) {
        if (!text.equals("0") && !text.equals("1")) {
            throw new IllegalArgumentException("a cell holds a truth value that is neither 0 nor 1");
        }
        return Json.NODES.booleanNode(text.equals("1"));
    }

    private JsonNode number(XlsxRows.Cell cell) {
        BigDecimal number = Numbers.decimal(cell.text().strip());
        int format = workbook.format(cell.style());
        String date = XlsxDates.text(number, format, workbook.code(format), workbook.from1904());
        return date == null ? number(number) : Json.NODES.textNode(date);
    }

    private static JsonNode number(BigDecimal number) {
        if (number.scale() != 0) {
            return Json.NODES.numberNode(number);
        }
        BigInteger whole = number.unscaledValue();
        return whole.bitLength() < 32
                ? Json.NODES.numberNode(whole.intValue())
                : whole.bitLength() < 64 ? Json.NODES.numberNode(whole.longValue()) : Json.NODES.numberNode(whole);
    }

    @Override
    public void close() throws IOException {
        rows.close();
        workbook.close();
        copy.close();
    }
}
