package io.patchbay.expression.jsonpath;

/** A text that is no JSONPath. */
public final class JsonPathException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int at;
    private final String what;

    JsonPathException(int at, String what) {
        super(what);
        this.at = at;
        this.what = what;
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** Where it goes wrong: the character's index, from 0. */
    public int at() {
        return at;
    }
}
