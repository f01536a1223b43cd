package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import java.nio.charset.Charset;
import java.util.List;

/** How a file of comma separated values is read or written. */
@Doc("How a file of comma separated values is read as records, or written of them (RFC 4180)")
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
        Formulas formulas) {

    /** What happens to text that begins like a formula. */
    public enum Formulas {
        /** Nothing. */
        KEEP,
        /** A ' is put before it. */
        QUOTE
    }

    /** @throws IllegalArgumentException if delimiter or quote is not one character */
    public FileCsvConfig {
        CsvConfig.check(delimiter, quote);
        columns = List.copyOf(columns);
    }

    /** How rows stand in the file. */
    public CsvConfig rows() {
        return new CsvConfig(delimiter, header, columns, quote);
    }
}
