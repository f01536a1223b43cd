package io.patchbay.mapping;

/** A function cannot work on a value. The message says what was expected and never shows the value. */
final class FunctionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FunctionException(String what) {
        super(what, null, false, false);
    }
}
