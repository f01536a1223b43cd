package io.patchbay.queue;

/**
 * A run wanted to end a start that it no longer owns: its process was taken for dead, and another one has the start. Nothing
 * of its transaction was written.
 */
public final class StaleClaimException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For the start of this id. */
    public StaleClaimException(String id) {
        super("start " + id + " belongs to another process by now", null, false, false);
    }
}
