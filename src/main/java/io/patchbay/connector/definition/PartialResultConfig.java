package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Condition;
import io.patchbay.expression.SourcePath;
import org.jspecify.annotations.Nullable;

/** Where the answer of a write says which of its records failed. */
@Doc("Where the answer of a write says which of its records failed")
public record PartialResultConfig(
        @Doc("Path to what is said of records, like $.data.*.userErrors[*] or $.results[*]") @Nullable
        SourcePath errors,

        @Doc(
                "Where the answer says how many records were taken: when they are not as many as were sent, and it names none,"
                        + " all fail")
        @Nullable
        SourcePath accepted,

        @Doc(
                "Condition about each of them that makes it a failure; without key and index there is one for each record, in"
                        + " their order")
        @Nullable
        Condition when,

        @Doc("Where each says which record it is about, by a value that the record has too") @Nullable
        SourcePath key,

        @Doc("Where the record has that value; by default at the same path") @Nullable
        SourcePath recordKey,

        @Doc("Where each says which record of the request it is about, by position from 0, like field[2]") @Nullable
        SourcePath index,

        @Doc("Where each says why") @Default("message") SourcePath message,

        @Doc("What became of the other records of the request") @Default("sent")
        Rest rest) {

    /** @throws IllegalArgumentException when it names records in two ways, or none */
    public PartialResultConfig {
        if (errors == null && accepted == null) {
            throw new IllegalArgumentException("a partialResult needs 'errors' or 'accepted'");
        }
        if (key != null && index != null) {
            throw new IllegalArgumentException("a partialResult names records by 'key' or by 'index', not by both");
        }
        if (recordKey != null && key == null) {
            throw new IllegalArgumentException("'recordKey' belongs to 'key'");
        }
    }

    /** What becomes of the records that did not fail. */
    public enum Rest {
        /** They arrived. */
        SENT,
        /** The system refused the request as a whole: they are sent again without those that failed. */
        AGAIN
    }
}
