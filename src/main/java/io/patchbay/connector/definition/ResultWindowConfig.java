package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;

/** How many records of one list the system is ready to show. */
@Doc("How many records of one list the system is ready to show")
public record ResultWindowConfig(
        @Doc("Most records; totalPath says how many there are, for timeWindow a full answer does")
        @Range(min = 1, max = 10_000_000)
        int maxRecords,

        @Doc("What happens when there are more") @Default("fail")
        OnExceed onExceed) {

    /** What happens when there are more. */
    public enum OnExceed {
        /** The window of incremental is cut in halves. */
        SPLIT_WINDOW,
        /** The pull fails. */
        FAIL
    }
}
