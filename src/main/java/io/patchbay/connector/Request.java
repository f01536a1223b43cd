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
 * @param skips whether records of the answer that cannot be read go aside, where its form tells one from the next
 */
public record Request(
        Payload payload,
        ObjectNode with,
        Instant queuedAt,
        String key,
        Trace trace,
        boolean fits,
        Judge.@Nullable Bound judge,
        boolean skips) {

    /** One that nobody looked at yet. */
    public Request(Payload payload, ObjectNode with, Instant queuedAt, String key, Trace trace) {
        this(payload, with, queuedAt, key, trace, false, null, false);
    }

    /** The same, followed by another trace. */
    public Request following(Trace other) {
        return new Request(payload, with, queuedAt, key, other, fits, judge, skips);
    }

    /** The same, of which it is known that it fits the schema. */
    public Request fitting() {
        return new Request(payload, with, queuedAt, key, trace, true, judge, skips);
    }

    /** The same about another payload. */
    public Request about(Payload other) {
        return new Request(other, with, queuedAt, key, trace, fits, judge, skips);
    }

    /** The same, whose answers are judged by this. */
    public Request judgedBy(Judge.@Nullable Bound other) {
        return new Request(payload, with, queuedAt, key, trace, fits, other, skips);
    }

    /** The same, whose answers go on without records that cannot be read, or not. */
    public Request skipping(boolean aside) {
        return new Request(payload, with, queuedAt, key, trace, fits, judge, aside);
    }
}
