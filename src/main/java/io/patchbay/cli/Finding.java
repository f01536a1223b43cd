package io.patchbay.cli;

import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param check what was looked at
 * @param said how it stands
 * @param hint what to do; null where there is nothing to be done
 */
record Finding(
        String check, Level level, String said, @Nullable String hint) {

    /** How bad it is. */
    enum Level {
        /** It is as it should be. */
        OK,
        /** Somebody should look at it. */
        WARN,
        /** It does not work. */
        FAIL
    }

    static Finding ok(String check, String said) {
        return new Finding(check, Level.OK, said, null);
    }

    static Finding warn(String check, String said, String hint) {
        return new Finding(check, Level.WARN, said, hint);
    }

    static Finding fail(String check, String said, String hint) {
        return new Finding(check, Level.FAIL, said, hint);
    }
}
