package io.patchbay.payload;

/** Whose job it is to mend a failure. */
public enum Owner {
    /** Whoever wrote the flow, map or connector file. */
    AUTHOR,
    /** The outside system, or the access to it. */
    REMOTE,
    /** A bound of size, time or rate was met. */
    LIMIT,
    /** Patchbay itself. */
    INTERNAL
}
