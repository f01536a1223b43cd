package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.format.CsvSettings;
import io.patchbay.format.FormatName;
import java.nio.charset.Charset;
import java.util.List;

/** How a file of comma separated values is read or written: the usual words of {@link ContentConfig}, in short. */
@Doc(
        "How a file of comma separated values is read as records, or written of them (RFC 4180): 'content: {format: csv}' in short")
public record FileCsvConfig(
        @Doc("What stands between values, one character") @Default("','")
        String delimiter,

        @Doc("Whether the first row names the columns") @Default("true")
        boolean header,

        @Doc(
                "Names of the columns. Read: in place of those of the first row. Written: these fields of records, and no others; without it, those of the first record")
        @Default("[]")
        List<String> columns,

        @Doc("Character set of the file; read: a byte-order mark of UTF-8 is left out") @Default("UTF-8")
        Charset encoding,

        @Doc("What stands around values that need it; '' for nothing") @Default("'\"'")
        String quote,

        @Doc("Most records of one payload (read)") @Default("1000") @Range(min = 1, max = 100_000)
        int chunk,

        @Doc(
                "What happens to text that spreadsheets would take for a formula (write): it is written as it is, or with a ' before it")
        @Default("keep")
        CsvSettings.Formulas formulas) {

    /** @throws IllegalArgumentException if no rows stand so */
    public FileCsvConfig {
        columns = List.copyOf(columns);
        CsvConfig.of(delimiter, header, columns, quote, formulas);
    }

    /** The same in the words of all formats. */
    ContentConfig content() {
        return ContentConfig.rows(
                FormatName.CSV, chunk, encoding, CsvConfig.of(delimiter, header, columns, quote, formulas), null);
    }
}
