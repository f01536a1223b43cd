package io.patchbay.blueprint;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Instances that stand in no file of a home, because a runtime keeps them, as far as somebody knows of them.
 *
 * @param connectors their connectors, by name
 * @param told what a person is to know of it before connectors go; null for nothing
 * @param known whether these are all; if not, any connector may be used by others
 */
public record KeptInstances(
        Map<String, String> connectors, @Nullable String told, boolean known) {

    public KeptInstances {
        connectors = Map.copyOf(connectors);
    }

    /** All of them. */
    public static KeptInstances of(Map<String, String> connectors) {
        return new KeptInstances(connectors, null, true);
    }

    /** None, as far as can be seen from here. */
    public static KeptInstances none(String told) {
        return new KeptInstances(Map.of(), told, true);
    }

    /**
     * What nobody could find out.
     *
     * @param why a sentence without its end, which says how it could be
     */
    public static KeptInstances unknown(String why) {
        return new KeptInstances(Map.of(), why, false);
    }
}
