package io.patchbay.mapping.function;

/** A function cannot work on a value. The message says what was expected and never shows the value. */
public final class FunctionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public FunctionException(String what) {
        super(what, null, false, false);
    }
}
