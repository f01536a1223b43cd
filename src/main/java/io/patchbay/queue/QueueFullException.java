package io.patchbay.queue;

import java.time.Duration;

/** The queue has no room for another start; nothing was written. */
public final class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** With a sentence that says which bound was met, and when to try again. */
    public QueueFullException(String message, Duration retryAfter) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** When to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
