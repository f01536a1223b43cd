package io.patchbay.shape.wait;

/** How a payload stands that waits, or waited. */
public enum WaitState {
    /** Nobody decided yet. */
    WAITING,
    /** Somebody said yes. */
    APPROVED,
    /** Somebody said no. */
    REJECTED,
    /** The event came. */
    RELEASED,
    /** Its time was over. */
    EXPIRED
}
