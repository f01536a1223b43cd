package io.patchbay.queue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lists of the starts in the queue, and what an operator may do with one. */
public interface StartLists {

    /**
     * Starts in one state, newest first by id.
     *
     * @param flow only this flow's; all when null
     * @param after id of the last start of the part before; null for the first part
     * @param limit 1 to 1000
     */
    List<QueuedStart> list(@Nullable String flow, QueuedStart.State state, @Nullable String after, int limit);

    /** The start of this id, if it is still in the queue. */
    Optional<QueuedStart> find(String id);

    /** When the start of a flow was accepted that is next to run, if one waits. Asks the database. */
    Optional<Instant> oldest(String flow);

    /** How many starts are quarantined, by flow; flows that are gone among them, those without any not. Asks the database. */
    Map<String, Long> quarantined();

    /** Lets a quarantined start wait again, as if it had never crashed. Completes with false when there is none of this id. */
    CompletableFuture<Boolean> retry(String id);

    /**
     * Gives a start that waits another priority, as if it had come with it: among the starts of its flow it is moved, and its flow's turn
     * comes accordingly. Completes with false when there is none of this id, or it does not wait.
     */
    CompletableFuture<Boolean> prioritise(String id, Priority priority);

    /** Deletes a start that waits or is quarantined. Completes with false when there is none of this id, or it runs. */
    CompletableFuture<Boolean> discard(String id);
}
