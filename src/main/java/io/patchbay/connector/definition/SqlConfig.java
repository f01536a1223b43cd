package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.payload.CursorKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query or a statement that changes something. */
@Doc("A query, or a statement that changes something")
public record SqlConfig(
        @Doc("The text of it; values stand as :name, never in the text itself")
        String query,

        @Doc(
                "What each :name stands for; one that reads an input which is not given is null. A statement whose values read"
                        + " ${record…} runs for each record of the payload, all in one transaction")
        @Default("{}")
        Map<String, Text> parameters,

        @Doc("Rows of one page (read); without it all rows are one answer, at most 10000")
        @Nullable
        @Range(min = 1, max = 10_000)
        Integer pageSize,

        @Doc("How each page is a query of its own (read)") @Nullable
        KeysetConfig keyset,

        @Doc("Columns that the database fills and the answer tells (write)") @Default("[]")
        List<String> generatedKeys) {

    /** Pages by a key that grows. */
    @Doc(
            "Each page is a query of its own, behind the last row of the page before: nothing stays open in between, and a pull"
                    + " that broke goes on where it was")
    public record KeysetConfig(
            @Doc("Column by which the query orders its rows; no two rows have the same value in it")
            String column,

            @Doc("The :name that stands for the last value of the page before")
            String parameter,

            @Doc("What it stands for at the beginning, below the first row, like 0 or 1970-01-01T00:00:00Z")
            String start,

            @Doc("What the column holds") @Default("sequence")
            CursorKind type,

            @Doc("Whether the next run goes on behind the last row of this one") @Default("false")
            boolean incremental) {}

    /** @throws IllegalArgumentException if keys do not fit together */
    public SqlConfig {
        if (keyset != null && pageSize == null) {
            throw new IllegalArgumentException("'keyset' needs 'pageSize'");
        }
        if (pageSize != null && !generatedKeys.isEmpty()) {
            throw new IllegalArgumentException("'generatedKeys' belongs to writes, 'pageSize' to reads");
        }
    }
}
