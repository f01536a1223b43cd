package io.patchbay.secret;

/** Something sealed cannot be opened, or the key file cannot be used; the message is a sentence for the operator. */
public final class SealException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SealException(String message) {
        super(message);
    }

    SealException(String message, Throwable cause) {
        super(message, cause);
    }
}
