package io.patchbay.store;

/** The data folder or the database cannot be opened; the message is a sentence for the operator, with what to do. */
public final class StoreCannotOpenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreCannotOpenException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message says all. */
    public StoreCannotOpenException(String message) {
        super(message);
    }
}
