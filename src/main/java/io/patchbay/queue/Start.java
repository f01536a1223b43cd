package io.patchbay.queue;

import io.patchbay.payload.Body;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger writes: one accepted start of a flow.
 *
 * @param id UUIDv7; becomes the run's id
 * @param flow the flow's id
 * @param trigger what started it: {@code schedule}, {@code webhook}, {@code file}, {@code event}, {@code api}, {@code manual}, {@code
 *     callback}, {@code replay}, {@code flow} (a shape of another flow), {@code wait} (what a payload waited for came)
 * @param priority which waiting start goes first
 * @param queuedAt when it was accepted; relative dates hang on it
 * @param body the payload it begins with
 * @param meta metadata of that payload
 * @param revision the revision it must run under; null for the one that is active when it is claimed
 * @param entry the shape at which it enters the flow; null for the beginning
 */
public record Start(
        String id,
        String flow,
        String trigger,
        Priority priority,
        Instant queuedAt,
        Body body,
        Map<String, String> meta,
        @Nullable String revision,
        @Nullable String entry) {

    /** Metadata that carries the trace of the request that it came with, as the caller said it; of the start, not of its payload. */
    public static final String CALLER_TRACE = "patchbay.caller-trace";

    /** Metadata that carries the trace of the run that wrote it; of the start, not of its payload. */
    public static final String TRACE = "patchbay.trace";

    public Start {
        Objects.requireNonNull(body, "body");
        meta = Map.copyOf(meta);
    }

    /** The same start with another body. */
    public Start withBody(Body other) {
        return new Start(id, flow, trigger, priority, queuedAt, other, meta, revision, entry);
    }

    /** Bytes of its body. */
    long size() {
        if (body instanceof Body.Bytes raw) {
            return raw.bytes().length;
        }
        return body instanceof Body.Stored stored ? stored.size() : 0;
    }
}
