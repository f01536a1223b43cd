package io.patchbay.blueprint;

/** What was asked of a blueprint cannot be done; the message says why and how to mend it. Nothing was changed. */
public final class BlueprintException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BlueprintException(String message) {
        super(message, null, false, false);
    }
}
