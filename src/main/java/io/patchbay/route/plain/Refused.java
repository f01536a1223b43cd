package io.patchbay.route.plain;

import org.jspecify.annotations.Nullable;

/**
 * What stands against a part of a route.
 *
 * @param code stable name
 * @param what one sentence
 * @param hint how to mend it
 */
record Refused(String code, String what, @Nullable String hint) {

    /** The refusal as Camel meets it, when a route is made or while it runs. */
    RefusedException exception() {
        return new RefusedException(this, null);
    }

    /** The refusal of what is written so in the file. */
    RefusedException exception(String written) {
        return new RefusedException(this, written);
    }
}
