package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a pull begins.
 *
 * @param shape the shape that the payloads' lineages name
 * @param resumeFrom where a broken pull goes on; null to begin at the start
 * @param ordinal of the first payload
 * @param cursor where earlier runs came in a list that grows; null when there is no cursor
 * @param inputs what the list is asked with, as one text: lists of other inputs grow by themselves
 * @param growing how a list that grows is read
 */
public record Begin(
        String shape,
        @Nullable JsonNode resumeFrom,
        long ordinal,
        @Nullable String cursor,
        String inputs,
        Growing growing) {

    /** Of a list that is read as the connector says. */
    public Begin(String shape, @Nullable JsonNode resumeFrom, long ordinal, @Nullable String cursor, String inputs) {
        this(shape, resumeFrom, ordinal, cursor, inputs, Growing.AS_DECLARED);
    }
}
