package io.patchbay.api;

import java.io.IOException;

/** A payload has more bytes than are taken; nothing of it was kept. */
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long most) {
        super("The payload has more than " + most + " bytes (patchbay.api.max-body).");
    }
}
