package io.patchbay.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Payload;
import java.time.Instant;

/**
 * What an endpoint is asked, once.
 *
 * @param payload what is sent, or what the question is about
 * @param with completed inputs
 * @param queuedAt what relative dates hang on
 * @param key the same for every try of this request and for no other: payload lineage and part
 * @param trace follows the call
 */
public record Request(Payload payload, ObjectNode with, Instant queuedAt, String key, Trace trace) {

    /** The same, followed by another trace. */
    public Request following(Trace other) {
        return new Request(payload, with, queuedAt, key, other);
    }
}
