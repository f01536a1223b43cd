package io.patchbay.expression;

import io.patchbay.problem.Location;

/**
 * A placeholder, path or condition could not be read from the data at hand. Whoever wrote the file has to mend it (or the
 * data is not what the file says): steps turn this into a failure owned by the author. The message names the placeholder
 * and where it stands, and holds no value from the data.
 */
public final class ExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /** A failure at a place of a file. */
    public ExpressionException(String code, String what, Location at) {
        super(what + " (" + at + ")", null, false, false);
        this.code = code;
    }

    /** A failure whose place the caller names. */
    public ExpressionException(String code, String what) {
        super(what, null, false, false);
        this.code = code;
    }

    /** Stable name, like {@code NO_VALUE}. */
    public String code() {
        return code;
    }
}
