package io.patchbay.run.segment;

import java.io.IOException;

/** A block that a crash tore: it is not whole and never will be, unlike one that cannot be read now. */
final class TornBlockException extends IOException {

    private static final long serialVersionUID = 1;

    TornBlockException(String message) {
        super(message);
    }

    TornBlockException(String message, Throwable cause) {
        super(message, cause);
    }
}
