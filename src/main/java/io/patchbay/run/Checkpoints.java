package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Payload;
import io.patchbay.queue.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The promise of a run: what is written and synced before the next dependent effect. Every future completes after the sync
 * (many runs share one). A run whose claim was fenced off: the
 * future fails, and the run must end without acknowledging.
 */
public interface Checkpoints {

    /** What a run that is taken up again finds; empty for a run that left nothing. */
    Progress load(String runId);

    /** Keeps a pull's page before the first outside effect below it. */
    CompletableFuture<Void> page(String runId, String shape, Payload page, @Nullable JsonNode next);

    /**
     * All that came from a page is terminal: its body and the marks below it are dropped, the pull goes on behind it.
     *
     * @param well whether anything of the run is known to have ended without a failure
     */
    CompletableFuture<Void> delivered(String runId, String shape, Payload page, @Nullable JsonNode next, boolean well);

    /** A shape's outside effect for a payload happened; {@code output} is what it handed on, null when that is its input. */
    CompletableFuture<Void> sent(String runId, String shape, String lineage, @Nullable Payload output);

    /** Keeps a failed payload. */
    CompletableFuture<Void> failed(FailedPayload failed);

    /** Whether there are failed payloads of the flow's shape that would be resolved if the same passed it. */
    default boolean waits(String flow, String shape, Instant before) {
        return false;
    }

    /**
     * Records passed a shape: failed payloads all of whose records have passed it since they failed are resolved.
     *
     * @param before when their run began: what failed later is not resolved
     * @param keys what the records are about
     * @return how many failed payloads are resolved now
     */
    default CompletableFuture<Integer> passed(String flow, String shape, Instant before, List<String> keys) {
        return CompletableFuture.completedFuture(0);
    }

    /**
     * Ends a run: outcome, acknowledgement of its start, clearing of its checkpoints and moves of cursors in one transaction.
     *
     * @param claim the start's claim; null for a callback's head, which was never queued
     * @param moves how far its pulls came; a cursor that was moved meanwhile stays where it is, keys that are in none are dropped
     */
    CompletableFuture<Void> finish(RunRecord outcome, @Nullable Claim claim, Moves moves);

    /** Ends a run that moves no cursor. */
    default CompletableFuture<Void> finish(RunRecord outcome, @Nullable Claim claim) {
        return finish(outcome, claim, Moves.NONE);
    }

    /** Keys that runs find in lists. */
    ListKeys keys();

    /** Where the runs of a flow came to; null when there is no cursor. @throws IllegalStateException when it cannot be read */
    PullCursor.@Nullable At cursor(PullCursor.Key key);

    /**
     * What the end of a run moves.
     *
     * @param cursors how far its pulls came in lists that grow
     * @param keys what its pulls found in lists that they read to the end
     * @param calls what it means for its caller, and for runs that it called
     */
    record Moves(List<PullCursor.Move> cursors, List<ListKeys.Move> keys, Calls calls) {
        /** Nothing is moved. */
        public static final Moves NONE = new Moves(List.of(), List.of());

        public Moves {
            cursors = List.copyOf(cursors);
            keys = List.copyOf(keys);
        }

        /** What pulls move. */
        public Moves(List<PullCursor.Move> cursors, List<ListKeys.Move> keys) {
            this(cursors, keys, Calls.NONE);
        }

        /** The same with what the end means for runs that wait for each other. */
        Moves with(Calls between) {
            return new Moves(cursors, keys, between);
        }

        /** Cursors alone. */
        public static Moves of(List<PullCursor.Move> cursors) {
            return new Moves(cursors, List.of());
        }

        /** Whether nothing is moved. */
        public boolean isEmpty() {
            return cursors.isEmpty() && keys.isEmpty() && calls.equals(Calls.NONE);
        }
    }

    /**
     * What the end of a run means for runs that wait for each other.
     *
     * @param gives what its caller gets; null when none waits
     * @param took whether runs that it called may have left something for it, which nobody needs any more
     */
    record Calls(@Nullable CallResult gives, boolean took) {
        /** Nobody called, and nobody waits. */
        public static final Calls NONE = new Calls(null, false);
    }

    /**
     * What a run left.
     *
     * @param pulls by shape and lineage of the payload that the pull was opened for ({@code shape|lineage})
     * @param sent outputs of outside effects by {@code shape|lineage}; {@link Sent#output} null when the input goes on
     * @param failed payloads that failed already, by {@code shape|lineage}; one whose content is lost by its id in place of the lineage,
     *     so that it counts and its payload is tried again
     */
    record Progress(Map<String, PullProgress> pulls, Map<String, Sent> sent, Map<String, FailedPayload> failed) {
        /** Nothing was left. */
        public static final Progress NONE = new Progress(Map.of(), Map.of(), Map.of());

        public Progress {
            pulls = Map.copyOf(pulls);
            sent = Map.copyOf(sent);
            failed = Map.copyOf(failed);
        }

        /** Whether anything had ended without a failure when a page was delivered. */
        boolean well() {
            return pulls.values().stream().anyMatch(PullProgress::well);
        }
    }

    /** An outside effect that happened. */
    record Sent(@Nullable Payload output) {}

    /**
     * How far a pull came.
     *
     * @param delivered how many pages, from the first, are delivered
     * @param next where it goes on behind the last page that was fetched; null when it can only begin again
     * @param open kept pages that are not delivered, in order
     * @param well whether anything of the run had ended without a failure when its pages were delivered
     */
    record PullProgress(long delivered, @Nullable JsonNode next, List<Payload> open, boolean well) {
        public PullProgress {
            open = List.copyOf(open);
        }
    }
}
