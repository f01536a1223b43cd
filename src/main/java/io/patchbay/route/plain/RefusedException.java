package io.patchbay.route.plain;

/** A route asked its context for something that is not allowed. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refused refused;

    RefusedException(Refused refused) {
        super(refused.what() + " [" + refused.code() + "]", null, false, false);
        this.refused = refused;
    }

    Refused refused() {
        return refused;
    }
}
