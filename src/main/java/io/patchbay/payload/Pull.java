package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Payloads that a step yields one after the other, at most a page ahead of what is asked for. A pull retries and renews by
 * itself; a failure that stays is its last element, never an exception. Used by one thread at a time.
 */
public interface Pull extends AutoCloseable {

    /** The next element; waits for it. After {@link End} or {@link Failed} there is none. */
    Element next();

    /** Frees what the pull holds; may be called at any time and twice. */
    @Override
    void close();

    /** What a pull yields. */
    sealed interface Element {}

    /**
     * A payload.
     *
     * @param payload with a lineage whose last ordinal is its place in the pull, from 0
     * @param next where a broken pull goes on after this payload; null when it can only begin again
     */
    record Page(Payload payload, @Nullable JsonNode next) implements Element {}

    /** Nothing more comes, because of this. */
    record Failed(StepException why) implements Element {}

    /** Nothing more comes. */
    record End() implements Element {}
}
