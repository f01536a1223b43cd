package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Payload;
import io.patchbay.queue.Claim;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.ListKeys;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunRecord;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checkpoints that show each payload that failed. */
class WatchedCheckpoints implements Checkpoints {

    private final Checkpoints kept;
    private final Consumer<FailedPayload> failures;

    WatchedCheckpoints(Checkpoints kept, Consumer<FailedPayload> failures) {
        this.kept = kept;
        this.failures = failures;
    }

    @Override
    public Progress load(String runId) {
        return kept.load(runId);
    }

    @Override
    public CompletableFuture<Void> page(String runId, String shape, Payload page, @Nullable JsonNode next) {
        return kept.page(runId, shape, page, next);
    }

    @Override
    public CompletableFuture<Void> delivered(
            String runId, String shape, Payload page, @Nullable JsonNode next, boolean well) {
        return kept.delivered(runId, shape, page, next, well);
    }

    @Override
    public CompletableFuture<Void> sent(String runId, String shape, String lineage, @Nullable Payload output) {
        return kept.sent(runId, shape, lineage, output);
    }

    @Override
    public CompletableFuture<Void> failed(FailedPayload failed) {
        failures.accept(failed);
        return kept.failed(failed);
    }

    @Override
    public CompletableFuture<Void> finish(RunRecord outcome, @Nullable Claim claim, Moves moves) {
        return kept.finish(outcome, claim, moves);
    }

    @Override
    public ListKeys keys() {
        return kept.keys();
    }

    @Override
    public PullCursor.@Nullable At cursor(PullCursor.Key key) {
        return kept.cursor(key);
    }
}
