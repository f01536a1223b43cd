package io.patchbay.queue;

import java.time.Duration;

/** Nothing new is accepted now, because it could not be kept (the disk is nearly full, say); nothing was written. */
public final class IntakeRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** With a sentence that says why, and when to try again. */
    public IntakeRefusedException(String message, Duration retryAfter) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** When to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
