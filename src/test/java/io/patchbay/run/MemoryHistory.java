package io.patchbay.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A history in memory, for tests of runs. */
public final class MemoryHistory implements RunHistory {

    public final List<RunRecord> begun = new CopyOnWriteArrayList<>();
    public final List<CapturedPayload> captured = new CopyOnWriteArrayList<>();

    @Override
    public void started(RunRecord record) {
        begun.add(record);
    }

    @Override
    public void progressed(RunRecord record) {
        begun.replaceAll(run -> run.id().equals(record.id()) ? record : run);
    }

    @Override
    public void captured(CapturedPayload payload) {
        captured.add(payload);
    }

    @Override
    public Optional<RunRecord> run(String id) {
        return begun.stream().filter(run -> run.id().equals(id)).findFirst();
    }

    @Override
    public Slice<RunRecord> runs(RunQuery query) {
        return new Slice<>(begun, null);
    }

    @Override
    public List<CapturedPayload> payloads(String runId, @Nullable String shape, boolean bytes) {
        return captured.stream()
                .filter(each -> !each.direction().wire() && (shape == null || shape.equals(each.shape())))
                .toList();
    }

    @Override
    public List<CapturedPayload> bodies(String runId, String request) {
        return captured.stream()
                .filter(each -> each.direction().wire()
                        && each.runId().equals(runId)
                        && each.lineage().equals(request))
                .toList();
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
    public CompletableFuture<Void> replayed(String id, String runId, @Nullable String job) {
        return failedIs(id, FailedPayload.State.REPLAYED);
    }

    @Override
    public CompletableFuture<Void> mended(String runId) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> failedIs(String id, FailedPayload.State state) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void sweep(Instant now) {}
}
