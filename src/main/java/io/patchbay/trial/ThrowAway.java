package io.patchbay.trial;

import io.patchbay.queue.Acknowledgements;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueuedStart;
import io.patchbay.queue.StartLists;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.FailureCause;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunListener;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.jdbc.HistoryProperties;
import io.patchbay.run.jdbc.JdbcRuns;
import io.patchbay.run.pool.JdbcPools;
import io.patchbay.run.tracked.JdbcTracked;
import io.patchbay.run.tracked.TrackedProperties;
import io.patchbay.shape.cache.Caches;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * All that keeps state, for one run: the real stores on a database in memory, so that cursors, keys, caches and pools are
 * what they are in the runtime. It is gone when it is closed.
 */
public final class ThrowAway implements AutoCloseable {

    private static final int CONNECTIONS = 4;

    private final Store store;
    private final JdbcRuns runs;
    private final JdbcTracked tracked;
    private final JdbcPools pools;
    private final List<CapturedPayload> captured = new CopyOnWriteArrayList<>();
    private final List<FailedPayload> failed = new CopyOnWriteArrayList<>();

    /**
     * Opens it.
     *
     * @param folder for what does not stay in memory; somebody else deletes it
     */
    public ThrowAway(Path folder, Clock clock) throws IOException, SQLException {
        store = Store.open(
                new StoreProperties(
                        "jdbc:h2:mem:trial-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                        null,
                        null,
                        CONNECTIONS,
                        DataSize.ofBytes(0)),
                folder.resolve("data"),
                clock);
        runs = new JdbcRuns(store, new NoQueue(), new NoStarts(), HistoryProperties.defaults(), clock);
        tracked = new JdbcTracked(store, TrackedProperties.defaults(), clock);
        pools = new JdbcPools(store, clock);
    }

    /** What payloads left to be searched. */
    JdbcTracked tracked() {
        return tracked;
    }

    /** What payloads left for later. */
    public Caches caches() {
        return runs.caches();
    }

    /** Keys of records that were seen. */
    JdbcPools pools() {
        return pools;
    }

    /** Told of each run that is over: what it held is given back. */
    List<RunListener> listeners() {
        return List.of(runs.freeing(), pools);
    }

    /** Payloads in and out of shapes, in order. */
    List<CapturedPayload> captured() {
        return List.copyOf(captured);
    }

    /** Payloads that failed, in order. */
    List<FailedPayload> failed() {
        List<FailedPayload> all = new ArrayList<>(failed);
        all.sort(Comparator.comparing(FailedPayload::id));
        return all;
    }

    /** The promise, which lets see what failed. */
    Checkpoints checkpoints() {
        return new WatchedCheckpoints(runs.checkpoints(), failed::add);
    }

    /** The story, which lets see what passed. */
    RunHistory history() {
        RunHistory kept = runs.history();
        return new RunHistory() {
            @Override
            public void started(RunRecord record) {
                kept.started(record);
            }

            @Override
            public void progressed(RunRecord record) {
                kept.progressed(record);
            }

            @Override
            public void captured(CapturedPayload payload) {
                captured.add(payload);
            }

            @Override
            public Optional<RunRecord> run(String id) {
                return kept.run(id);
            }

            @Override
            public Slice<RunRecord> runs(RunQuery query) {
                return kept.runs(query);
            }

            @Override
            public List<CapturedPayload> payloads(String runId, @Nullable String shape, boolean bytes) {
                return List.copyOf(captured);
            }

            @Override
            public Slice<FailedPayload> failed(FailedQuery query, @Nullable String after, int limit) {
                return kept.failed(query, after, limit);
            }

            @Override
            public Slice<FailureCause> causes(FailedQuery query, @Nullable String after, int limit) {
                return kept.causes(query, after, limit);
            }

            @Override
            public Optional<FailedPayload> failed(String id) {
                return kept.failed(id);
            }

            @Override
            public CompletableFuture<Void> failedIs(String id, FailedPayload.State state) {
                return kept.failedIs(id, state);
            }

            @Override
            public CompletableFuture<Void> replayed(String id, String runId, @Nullable String job) {
                return kept.replayed(id, runId, job);
            }

            @Override
            public CompletableFuture<Void> mended(String runId) {
                return kept.mended(runId);
            }

            @Override
            public void sweep(Instant now) {
                kept.sweep(now);
            }
        };
    }

    @Override
    public void close() {
        pools.close();
        tracked.close();
        runs.close();
        try {
            store.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the database of a trial cannot be closed", e);
        }
    }

    /** No start of a trial was queued. */
    private static final class NoQueue implements Acknowledgements {
        @Override
        public SqlWork acknowledge(Claim claim) {
            return transaction -> {};
        }

        @Override
        public SqlWork progressed(String startId) {
            return transaction -> {};
        }
    }

    private static final class NoStarts implements StartLists {
        @Override
        public List<QueuedStart> list(
                @Nullable String flow, QueuedStart.State state, @Nullable String after, int limit) {
            return List.of();
        }

        @Override
        public Optional<QueuedStart> find(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> oldest(String flow) {
            return Optional.empty();
        }

        @Override
        public Map<String, Long> quarantined() {
            return Map.of();
        }

        @Override
        public CompletableFuture<Boolean> retry(String id) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public CompletableFuture<Boolean> prioritise(String id, Priority priority) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public CompletableFuture<Boolean> discard(String id) {
            return CompletableFuture.completedFuture(false);
        }
    }
}
