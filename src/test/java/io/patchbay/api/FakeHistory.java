package io.patchbay.api;

import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.FailureCause;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A history in memory. */
public final class FakeHistory implements RunHistory {

    public final List<RunRecord> runs = new ArrayList<>();
    public final List<CapturedPayload> captured = new ArrayList<>();
    public final List<FailedPayload> failed = new ArrayList<>();

    @Override
    public void started(RunRecord record) {
        runs.add(record);
    }

    @Override
    public void progressed(RunRecord record) {
        runs.replaceAll(old -> old.id().equals(record.id()) ? record : old);
    }

    @Override
    public void captured(CapturedPayload payload) {
        captured.add(payload);
    }

    @Override
    public Optional<RunRecord> run(String id) {
        return runs.stream().filter(run -> run.id().equals(id)).findFirst();
    }

    @Override
    public Slice<RunRecord> runs(RunQuery query) {
        return slice(
                runs,
                RunRecord::id,
                run -> (query.flow() == null || query.flow().equals(run.flow()))
                        && (query.status() == null || query.status() == run.status())
                        && (query.trigger() == null || query.trigger().equals(run.trigger()))
                        && (query.error() == null
                                || String.valueOf(run.reason()).contains(query.error()))
                        && (query.q() == null || String.valueOf(run.reason()).contains(query.q())),
                query.after(),
                query.limit());
    }

    @Override
    public List<CapturedPayload> payloads(String runId, @Nullable String shape, boolean bytes) {
        return captured.stream()
                .filter(payload -> payload.runId().equals(runId)
                        && (shape == null || shape.equals(payload.shape()))
                        && !payload.direction().wire())
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
        List<FailedPayload> inOrder = new ArrayList<>(failed);
        if (which.oldestFirst()) {
            java.util.Collections.reverse(inOrder);
        }
        return slice(
                inOrder,
                FailedPayload::id,
                one -> (which.flow() == null || which.flow().equals(one.flow()))
                        && (which.run() == null || which.run().equals(one.runId()))
                        && (which.shape() == null || which.shape().equals(one.shape()))
                        && (which.q() == null || one.message().contains(which.q()))
                        && (which.states().isEmpty() || which.states().contains(one.state())),
                after,
                limit);
    }

    @Override
    public Slice<FailureCause> causes(FailedQuery which, @Nullable String after, int limit) {
        List<FailureCause> causes = failed(which, null, 500).data().stream()
                .map(one -> new FailureCause(
                        "c-" + one.code(),
                        one.flow(),
                        one.shape(),
                        one.code(),
                        FailureCause.reason(one.message()),
                        1,
                        one.at(),
                        one.at(),
                        one.id()))
                .limit(limit)
                .toList();
        return new Slice<>(causes, null);
    }

    @Override
    public Optional<FailedPayload> failed(String id) {
        return failed.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public CompletableFuture<Void> replayed(String id, String runId, @Nullable String job) {
        return becomes(id, FailedPayload.State.REPLAYED, runId);
    }

    @Override
    public CompletableFuture<Void> mended(String runId) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> failedIs(String id, FailedPayload.State state) {
        return becomes(id, state, null);
    }

    private CompletableFuture<Void> becomes(String id, FailedPayload.State state, @Nullable String replayRun) {
        failed.replaceAll(old -> old.id().equals(id)
                ? new FailedPayload(
                        id,
                        old.runId(),
                        old.flow(),
                        old.revision(),
                        old.shape(),
                        old.payload(),
                        old.owner(),
                        old.code(),
                        old.message(),
                        old.attempts(),
                        old.at(),
                        state,
                        old.keys(),
                        replayRun)
                : old);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void sweep(Instant now) {
        captured.removeIf(payload -> payload.at().plus(payload.keep()).isBefore(now));
    }

    /** Newest is last in the list, first in the slice. */
    private static <T> Slice<T> slice(
            List<T> all, Function<T, String> id, Predicate<T> wanted, @Nullable String after, int limit) {
        List<T> newest = new ArrayList<>(all);
        java.util.Collections.reverse(newest);
        List<String> ids = newest.stream().map(id).toList();
        List<T> rest = newest.subList(after == null ? 0 : ids.indexOf(after) + 1, newest.size()).stream()
                .filter(wanted)
                .toList();
        return rest.size() <= limit
                ? new Slice<>(rest, null)
                : new Slice<>(rest.subList(0, limit), id.apply(rest.get(limit - 1)));
    }
}
