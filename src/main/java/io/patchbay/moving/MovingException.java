package io.patchbay.moving;

/** A file from which nothing can be made; the message says where, what was found and what was expected. Nothing was written. */
public final class MovingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MovingException(String message) {
        super(message, null, false, false);
    }
}
