package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.format.CsvSettings;
import java.util.List;

/** How rows of comma separated values stand in an answer, or in a text of one. */
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

    /** @throws IllegalArgumentException if no rows stand so */
    public CsvConfig {
        columns = List.copyOf(columns);
        of(delimiter, header, columns, quote, CsvSettings.Formulas.KEEP).checkRead();
    }

    /** In the words of a format. */
    public CsvSettings settings() {
        return of(delimiter, header, columns, quote, CsvSettings.Formulas.KEEP);
    }

    static CsvSettings of(
            String delimiter, boolean header, List<String> columns, String quote, CsvSettings.Formulas formulas) {
        return new CsvSettings(delimiter, header, columns, quote, null, CsvSettings.ShortRows.KEEP, false, formulas);
    }
}
