package io.patchbay.trial.dry;

import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.FailureCause;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A dry run has no story: it is in no list. */
final class NoHistory implements RunHistory {

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    @Override
    public void started(RunRecord record) {
        // Nobody lists it.
    }

    @Override
    public void progressed(RunRecord record) {
        // Nobody lists it.
    }

    @Override
    public void captured(CapturedPayload payload) {
        // Nobody looks at it.
    }

    @Override
    public Optional<RunRecord> run(String id) {
        return Optional.empty();
    }

    @Override
    public Slice<RunRecord> runs(RunQuery query) {
        return new Slice<>(List.of(), null);
    }

    @Override
    public List<CapturedPayload> payloads(String runId, @Nullable String shape, boolean bytes) {
        return List.of();
    }

    @Override
    public Slice<FailedPayload> failed(FailedQuery which, @Nullable String after, int limit) {
        return new Slice<>(List.of(), null);
    }

    @Override
    public Slice<FailureCause> causes(FailedQuery which, @Nullable String after, int limit) {
        return new Slice<>(List.of(), null);
    }

    @Override
    public Optional<FailedPayload> failed(String id) {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<Void> failedIs(String id, FailedPayload.State state) {
        return DONE;
    }

    @Override
    public CompletableFuture<Void> replayed(String id, String runId, @Nullable String job) {
        return DONE;
    }

    @Override
    public CompletableFuture<Void> mended(String runId) {
        return DONE;
    }

    @Override
    public void sweep(Instant now) {
        // There is nothing to sweep.
    }
}
