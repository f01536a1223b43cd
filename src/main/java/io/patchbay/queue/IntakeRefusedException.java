package io.patchbay.queue;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Nothing new is accepted now, because it could not be kept (the disk is nearly full, say). Nothing was written, unless the
 * refusal is {@link #doubtful}.
 */
public final class IntakeRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final boolean doubtful;

    /** With a sentence that says why, and when to try again; nothing was written. */
    public IntakeRefusedException(String message, Duration retryAfter) {
        this(message, retryAfter, false);
    }

    /** @param doubtful whether a write failed that may have reached the disk all the same */
    public IntakeRefusedException(String message, Duration retryAfter, boolean doubtful) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
        this.doubtful = doubtful;
    }

    /**
     * Whether a failure to accept a start means for certain that nothing was written, so that nothing needs the start's body.
     * After any other failure the body is left alone; if no start owns it, it is deleted when the store is opened next and it
     * is more than an hour old by then.
     *
     * @param failure what accepting failed with, bare or as the cause of what a future adds
     */
    public static boolean nothingWritten(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        Throwable why = wrapped && failure.getCause() != null ? failure.getCause() : failure;
        return why instanceof QueueFullException
                || why instanceof IllegalArgumentException
                || (why instanceof IntakeRefusedException refused && !refused.doubtful);
    }

    /** Whether a write failed that may have reached the disk all the same. */
    public boolean doubtful() {
        return doubtful;
    }

    /** When to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
