package io.patchbay.format;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows stand. */
@Doc("How rows of comma separated values stand (RFC 4180)")
public record CsvSettings(
        @Doc("What stands between values, one character; without it a comma, for tsv a tab") @Nullable
        String delimiter,

        @Doc("Whether the first row names the columns") @Default("true")
        boolean header,

        @Doc(
                "Names of the columns; read: in place of those of the first row; written: these fields and no others, without it those of the first record")
        @Default("[]")
        List<String> columns,

        @Doc("What stands around values that need it; '' for nothing") @Default("'\"'")
        String quote,

        @Doc("What stands before a quote inside of quotes, like \\; without it a quote is doubled") @Nullable
        String escape,

        @Doc("Read: whether a row may have fewer values than there are columns, or is put aside as one that is broken")
        @Default("keep")
        ShortRows shortRows,

        @Doc("Written: whether a byte-order mark stands before the first row, for spreadsheets") @Default("false")
        boolean bom,

        @Doc("Written: whether text that spreadsheets would take for a formula gets a ' before it") @Default("keep")
        Formulas formulas) {

    /** As RFC 4180 has it. */
    public static final CsvSettings DEFAULT =
            new CsvSettings(null, true, List.of(), "\"", null, ShortRows.KEEP, false, Formulas.KEEP);

    /** What becomes of a row with too few values. */
    public enum ShortRows {
        /** It is a record without the fields that are not there. */
        KEEP,
        /** It is broken. */
        FAIL
    }

    /** What happens to text that begins like a formula. */
    public enum Formulas {
        /** Nothing. */
        KEEP,
        /** A ' is put before it. */
        QUOTE
    }

    /** @throws IllegalArgumentException if words do not go together */
    public CsvSettings {
        columns = List.copyOf(columns);
        if (delimiter != null && (delimiter.length() != 1 || "\"\r\n".contains(delimiter))) {
            throw new IllegalArgumentException(
                    "delimiter must be one character and no quote or line end; a tab is written \"\\t\"");
        }
        if (quote.length() > 1 || (!quote.isEmpty() && ("\r\n".contains(quote) || delimits(quote, delimiter)))) {
            throw new IllegalArgumentException("quote must be one character besides the delimiter, or '' for none");
        }
        if (escape != null
                && (escape.length() != 1
                        || "\r\n".contains(escape)
                        || escape.equals(quote)
                        || delimits(escape, delimiter))) {
            throw new IllegalArgumentException(
                    "escape must be one character besides delimiter and quote; a quote that is doubled needs none");
        }
        if (columns.stream().distinct().count() < columns.size()) {
            throw new IllegalArgumentException("a name stands twice in 'columns'");
        }
    }

    /** Looks whether rows can be read so. @throws IllegalArgumentException if nothing names the columns */
    public void checkRead() {
        if (!header && columns.isEmpty()) {
            throw new IllegalArgumentException("without a header row 'columns' must name the columns");
        }
    }

    /** The same, with these columns, named in front or not. */
    public CsvSettings of(List<String> others, boolean named) {
        return new CsvSettings(delimiter, named, others, quote, escape, shortRows, bom, formulas);
    }

    /** The same, with another character between values. */
    public CsvSettings between(char other) {
        return new CsvSettings(String.valueOf(other), header, columns, quote, escape, shortRows, bom, formulas);
    }

    /**
     * Looks whether rows can be written so.
     *
     * @throws IllegalArgumentException if the character set that it is written in has no byte-order mark
     */
    public void checkWritten(Charset charset) {
        if (bom && !(charset.canEncode() && charset.newEncoder().canEncode('\uFEFF'))) {
            throw new IllegalArgumentException("'bom' writes a byte-order mark, and " + charset.name()
                    + " has none: leave 'bom' out, or write UTF-8");
        }
    }

    /** Where no delimiter is said it may be a comma or a tab. */
    private static boolean delimits(String one, @Nullable String delimiter) {
        return delimiter == null ? one.equals(",") || one.equals("\t") : one.equals(delimiter);
    }
}
