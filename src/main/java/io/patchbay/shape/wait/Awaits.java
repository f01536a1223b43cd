package io.patchbay.shape.wait;

/** What a payload waits for. */
public enum Awaits {
    /** That a person says yes. */
    APPROVAL,
    /** That something is told under its key. */
    EVENT
}
