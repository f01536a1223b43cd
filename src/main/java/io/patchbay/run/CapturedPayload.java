package io.patchbay.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A payload as it went into or came out of a shape, or the body of a request or answer of it, cut to the flow's bound and masked.
 *
 * @param runId the run
 * @param shape the shape's id
 * @param direction in or out, sent or received
 * @param lineage the payload's lineage; of a body, the name of its request
 * @param about metadata, and variables of the start
 * @param contentType media type
 * @param size whole size in bytes
 * @param bytes what is kept
 * @param at when
 * @param keep how long it is kept
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
public record CapturedPayload(
        String runId,
        String shape,
        Direction direction,
        String lineage,
        About about,
        String contentType,
        long size,
        byte[] bytes,
        Instant at,
        Duration keep) {

    /**
     * What goes with a payload.
     *
     * @param meta metadata by name
     * @param variables values of flow variables that the run's start gave, as JSON in text; with the first payload of a run only
     */
    public record About(Map<String, String> meta, Map<String, String> variables) {

        /** Nothing. */
        public static final About NOTHING = new About(Map.of(), Map.of());

        public About {
            meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta)); // keeps the order
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        }

        /** How many characters names and values have. */
        public long length() {
            return length(meta) + length(variables);
        }

        private static long length(Map<String, String> values) {
            return values.entrySet().stream()
                    .mapToLong(one -> one.getKey().length() + one.getValue().length())
                    .sum();
        }
    }

    /** Which way a payload went. */
    public enum Direction {
        /** Into the shape. */
        IN,
        /** Out of the shape. */
        OUT,
        /** With a request of the shape to a system outside; the lineage names the request. */
        SENT,
        /** With the answer to it. */
        RECEIVED;

        /** Whether it is the body of a request or an answer, and no payload of the flow. */
        public boolean wire() {
            return this == SENT || this == RECEIVED;
        }
    }
}
