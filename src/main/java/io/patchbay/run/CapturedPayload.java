package io.patchbay.run;

import java.time.Duration;
import java.time.Instant;

/**
 * A payload as it went into or came out of a shape, cut to the flow's bound and masked.
 *
 * @param runId the run
 * @param shape the shape's id
 * @param direction in or out
 * @param lineage the payload's lineage
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
        String contentType,
        long size,
        byte[] bytes,
        Instant at,
        Duration keep) {

    /** Which way a payload went. */
    public enum Direction {
        /** Into the shape. */
        IN,
        /** Out of the shape. */
        OUT
    }
}
