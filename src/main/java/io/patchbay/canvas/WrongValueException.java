package io.patchbay.canvas;

import io.patchbay.canvas.Node.MapNode;
import io.patchbay.problem.Location;

/** What the compact constructor of a bound record refuses, with how to mend it; becomes a problem at the mapping, or at a key in it. */
public final class WrongValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String hint;
    private final String[] keys;

    /**
     * Says what is wrong, and how to mend it.
     *
     * @param keys where in the mapping it stands, each key within the one before; none for the mapping as a whole
     */
    public WrongValueException(String what, String hint, String... keys) {
        super(what);
        this.hint = hint;
        this.keys = keys.clone();
    }

    String hint() {
        return hint;
    }

    Location place(MapNode map) {
        return map.place(keys);
    }
}
