package io.patchbay.blueprint;

/** What was asked of a blueprint cannot be done; the message says why and how to mend it. Nothing was changed. */
public final class BlueprintException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private enum Kind {
        UNKNOWN,
        WRONG,
        IMPOSSIBLE
    }

    private final Kind kind;

    BlueprintException(String message) {
        this(message, Kind.IMPOSSIBLE);
    }

    private BlueprintException(String message, Kind kind) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** There is none of that name. */
    static BlueprintException unknown(String message) {
        return new BlueprintException(message, Kind.UNKNOWN);
    }

    /** Whether what was named is not there. */
    public boolean unknown() {
        return kind == Kind.UNKNOWN;
    }

    /** It could never be done, whatever is there. */
    static BlueprintException wrong(String message) {
        return new BlueprintException(message, Kind.WRONG);
    }

    /** Whether it could never be done, whatever is there. */
    public boolean wrong() {
        return kind == Kind.WRONG;
    }
}
