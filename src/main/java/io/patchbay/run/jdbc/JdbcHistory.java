package io.patchbay.run.jdbc;

import io.patchbay.queue.QueuedStart;
import io.patchbay.queue.StartLists;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.FailureCause;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.segment.CapturedSegments;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The story of runs in the database. Starts that wait are listed as queued runs. Records in lists have no log and no requests. */
public final class JdbcHistory implements RunHistory {

    private static final String ONE = "select " + RunRows.COLUMNS
            + ", coalesce(r.logs, d.logs) as logs, coalesce(r.requests, d.requests) as requests from run r"
            + " left join run_detail d on d.run_id = r.id where r.id = ?";

    private final Store store;
    private final StartLists starts;
    private final Telemetry telemetry;
    private final CapturedRows captured;
    private final CapturedSegments segments;
    private final FailedRows failures;
    private final RunRetention retention;
    private final RunSearch search;
    private final GoingRuns going = new GoingRuns();

    JdbcHistory(
            Store store,
            StartLists starts,
            Telemetry telemetry,
            CapturedRows captured,
            CapturedSegments segments,
            FailedRows failures,
            RunRetention retention) {
        this.store = store;
        this.starts = starts;
        this.telemetry = telemetry;
        this.captured = captured;
        this.segments = segments;
        this.failures = failures;
        this.retention = retention;
        this.search = new RunSearch(store);
        telemetry.follow(() -> going.look(telemetry::going));
    }

    @Override
    public void started(RunRecord record) {
        telemetry.going(record);
    }

    @Override
    public void progressed(RunRecord record) {
        telemetry.going(record);
    }

    @Override
    public void goes(String runId, Supplier<RunRecord> now) {
        going.add(runId, now);
    }

    @Override
    public void gone(String runId) {
        going.remove(runId);
    }

    @Override
    public void captured(CapturedPayload payload) {
        telemetry.captured(payload);
    }

    @Override
    public Optional<RunRecord> run(String id) {
        RunRecord waiting = telemetry.waiting(id);
        RunRecord now = waiting == null || waiting.endedAt() == null ? going.now(id) : null;
        if (now != null) {
            return Optional.of(now);
        }
        if (waiting != null) {
            return Optional.of(waiting);
        }
        Optional<RunRecord> stored = reading(() -> {
            try (Connection connection = store.database().dataSource().getConnection();
                    PreparedStatement query = connection.prepareStatement(ONE)) {
                query.setString(1, id);
                try (ResultSet rows = query.executeQuery()) {
                    return rows.next()
                            ? Optional.of(RunRows.read(rows, rows.getString("logs"), rows.getString("requests")))
                            : Optional.empty();
                }
            }
        });
        return stored.isPresent() ? stored : starts.find(id).map(JdbcHistory::queued);
    }

    @Override
    public Slice<RunRecord> runs(RunQuery query) {
        int most = Math.max(1, Math.min(500, query.limit()));
        List<RunRecord> found = new ArrayList<>();
        telemetry.flush();
        if (query.status() != RunStatus.QUEUED) {
            found.addAll(reading(() -> search.stored(query, most + 1)));
        }
        if (query.status() == null || query.status() == RunStatus.QUEUED) {
            waiting(query, most + 1).stream()
                    .filter(start -> found.stream().noneMatch(run -> run.id().equals(start.id())))
                    .forEach(found::add);
            found.sort(Comparator.comparing(RunRecord::id).reversed());
        }
        return found.size() <= most
                ? new Slice<>(found, null)
                : new Slice<>(found.subList(0, most), found.get(most - 1).id());
    }

    private List<RunRecord> waiting(RunQuery query, int limit) {
        return starts.list(query.flow(), QueuedStart.State.WAITING, query.after(), limit).stream()
                .filter(start -> RunSearch.meant(query, start))
                .map(JdbcHistory::queued)
                .toList();
    }

    private static RunRecord queued(QueuedStart start) {
        boolean aside = start.state() == QueuedStart.State.QUARANTINED;
        return new RunRecord(
                start.id(),
                start.flow(),
                "",
                start.trigger(),
                aside ? RunStatus.FAILED : RunStatus.QUEUED,
                start.queuedAt(),
                null,
                null,
                aside ? RunRetention.quarantined(start) : null,
                null,
                start.crashes(),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public List<CapturedPayload> payloads(String runId, @Nullable String shape, boolean bytes) {
        return reading(() -> {
            List<CapturedPayload> all = new ArrayList<>(captured.of(runId, shape, bytes));
            all.addAll(segments.of(runId, shape, bytes));
            return all;
        });
    }

    @Override
    public List<CapturedPayload> bodies(String runId, String request) {
        return reading(() -> segments.bodies(runId, request));
    }

    @Override
    public Slice<FailedPayload> failed(FailedQuery which, @Nullable String after, int limit) {
        return reading(() -> failures.list(which, after, limit));
    }

    @Override
    public Slice<FailureCause> causes(FailedQuery which, @Nullable String after, int limit) {
        return reading(() -> failures.causes().list(which, after, limit));
    }

    @Override
    public Optional<FailedPayload> failed(String id) {
        return reading(() -> failures.find(id));
    }

    @Override
    public CompletableFuture<Void> failedIs(String id, FailedPayload.State state) {
        return failures.state(id, state);
    }

    @Override
    public CompletableFuture<Void> replayed(String id, String runId, @Nullable String job) {
        return failures.replayed(id, runId, job);
    }

    @Override
    public CompletableFuture<Void> mended(String runId) {
        return failures.mended(runId);
    }

    @Override
    public void sweep(Instant now) {
        retention.sweep(now);
    }

    private static <T> T reading(Reading<T> read) {
        try {
            return read.run();
        } catch (SQLException e) {
            throw new IllegalStateException("the history of runs cannot be read", e);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T run() throws SQLException;
    }
}
