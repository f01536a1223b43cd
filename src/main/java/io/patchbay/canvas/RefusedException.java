package io.patchbay.canvas;

import io.patchbay.problem.Location;

/** Ends the reading of a file that costs too much; becomes a problem. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Location at;
    private final String code;

    RefusedException(Location at, String code, String what) {
        super(what, null, false, false);
        this.at = at;
        this.code = code;
    }

    Location at() {
        return at;
    }

    String code() {
        return code;
    }
}
