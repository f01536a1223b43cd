package io.patchbay.trigger;

/** A run ended before it answered its caller. Why is told by the run's record and in the log, and not to the caller. */
public final class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the failure of the run. */
    public NoAnswerException(Throwable cause) {
        super("the run ended before it answered", cause, false, false);
    }
}
