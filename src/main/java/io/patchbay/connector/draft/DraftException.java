package io.patchbay.connector.draft;

/** A description of which no connector can be made; the message says why. */
public final class DraftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param why a sentence without a full stop */
    public DraftException(String why) {
        super(why);
    }
}
