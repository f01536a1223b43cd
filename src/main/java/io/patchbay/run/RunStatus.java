package io.patchbay.run;

/** How a run stands. */
public enum RunStatus {
    /** Accepted, waiting for its turn. */
    QUEUED,
    /** Going on. */
    RUNNING,
    /** Ended; nothing failed. */
    SUCCEEDED,
    /** Ended; some payloads failed, others went through. */
    PARTIAL,
    /** Ended; all failed, or a failure stopped it. */
    FAILED,
    /** Ended by an operator or a bound. */
    STOPPED
}
