package io.patchbay.run;

/** A run whose caller waits ended before it answered. The message is the run's reason, fit for its owner, not for callers. */
public final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the run's reason. */
    public RunFailedException(String reason) {
        super(reason, null, false, false);
    }
}
