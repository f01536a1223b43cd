package io.patchbay.route.version;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two versions of a flow.
 *
 * @param kind what became of it
 * @param what it is about
 * @param shape the shape that it is about; null when it is about the flow
 * @param path where in the flow or the shape; for a shape that was added, removed or moved, the list that it stands in
 * @param before what was there; null when nothing was, or when only a digest of it is kept
 * @param after what is there
 */
public record Change(
        Kind kind,
        What what,
        @Nullable String shape,
        String path,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {

    /** What became of a thing. */
    public enum Kind {
        ADDED,
        REMOVED,
        MOVED,
        CHANGED
    }

    /** What a difference is about. */
    public enum What {
        /** A shape as a whole. */
        SHAPE,
        /** What is said of a shape or of the flow. */
        SETTING,
        /** A field of a map, by its target. */
        FIELD,
        /** A script that the flow calls. */
        SCRIPT,
        /** A lookup table that the flow reads. */
        TABLE,
        /** What a shape resolved to, though the file says the same: the definition of an endpoint, a schema, a cache. */
        BEHIND
    }
}
