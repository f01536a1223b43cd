package io.patchbay.queue;

/** Which waiting start goes first. */
public enum Priority {
    /** Before all others. */
    HIGHEST,
    /** Before regular ones. */
    HIGH,
    /** The default. */
    REGULAR,
    /** After regular ones. */
    LOW,
    /** After all others. */
    LOWEST
}
