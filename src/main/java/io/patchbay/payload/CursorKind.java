package io.patchbay.payload;

/** What the cursor of a list that grows is made of. */
public enum CursorKind {
    /** A point in time; written in ISO 8601. */
    DATETIME,
    /** A number that grows. */
    SEQUENCE,
    /** What the system gave us to go on with; it has no order that we know. */
    TOKEN
}
