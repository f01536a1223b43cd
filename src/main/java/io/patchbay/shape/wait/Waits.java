package io.patchbay.shape.wait;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where payloads are kept while they wait. What is written is on disk when a future completes. */
public interface Waits {

    /** Most characters of a key. */
    int LONGEST_KEY = 300;

    /**
     * Where a payload came to.
     *
     * @param run id of its run
     * @param queuedAt when that run was queued
     * @param flow the flow's id
     * @param revision what runs
     * @param shape the shape's id
     * @param repeats whether another run may have sent the same before
     */
    record Place(String run, Instant queuedAt, String flow, String revision, String shape, boolean repeats) {}

    /**
     * What it waits for.
     *
     * @param kind an approval or an event
     * @param key what it is told under; null for an approval that nobody looks for by key
     * @param title what people read first, or null
     * @param message what they read then, or null
     * @param expires how long it waits
     */
    record Wish(
            Awaits kind,
            @Nullable String key,
            @Nullable String title,
            @Nullable String message,
            Duration expires) {}

    /** What came of it. */
    sealed interface Arrival {}

    /** It is kept, and goes on in a run of its own. */
    record Kept(String id) implements Arrival {}

    /** It was decided: this is the run that takes it on, or the event had come before it. */
    record Decided(String id, Decision decision) implements Arrival {}

    /**
     * Keeps a payload, unless it was kept before or is decided.
     *
     * @param variables the flow's variables as they are now
     * @return fails with a {@link StepException} when it cannot be kept
     */
    CompletableFuture<Arrival> arrive(Place at, Wish wish, Payload payload, Map<String, JsonNode> variables);

    /**
     * Something happened.
     *
     * @param id the same for the same event: told again, it releases nothing more; null for a new one
     * @param shape the shape that tells it; empty for none
     * @param key what it is told under
     * @param flow only payloads of this flow hear of it; null for all
     * @param data what comes with it, or null
     * @param by who tells it
     * @param note what they say, or null
     */
    record Event(
            @Nullable String id,
            String shape,
            String key,
            @Nullable String flow,
            @Nullable JsonNode data,
            String by,
            @Nullable String note) {}

    /**
     * What came of an event.
     *
     * @param runs the runs that take on the payloads which waited for it
     * @param kept until when it is kept for a payload that comes later; null when it is not
     * @param before whether it was told before, so that nothing more followed
     * @param left how many more waited for it, and go on a little later
     */
    record Told(List<String> runs, @Nullable Instant kept, boolean before, long left) {
        public Told {
            runs = List.copyOf(runs);
        }

        /** With none that go on later. */
        public Told(List<String> runs, @Nullable Instant kept, boolean before) {
            this(runs, kept, before, 0);
        }
    }

    /**
     * Releases all payloads that wait for an event; where none does, the event is kept for a while.
     *
     * @return fails with a {@link StepException} when it cannot be told
     */
    CompletableFuture<Told> tell(Event event);
}
