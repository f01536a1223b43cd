package io.patchbay.expression;

import org.jspecify.annotations.Nullable;

/** The text of a path or placeholder is not well formed at one of its characters; becomes a problem there. */
final class SyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int index;
    private final String code;
    private final @Nullable String hint;

    SyntaxException(int index, String code, String what, @Nullable String hint) {
        super(what, null, false, false);
        this.index = index;
        this.code = code;
        this.hint = hint;
    }

    int index() {
        return index;
    }

    String code() {
        return code;
    }

    @Nullable
    String hint() {
        return hint;
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
