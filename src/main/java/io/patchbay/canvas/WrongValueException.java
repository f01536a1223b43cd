package io.patchbay.canvas;

/** What the compact constructor of a bound record refuses, with how to mend it; becomes a problem at the mapping. */
public final class WrongValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String hint;

    /** Says what is wrong, and how to mend it. */
    public WrongValueException(String what, String hint) {
        super(what);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
