package io.patchbay.mapping.function.number;

import java.math.RoundingMode;

/** How a number is rounded. */
public enum Rounding {
    /** To the nearest, a half away from zero. */
    HALF_UP(RoundingMode.HALF_UP),
    /** To the nearest, a half to the even digit. */
    HALF_EVEN(RoundingMode.HALF_EVEN),
    /** Away from zero. */
    UP(RoundingMode.UP),
    /** Towards zero. */
    DOWN(RoundingMode.DOWN),
    /** To the larger. */
    CEILING(RoundingMode.CEILING),
    /** To the smaller. */
    FLOOR(RoundingMode.FLOOR);

    private final RoundingMode mode;

    Rounding(RoundingMode mode) {
        this.mode = mode;
    }

    /** The same for the JDK. */
    public RoundingMode mode() {
        return mode;
    }
}
