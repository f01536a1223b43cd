package io.patchbay.blueprint;

/** What was asked of a blueprint cannot be done; the message says why and how to mend it. Nothing was changed. */
public final class BlueprintException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean unknown;

    BlueprintException(String message) {
        this(message, false);
    }

    private BlueprintException(String message, boolean unknown) {
        super(message, null, false, false);
        this.unknown = unknown;
    }

    /** There is none of that name. */
    static BlueprintException unknown(String message) {
        return new BlueprintException(message, true);
    }

    /** Whether what was named is not there. */
    public boolean unknown() {
        return unknown;
    }
}
