package io.patchbay.expression;

import org.jspecify.annotations.Nullable;

/** What is known of the secrets that maps prove with, before a map runs. */
@FunctionalInterface
public interface MapSecrets {

    /** What stands in the way of using it, in one sentence without its end; null when nothing is known to. */
    @Nullable
    String lacks(String secret);
}
