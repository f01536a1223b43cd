package io.patchbay.route.plain;

import org.jspecify.annotations.Nullable;

/** A route asked its context for something that is not allowed. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refused refused;

    private final @Nullable String written;

    RefusedException(Refused refused, @Nullable String written) {
        super(refused.what() + " [" + refused.code() + "]", null, false, false);
        this.refused = refused;
        this.written = written;
    }

    Refused refused() {
        return refused;
    }

    /** How the refused part is written in the file, if that is known. */
    @Nullable
    String written() {
        return written;
    }
}
