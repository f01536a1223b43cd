package io.patchbay.mapping.suggest;

/** Two sides are too large to be held against each other in time. */
public final class TooManyPlacesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyPlacesException(String message) {
        super(message);
    }
}
