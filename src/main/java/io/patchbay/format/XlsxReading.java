package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/** Rows of a sheet as records: numbers with the digits of the file, dates as texts, empty cells as null. */
final class XlsxReading implements Records {

    private final Content.Copy copy;
    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final List<String> columns;
    private @Nullable Row waiting;
    private long record;

    XlsxReading(Content.Copy copy, XlsxSettings settings) throws IOException {
        this.copy = copy;
        try {
            this.workbook = new ReadableWorkbook(copy.file().toFile(), new ReadingOptions(true, true));
            this.stream = sheet(settings.sheet()).openStream();
            this.rows = stream.iterator();
            this.columns = columns(settings);
        } catch (FormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private static FormatException damaged(Exception thrown) {
        return FormatException.ends(
                "the workbook is damaged (" + thrown.getClass().getSimpleName() + ")", null);
    }

    private Sheet sheet(@Nullable String said) throws FormatException {
        List<Sheet> sheets = workbook.getSheets().toList();
        if (sheets.isEmpty()) {
            throw FormatException.ends("the workbook has no sheet", null);
        }
        if (said == null) {
            return sheets.get(0);
        }
        for (Sheet sheet : sheets) {
            if (sheet.getName().equals(said)) {
                return sheet;
            }
        }
        int number = said.matches("[0-9]{1,4}") ? Integer.parseInt(said) : 0;
        if (number >= 1 && number <= sheets.size()) {
            return sheets.get(number - 1);
        }
        throw FormatException.ends(
                "there is no sheet '" + said + "' (xlsx.sheet); the workbook has " + sheets.size() + ": "
                        + String.join(
                                ", ",
                                sheets.stream().map(Sheet::getName).limit(10).toList()),
                null);
    }

    private List<String> columns(XlsxSettings settings) throws FormatException {
        Row first = null;
        while (first == null && rows.hasNext()) {
            Row row = rows.next();
            first = row.getRowNum() > settings.skip() ? row : null;
        }
        if (!settings.header()) {
            waiting = first;
        }
        if (!settings.header() || !settings.columns().isEmpty() || first == null) {
            return settings.columns();
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < first.getCellCount(); i++) {
            Cell cell = first.getCell(i);
            names.add(cell == null ? "" : cell.getText().strip());
        }
        while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        if (names.contains("")) {
            throw FormatException.ends(
                    "the first row does not name all columns: cell " + (names.indexOf("") + 1)
                            + " is empty (xlsx.skip passes over rows, xlsx.columns names them)",
                    null);
        }
        if (names.stream().distinct().count() < names.size()) {
            throw FormatException.ends("the first row does not name the columns: a name stands twice", null);
        }
        return names;
    }

    @Override
    public @Nullable JsonNode next() throws IOException {
        try {
            while (waiting != null || rows.hasNext()) {
                Row row = waiting == null ? rows.next() : waiting;
                waiting = null;
                if (row.stream().anyMatch(cell -> cell != null && cell.getType() != CellType.EMPTY)) {
                    record++;
                    return record(row);
                }
            }
            return null;
        } catch (FormatException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    private ObjectNode record(Row row) throws FormatException {
        ObjectNode values = Json.NODES.objectNode();
        String wrong = null;
        String field = null;
        for (int i = 0; i < Math.max(row.getCellCount(), columns.size()); i++) {
            Cell cell = i < row.getCellCount() ? row.getCell(i) : null;
            boolean known = i < columns.size();
            if (!known && (cell == null || cell.getType() == CellType.EMPTY)) {
                continue;
            }
            String name = known ? columns.get(i) : "column " + (i + 1) + ", which has no name";
            JsonNode value;
            String why = known
                    ? null
                    : "row " + row.getRowNum() + " has a value in column " + (i + 1) + ", and there are "
                            + columns.size() + " columns";
            try {
                value = value(cell);
            } catch (IllegalArgumentException e) {
                value = Json.NODES.textNode(raw(cell));
                why = e.getMessage();
            }
            values.set(name, why == null ? value : wrong(value));
            wrong = wrong == null ? why : wrong;
            field = wrong == null || field != null || !known ? field : name;
        }
        if (wrong != null) {
            throw FormatException.record(wrong, new Place(record, row.getRowNum(), -1), field, values);
        }
        return values;
    }

    /** In the row that goes aside, what no record has. */
    private static ObjectNode wrong(JsonNode value) {
        return Json.NODES.objectNode().set("wrong", value);
    }

    private static String raw(@Nullable Cell cell) {
        return cell == null || cell.getRawValue() == null ? "" : cell.getRawValue();
    }

    /** The value of a cell. @throws IllegalArgumentException for one that is none */
    private JsonNode value(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return Json.NODES.nullNode();
        }
        if (cell.getType() == CellType.ERROR) {
            throw new IllegalArgumentException("a cell holds the error " + raw(cell));
        }
        Object value = cell.getValue();
        if (value instanceof Boolean truth) {
            return Json.NODES.booleanNode(truth);
        }
        if (value instanceof BigDecimal number) {
            String date =
                    XlsxDates.text(number, cell.getDataFormatId(), cell.getDataFormatString(), workbook.isDate1904());
            return date == null ? number(number) : Json.NODES.textNode(date);
        }
        return value == null ? Json.NODES.nullNode() : Json.NODES.textNode(value.toString());
    }

    private static JsonNode number(BigDecimal number) {
        if (number.scale() != 0 || number.precision() > 1_000) {
            return Json.NODES.numberNode(number);
        }
        BigInteger whole = number.unscaledValue();
        return whole.bitLength() < 32
                ? Json.NODES.numberNode(whole.intValue())
                : whole.bitLength() < 64 ? Json.NODES.numberNode(whole.longValue()) : Json.NODES.numberNode(whole);
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
        copy.close();
    }
}
