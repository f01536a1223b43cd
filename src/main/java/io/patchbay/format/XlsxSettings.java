package io.patchbay.format;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a sheet of a workbook stands. */
@Doc("How a sheet of a workbook stands (Office Open XML, .xlsx)")
public record XlsxSettings(
        @Doc("Name of the sheet, or its number from 1; read: without it the first one; written: without it Sheet1")
        @Nullable
        String sheet,

        @Doc("Whether the first row names the columns") @Default("true")
        boolean header,

        @Doc(
                "Names of the columns; read: in place of those of the first row; written: these fields and no others, without it those of the first record")
        @Default("[]")
        List<String> columns,

        @Doc("Read: so many rows at the beginning are passed over, before the row of names")
        @Default("0")
        @Range(min = 0, max = 10_000)
        int skip,

        @Doc(
                "Written: fields whose dates (2026-03-01) and instants without a zone (2026-03-01T12:00:00) become dates of the workbook, and no texts")
        @Default("[]")
        List<String> dates) {

    /** The first sheet, with a row of names. */
    public static final XlsxSettings DEFAULT = new XlsxSettings(null, true, List.of(), 0, List.of());

    /** @throws IllegalArgumentException if nothing names the columns, or the sheet's name is none */
    public XlsxSettings {
        columns = List.copyOf(columns);
        dates = List.copyOf(dates);
        if (!header && columns.isEmpty()) {
            throw new IllegalArgumentException("without a header row 'columns' must name the columns");
        }
        if (columns.stream().distinct().count() < columns.size()) {
            throw new IllegalArgumentException("a name stands twice in 'columns'");
        }
        if (sheet != null && (sheet.isBlank() || sheet.length() > 31 || sheet.matches(".*[\\[\\]:*?/\\\\].*"))) {
            throw new IllegalArgumentException("sheet must be 1 to 31 characters without [ ] : * ? / \\");
        }
    }
}
