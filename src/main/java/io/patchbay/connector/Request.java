package io.patchbay.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is asked, once.
 *
 * @param payload what is sent, or what the question is about
 * @param with completed inputs
 * @param queuedAt what relative dates hang on
 * @param key the same for every try of this request and for no other: payload lineage and part
 * @param trace follows the call
 * @param fits whether what is sent was held against the endpoint's schema already
 * @param judge code of the flow that judges the answers; null for none
 */
public record Request(
        Payload payload,
        ObjectNode with,
        Instant queuedAt,
        String key,
        Trace trace,
        boolean fits,
        Judge.@Nullable Bound judge) {

    /** One that nobody looked at yet. */
    public Request(Payload payload, ObjectNode with, Instant queuedAt, String key, Trace trace) {
        this(payload, with, queuedAt, key, trace, false, null);
    }

    /** The same, followed by another trace. */
    public Request following(Trace other) {
        return new Request(payload, with, queuedAt, key, other, fits, judge);
    }

    /** The same, of which it is known that it fits the schema. */
    public Request fitting() {
        return new Request(payload, with, queuedAt, key, trace, true, judge);
    }

    /** The same about another payload. */
    public Request about(Payload other) {
        return new Request(other, with, queuedAt, key, trace, fits, judge);
    }

    /** The same, whose answers are judged by this. */
    public Request judgedBy(Judge.@Nullable Bound other) {
        return new Request(payload, with, queuedAt, key, trace, fits, other);
    }
}
