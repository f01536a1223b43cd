package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.List;

/** How rows of comma separated values are written. */
@Doc("How rows of comma separated values are written (RFC 4180)")
public record CsvConfig(
        @Doc("What stands between values, one character") @Default("','")
        String delimiter,

        @Doc("Whether the first row names the columns") @Default("true")
        boolean header,

        @Doc("Names of the columns, in place of those of the first row or where there are none") @Default("[]")
        List<String> columns,

        @Doc("What stands around values that need it; '' for nothing") @Default("'\"'")
        String quote) {

    /** As RFC 4180 has it, with a row of names. */
    public static final CsvConfig DEFAULT = new CsvConfig(",", true, List.of(), "\"");

    /** @throws IllegalArgumentException if the delimiter is not one character, or nothing names the columns */
    public CsvConfig {
        check(delimiter, quote);
        if (!header && columns.isEmpty()) {
            throw new IllegalArgumentException("without a header row 'columns' must name the columns");
        }
        columns = List.copyOf(columns);
    }

    static void check(String delimiter, String quote) {
        if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
            throw new IllegalArgumentException(
                    "delimiter must be one character and no quote or line end; a tab is written \"\\t\"");
        }
        if (quote.length() > 1 || (!quote.isEmpty() && ("\r\n".contains(quote) || quote.equals(delimiter)))) {
            throw new IllegalArgumentException("quote must be one character besides the delimiter, or '' for none");
        }
    }
}
