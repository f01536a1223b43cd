package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
     * @param reached how far the pull came when this payload and all before it are delivered, if nothing that comes later can lie
     *     before that; null when this is not known, which is said of all later ones too
     */
    record Page(
            Payload payload,
            @Nullable JsonNode next,
            @Nullable Reached reached) implements Element {
        /** One of a list whose order is not known. */
        public Page(Payload payload, @Nullable JsonNode next) {
            this(payload, next, null);
        }
    }

    /** A payload that the work was given does not go on, as a failed payload of its own; more may come. */
    record Aside(Payload payload, StepException why) implements Element {}

    /** Nothing more comes, because of this. */
    record Failed(StepException why) implements Element {}

    /**
     * Nothing more comes.
     *
     * @param lists how far the pull came in lists that grow, and later pulls go on behind it; empty when it read none
     */
    record End(List<Reached> lists) implements Element {
        public End {
            lists = List.copyOf(lists);
        }

        /** The end of a list that is pulled from its beginning each time. */
        public End() {
            this(List.of());
        }

        /** The end of one list, with how far it came; null when it does not grow. */
        public End(@Nullable Reached reached) {
            this(reached == null ? List.of() : List.of(reached));
        }

        /** How far it came in the first of them; null when there is none. */
        public @Nullable Reached reached() {
            return lists.isEmpty() ? null : lists.get(0);
        }
    }

    /**
     * How far a pull came in a list that grows.
     *
     * @param instance name of the instance
     * @param endpoint id of the endpoint
     * @param inputs what it was given, as one text; empty for nothing
     * @param kind what the positions are made of
     * @param from the cursor at which it began; null when there was none
     * @param to where a later pull goes on; null when nothing was there
     */
    record Reached(
            String instance,
            String endpoint,
            String inputs,
            CursorKind kind,
            @Nullable String from,
            @Nullable String to) {}
}
