package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Payload;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Payloads that wait, as people see and decide them. */
public interface WaitingPayloads {

    /**
     * Which are meant: those for which all that is said holds.
     *
     * @param flow only this flow's
     * @param run only those that left this run
     * @param shape only those in this shape
     * @param key only those with this key
     * @param kind only those that wait for this
     * @param state only those that stand so
     */
    record Query(
            @Nullable String flow,
            @Nullable String run,
            @Nullable String shape,
            @Nullable String key,
            @Nullable Awaits kind,
            @Nullable WaitState state) {}

    /**
     * Who says what.
     *
     * @param by who decides
     * @param note what they say, or null
     * @param data what comes with it, or null
     * @param today whether it goes on under the flow as it is now, and not under the revision that it came with
     */
    record Word(String by, @Nullable String note, @Nullable JsonNode data, boolean today) {}

    /** It cannot be done as things are; the message is a sentence. */
    final class NotNowException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** With a sentence. */
        public NotNowException(String message) {
            super(message, null, false, false);
        }
    }

    /** Those that are meant, oldest first, from behind an id; null for the first part. */
    Slice<WaitingPayload> list(Query which, @Nullable String after, int limit);

    /** One of them. */
    Optional<WaitingPayload> find(String id);

    /** Its content and metadata; empty when it is gone with what was decided. @throws NotNowException when another replica has it */
    Optional<Payload> payload(String id);

    /** How many wait, by flow; those of all replicas, as last counted. */
    Map<String, Long> counts();

    /**
     * Lets a payload go on, whatever it waits for.
     *
     * @return how it stands then; fails with {@link NotNowException} when it does not wait, or cannot go on as asked
     */
    CompletableFuture<WaitingPayload> approve(String id, Word word);

    /** Refuses one. Where its flow is not there any more, nothing follows. */
    CompletableFuture<WaitingPayload> reject(String id, Word word);

    /** Tells an event. */
    CompletableFuture<Waits.Told> tell(Waits.Event event);
}
