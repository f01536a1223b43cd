package io.patchbay.store;

import java.io.IOException;

/** A body has more bytes than its intake takes; nothing of it was kept. */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    /** With the most bytes that are taken. */
    public BodyTooLargeException(long limit) {
        super("the body is larger than " + limit + " bytes");
        this.limit = limit;
    }

    /** The most bytes that are taken. */
    public long limit() {
        return limit;
    }
}
