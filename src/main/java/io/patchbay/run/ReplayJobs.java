package io.patchbay.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Jobs that replay many failed payloads; they go on after a restart, and on another replica when theirs is gone. */
public interface ReplayJobs {

    /** Keeps a new job; completes when it is synced. */
    CompletableFuture<Void> begin(ReplayJob job);

    /** One job. */
    Optional<ReplayJob> find(String id);

    /** All jobs that are known, newest first. */
    List<ReplayJob> list();

    /** How many payloads a job that goes on has yet to take, counted up to {@link ReplayJob#MOST_WAITING}. */
    int waiting(ReplayJob job);

    /** Stops a job; false when it does not go on. */
    CompletableFuture<Boolean> stop(String id);

    /** Jobs that go on and that {@code owner} may work at until the lease is over. */
    List<ReplayJob> claim(String owner, Instant now, Duration lease);

    /**
     * Keeps what became of a job that is claimed; one that was stopped meanwhile stays stopped.
     *
     * @param refused what could not be replayed since the last time; kept as far as {@link ReplayJob#MOST_REFUSALS} goes
     */
    CompletableFuture<Void> progressed(ReplayJob job, String owner, List<ReplayJob.Refusal> refused);

    /**
     * What a job could not replay, oldest payload first.
     *
     * @param after id of the failed payload of the last one that is known; null for the first
     */
    List<ReplayJob.Refusal> refusals(String id, @Nullable String after, int most);

    /** Forgets jobs that ended before this. */
    CompletableFuture<Void> sweep(Instant before);
}
