package io.patchbay.trigger.file;

/** Knows how runs ended. */
@FunctionalInterface
public interface Outcomes {

    /** How the run of a start stands. */
    Outcome of(String run);

    /** How a run stands. */
    enum Outcome {
        /** It waits for its turn, or goes on. */
        GOING,
        /** It ended and nothing failed. */
        SUCCEEDED,
        /** It ended in any other way. */
        FAILED,
        /** Nothing is known of it. */
        UNKNOWN
    }
}
