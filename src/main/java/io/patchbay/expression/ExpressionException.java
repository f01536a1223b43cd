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
    private final boolean later;

    /** A failure at a place of a file. */
    public ExpressionException(String code, String what, Location at) {
        super(what + " (" + at + ")", null, false, false);
        this.code = code;
        this.later = false;
    }

    /** A failure whose place the caller names. */
    public ExpressionException(String code, String what) {
        this(code, what, false);
    }

    private ExpressionException(String code, String what, boolean later) {
        super(what, null, false, false);
        this.code = code;
        this.later = later;
    }

    /** Nobody's file is wrong: what it names could not be asked, and another try may do. */
    public static ExpressionException unreachable(String code, String what) {
        return new ExpressionException(code, what, true);
    }

    /** Whether another try may do, because what is named could not be asked. */
    public boolean later() {
        return later;
    }

    /** Stable name, like {@code NO_VALUE}. */
    public String code() {
        return code;
    }
}
