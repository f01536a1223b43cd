package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.Condition;
import io.patchbay.expression.SourcePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the records of an answer stand. */
@Doc("Where the records of an answer stand, and which of them are taken")
public record RecordSelectorConfig(
        @Doc("Path to the records, like $.orders[*]") String path,

        @Doc("Condition on a record; the others are left out, like { not: { field: status, is: draft } }") @Nullable
        Condition filter,

        @Doc(
                "Path from the record to a list whose items are the records, like line_items; a record without one gives none")
        @Nullable
        SourcePath expand,

        @Doc("Field of each item that takes the record it came from, without the list (expand)") @Nullable
        String parentAs,

        @Doc(
                "Form of the text in which the records stand, where the path leads to one text within the answer, like rows in an"
                        + " element of XML")
        @Nullable
        TextFormat textFormat,

        @Doc("Columns and delimiter (textFormat: csv)") @Nullable
        CsvConfig csv,

        @Doc("Where the answer names the values of records that are lists of values, like $.meta.columns[*].name; each"
                + " record becomes an object (json)")
        @Nullable
        String columns,

        @Doc(
                "Records per payload of an answer that is read piece by piece, through a file: for one list that is larger than"
                        + " the memory, up to requester.maxResponse")
        @Nullable
        Integer chunk,

        @Doc("What a page without records becomes") @Default("skip")
        OnEmpty onEmpty,

        @Doc("Fields that identify a record") @Default("[]") List<String> primaryKey) {

    private static final int MOST_IN_A_CHUNK = 100_000;

    /** @throws WrongValueException if parts do not belong together, or a chunk has no size */
    public RecordSelectorConfig {
        if (parentAs != null && expand == null) {
            throw new WrongValueException("'parentAs' belongs to 'expand'", "add expand: line_items, or take it out");
        }
        if (csv != null && textFormat != TextFormat.CSV) {
            throw new WrongValueException(
                    "'csv' belongs to 'textFormat: csv'", "rows that are the whole answer have response: {csv: {…}}");
        }
        if (textFormat != null && (chunk != null || columns != null)) {
            throw new WrongValueException(
                    "a text with records is read whole, and names its values itself", "take 'chunk' and 'columns' out");
        }
        if (chunk != null && (chunk < 1 || chunk > MOST_IN_A_CHUNK)) {
            throw new WrongValueException(
                    "'chunk' must be from 1 to 100000 records, found " + chunk, "for example chunk: 500");
        }
    }

    /** Forms of a text with records. */
    public enum TextFormat {
        /** Comma separated values: a record per row. */
        CSV,
        /** A JSON value: a list of records, or one. */
        JSON,
        /** One JSON value per line. */
        NDJSON
    }

    /** What a page without records becomes. */
    public enum OnEmpty {
        /** Nothing. */
        SKIP,
        /** A payload without records. */
        EMIT_PARENT
    }
}
