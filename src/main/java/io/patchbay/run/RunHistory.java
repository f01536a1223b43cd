package io.patchbay.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The story of runs. Writes are handed in and return at once; they are batched beside the path, bounded, and may lose their
 * last moment in a crash. Outcomes are written by {@link Checkpoints#finish}.
 */
public interface RunHistory {

    /** A run began (or, taken up again, began anew): it is listed as running. */
    void started(RunRecord record);

    /** Counts and log of a run that goes on. */
    void progressed(RunRecord record);

    /**
     * A run goes on in this process: asked for it, the history has how it stands at that moment, which nobody writes meanwhile.
     *
     * @param now how it stands
     */
    default void goes(String runId, Supplier<RunRecord> now) {}

    /** A run goes on no more in this process. */
    default void gone(String runId) {}

    /** Keeps a payload that passed a shape. */
    void captured(CapturedPayload payload);

    /** One run. */
    Optional<RunRecord> run(String id);

    /** Runs, newest first. */
    Slice<RunRecord> runs(RunQuery query);

    /** Captured payloads of a run, in the order in which they were taken; without their bytes when {@code bytes} is false. */
    List<CapturedPayload> payloads(String runId, @Nullable String shape, boolean bytes);

    /** What is kept of the bodies of a request and its answer, without those that are empty. */
    default List<CapturedPayload> bodies(String runId, String request) {
        return List.of();
    }

    /** Failed payloads without their content, in the order that the query says. */
    Slice<FailedPayload> failed(FailedQuery which, @Nullable String after, int limit);

    /** Why failed payloads that are meant failed, those with the newest payload first. */
    Slice<FailureCause> causes(FailedQuery which, @Nullable String after, int limit);

    /** One failed payload, whole; its content may be {@link FailedPayload#lost}. */
    Optional<FailedPayload> failed(String id);

    /** Says what became of a failed payload; completes when that is synced. */
    CompletableFuture<Void> failedIs(String id, FailedPayload.State state);

    /**
     * A run was started with a failed payload; completes when that is synced.
     *
     * @param job the replay job that counts it, once, with the same write; null when none asked
     */
    CompletableFuture<Void> replayed(String id, String runId, @Nullable String job);

    /** A run that was started with a failed payload succeeded: nothing is to be done about the payload any more. */
    CompletableFuture<Void> mended(String runId);

    /** Deletes what is past its time. */
    void sweep(Instant now);

    /** A part of a list, and where the next one begins; null at the end. */
    record Slice<T>(List<T> data, @Nullable String next) {
        public Slice {
            data = List.copyOf(data);
        }
    }
}
