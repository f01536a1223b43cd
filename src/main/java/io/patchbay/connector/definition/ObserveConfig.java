package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.connector.Place;

/** Where an answer tells of the limit. */
@Doc("Where an answer tells of the limit")
public record ObserveConfig(
        @Doc("Part of the answer") @Default("header") From from,

        @Doc("Name of the header, or path in the body, like $.extensions.cost.actualQueryCost")
        String name,

        @Doc("What stands there") @Default("used/limit") Format format) {

    /** @throws IllegalArgumentException if the path is none */
    public ObserveConfig {
        if (from == From.BODY) {
            Place.parse(name);
        }
    }

    /** Parts of an answer. */
    public enum From {
        /** A header. */
        HEADER,
        /** The body; one that is read whole. */
        BODY
    }

    /** What is told. */
    public enum Format {
        /** Used and limit, like 32/40. */
        @Key("used/limit")
        USED_LIMIT,
        /** Remaining and limit, like 8/40. */
        @Key("remaining/limit")
        REMAINING_LIMIT,
        /** What remains, a number. */
        REMAINING,
        /** What this call cost, a number. */
        COST,
        /** What is set aside for such a call before it is made, a number. */
        REQUESTED_COST
    }
}
