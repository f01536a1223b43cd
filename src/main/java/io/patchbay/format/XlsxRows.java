package io.patchbay.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a sheet, one in memory. A cell stands where its address says, within the columns that a workbook has. */
final class XlsxRows implements Closeable {

    /** The last column is XFD. */
    private static final int MOST_COLUMNS = 16_384;

    private static final int MOST_ROWS = 1_048_576;
    /** Characters of all cells of a row. */
    private static final int LONGEST_ROW = Memory.RECORD;

    /** What a cell holds. */
    enum Kind {
        /** A text. */
        TEXT,
        /** A number, which may be a date. */
        NUMBER,
        /** True or false. */
        TRUTH,
        /** What a formula came to that did not work. */
        ERROR
    }

    /** A cell that is not empty. */
    record Cell(Kind kind, String text, int style) {}

    /**
     * A row.
     *
     * @param number from 1
     * @param cells from the first column on; null for one that is empty
     */
    record Row(int number, List<@Nullable Cell> cells) {}

    private final XlsxXml xml;
    private final XlsxParts parts;
    private final String sheet;
    private int number;
    private int column;
    private boolean inRow;

    XlsxRows(XlsxParts parts, XlsxParts.Sheet sheet) throws IOException {
        this.parts = parts;
        this.sheet = sheet.name();
        try {
            this.xml = parts.open(sheet);
        } catch (FormatException e) {
            throw e.in(where());
        }
    }

    /** The next row with a cell that is not empty; null behind the last. */
    @Nullable
    Row next() throws IOException {
        try {
            return read();
        } catch (FormatException e) {
            throw e.in(where());
        }
    }

    private String where() {
        if (!inRow) {
            return "sheet '" + NotRead.shown(sheet) + "', " + (number == 0 ? "before any row" : "behind row " + number);
        }
        return column < 0 ? where(number) : where(number, column);
    }

    /** A row as words in a message. */
    String where(int row) {
        return "sheet '" + NotRead.shown(sheet) + "', row " + row;
    }

    /** Likewise, with a column, from 0. */
    String where(int row, int column) {
        return where(row) + ", column " + letters(column);
    }

    private static String letters(int column) {
        StringBuilder letters = new StringBuilder();
        for (int left = column + 1; left > 0; left = (left - 1) / 26) {
            letters.insert(0, (char) ('A' + (left - 1) % 26));
        }
        return letters.toString();
    }

    private @Nullable Row read() throws IOException {
        while (xml.next()) {
            if (xml.ends("sheetData")) {
                return null;
            }
            if (xml.begins("row")) {
                String said = xml.attribute("r");
                number = said == null ? number + 1 : rowNumber(said);
                inRow = true;
                column = -1;
                List<@Nullable Cell> cells = cells();
                inRow = false;
                if (!cells.isEmpty()) {
                    return new Row(number, cells);
                }
            }
        }
        return null;
    }

    private static int rowNumber(String said) throws FormatException {
        int number = said.matches("[0-9]{1,7}") ? Integer.parseInt(said) : 0;
        if (number < 1 || number > MOST_ROWS) {
            throw FormatException.ends("the workbook has a row behind the last one (" + MOST_ROWS + ")", null);
        }
        return number;
    }

    private List<@Nullable Cell> cells() throws IOException {
        List<@Nullable Cell> cells = new ArrayList<>();
        long characters = 0;
        while (xml.next() && !xml.ends("row")) {
            if (!xml.begins("c")) {
                continue;
            }
            String said = xml.attribute("r");
            int here = said == null ? column + 1 : column(said);
            if (here >= MOST_COLUMNS) {
                throw behind();
            }
            column = here;
            Cell cell = cell();
            if (cell == null) {
                continue;
            }
            characters += cell.text().length();
            if (characters > LONGEST_ROW) {
                throw FormatException.ends(
                        "a row has more than " + LONGEST_ROW + " characters" + Memory.LARGER_HEAP, null);
            }
            while (cells.size() <= column) {
                cells.add(null);
            }
            cells.set(column, cell);
        }
        return cells;
    }

    private static FormatException behind() {
        return FormatException.ends("the workbook has a cell in a column behind the last one (XFD)", null);
    }

    /** The column of an address, from 0. */
    private static int column(String address) throws FormatException {
        int column = 0;
        int letters = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = Character.toUpperCase(address.charAt(i));
            if (c >= 'A' && c <= 'Z') {
                column = column * 26 + c - 'A' + 1;
                if (++letters > 3) {
                    throw behind();
                }
            } else if (c != '$') {
                break;
            }
        }
        if (letters == 0) {
            throw FormatException.ends("the workbook is damaged: a cell has no address", null);
        }
        return column - 1;
    }

    private @Nullable Cell cell() throws IOException {
        String said = xml.attribute("t");
        String type = said == null ? "n" : said;
        String style = xml.attribute("s");
        int format = style != null && style.matches("[0-9]{1,6}") ? Integer.parseInt(style) : -1;
        String value = null;
        while (xml.next() && !xml.ends("c")) {
            if (xml.begins("v")) {
                value = xml.text();
            } else if (xml.begins("is")) {
                value = xml.runs();
            } else if (xml.begins("f")) {
                xml.text();
            }
        }
        boolean shared = type.equals("s");
        boolean text = shared || type.equals("str") || type.equals("inlineStr") || type.equals("d");
        if (value == null || (value.isEmpty() && !text)) {
            return text && !type.equals("str") && !type.equals("d") ? new Cell(Kind.TEXT, "", format) : null;
        }
        if (text) {
            String plain = type.equals("inlineStr") ? value : XlsxText.read(value);
            return new Cell(Kind.TEXT, shared && !value.isEmpty() ? parts.text(value) : plain, format);
        }
        Kind kind = switch (type) {
            case "n" -> Kind.NUMBER;
            case "b" -> Kind.TRUTH;
            case "e" -> Kind.ERROR;
            default ->
                throw FormatException.ends("the workbook is damaged: a cell has a type that no workbook has", null);
        };
        return new Cell(kind, value, format);
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
