package io.patchbay.run.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.queue.Acknowledgements;
import io.patchbay.queue.Claim;
import io.patchbay.run.CallResult;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.ListKeys;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunRecord.LogLine;
import io.patchbay.store.GroupCommit;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints in the database, in synced groups. Writes of one run are written in the order in which they were handed in. What
 * a run left is deleted with its outcome; a run that left nothing costs nothing then.
 */
public final class JdbcCheckpoints implements Checkpoints {

    private static final String PAGE = "insert into run_page (run_id, shape, source, ordinal, lineage, payload,"
            + " payload_file) values (?, ?, ?, ?, ?, ?, ?)";
    private static final String PULLED =
            "update run_pull set next = coalesce(?, next)" + " where run_id = ? and shape = ? and source = ?";
    private static final String DELIVERED =
            "update run_pull set delivered = delivered + 1, well = well or ? where run_id = ? and shape = ? and source = ?";
    private static final String PULL =
            "insert into run_pull (run_id, shape, source, delivered, next) values (?, ?, ?, ?, ?)";
    private static final String DROP_PAGE =
            "delete from run_page where run_id = ? and shape = ? and source = ? and ordinal = ?";
    private static final String SENT = "(run_id, shape, lineage, payload, payload_file)";

    private final GroupCommit commits;
    private final String sent;
    private final Acknowledgements queue;
    private final KeptPayloads payloads;
    private final RunRows rows;
    private final Telemetry telemetry;
    private final ProgressRows progress;
    private final FailedRows failures;
    private final FailedKeyRows failedKeys;
    private final JdbcCursors cursors;
    private final JdbcListKeys keys;
    private final ResultRows results;
    private final Runnable dropped;

    /** What each run that goes on here has left so far. */
    private final Map<String, Left> left = new ConcurrentHashMap<>();

    /** @param dropped called when there may be keys to delete; quick */
    JdbcCheckpoints(
            Store store,
            Acknowledgements queue,
            RunRows rows,
            Telemetry telemetry,
            FailedRows failures,
            JdbcCursors cursors,
            JdbcListKeys keys,
            ResultRows results,
            Runnable dropped) {
        this.commits = store.progress();
        // A shape may meet the same payload twice; the later effect is the one that counts.
        this.sent = store.database().dialect().shared()
                ? "insert into run_sent " + SENT + " values (?, ?, ?, ?, ?) on conflict (run_id, lineage, shape)"
                        + " do update set payload = excluded.payload, payload_file = excluded.payload_file"
                : "merge into run_sent " + SENT + " key (run_id, shape, lineage) values (?, ?, ?, ?, ?)";
        this.queue = queue;
        this.payloads = new KeptPayloads(store.bodies());
        this.rows = rows;
        this.telemetry = telemetry;
        this.failures = failures;
        this.failedKeys = new FailedKeyRows(store);
        this.cursors = cursors;
        this.keys = keys;
        this.results = results;
        this.dropped = dropped;
        this.progress = new ProgressRows(store, payloads, failures);
    }

    @Override
    public Progress load(String runId) {
        Left found = left.computeIfAbsent(runId, any -> new Left());
        found.files = true;
        found.something = true;
        found.keys = true;
        found.blamed = true;
        try {
            return progress.load(runId, found.pulls::add);
        } catch (SQLException e) {
            throw new IllegalStateException("the progress of run " + runId + " cannot be read", e);
        }
    }

    @Override
    public CompletableFuture<Void> page(String runId, String shape, Payload page, @Nullable JsonNode next) {
        PageKey key = PageKey.of(shape, page);
        Left run = left(runId);
        return payloads.ready(page).thenCompose(kept -> {
            run.files |= kept.file() != null;
            boolean first = run.pulls.add(key.pull());
            String behind = next == null ? null : text(next);
            return write(
                    runId,
                    tx -> {
                        tx.add(PAGE, row -> {
                            key.bind(row, runId);
                            row.setLong(4, key.ordinal());
                            row.setString(5, page.lineage().text());
                            kept.bind(row, 6, payloads.files());
                        });
                        payloads.own(tx, kept);
                        pulled(tx, runId, key, behind, first);
                    },
                    kept.size());
        });
    }

    private void pulled(Transaction tx, String runId, PageKey key, @Nullable String behind, boolean first)
            throws SQLException {
        if (first) {
            tx.add(PULL, row -> {
                key.bind(row, runId);
                row.setLong(4, 0);
                row.setString(5, behind);
            });
        } else {
            tx.add(PULLED, row -> {
                row.setString(1, behind);
                row.setString(2, runId);
                row.setString(3, key.shape());
                row.setString(4, key.source());
            });
        }
    }

    @Override
    public CompletableFuture<Void> delivered(
            String runId, String shape, Payload page, @Nullable JsonNode next, boolean well) {
        PageKey key = PageKey.of(shape, page);
        Left run = left(runId);
        boolean files = run.files;
        SqlWork forgive = forgive(runId, run);
        return write(
                runId,
                tx -> {
                    forgive.run(tx);
                    if (files) {
                        progress.dropFilesBelow(tx, runId, key, page.lineage().text());
                    }
                    tx.add(DROP_PAGE, row -> {
                        key.bind(row, runId);
                        row.setLong(4, key.ordinal());
                    });
                    progress.dropSentBelow(tx, runId, page.lineage().text());
                    tx.add(DELIVERED, row -> {
                        row.setBoolean(1, well);
                        row.setString(2, runId);
                        row.setString(3, key.shape());
                        row.setString(4, key.source());
                    });
                },
                0);
    }

    @Override
    public CompletableFuture<Void> sent(String runId, String shape, String lineage, @Nullable Payload output) {
        Left run = left(runId);
        CompletableFuture<KeptPayloads.Kept> ready =
                output == null ? CompletableFuture.completedFuture(KeptPayloads.Kept.NOTHING) : payloads.ready(output);
        return ready.thenCompose(kept -> {
            run.files |= kept.file() != null;
            SqlWork forgive = forgive(runId, run);
            return write(
                    runId,
                    tx -> {
                        forgive.run(tx);
                        tx.add(sent, row -> {
                            row.setString(1, runId);
                            row.setString(2, shape);
                            row.setString(3, lineage);
                            kept.bind(row, 4, payloads.files());
                        });
                        payloads.own(tx, kept);
                    },
                    kept.size());
        });
    }

    /** The first progress of a run that was taken up again says that it is not what the program dies of. */
    private SqlWork forgive(String runId, Left run) {
        if (!run.blamed) {
            return tx -> {};
        }
        run.blamed = false;
        return queue.progressed(runId);
    }

    @Override
    public CompletableFuture<Void> failed(FailedPayload failed) {
        Left run = left.get(failed.runId());
        SqlWork forgive = run == null ? tx -> {} : forgive(failed.runId(), run);
        failures.causes().tell(failed);
        return payloads.ready(failed.payload())
                .thenCompose(kept -> write(
                        failed.runId(),
                        tx -> {
                            forgive.run(tx);
                            failures.insert(tx, failed, kept);
                            payloads.own(tx, kept);
                        },
                        kept.size()));
    }

    @Override
    public boolean waits(String flow, String shape, Instant before) {
        return failedKeys.waits(flow, shape, before);
    }

    @Override
    public CompletableFuture<Integer> passed(String flow, String shape, Instant before, List<String> items) {
        return failedKeys.passed(flow, shape, before, items);
    }

    @Override
    public CompletableFuture<Void> finish(RunRecord outcome, @Nullable Claim claim, Moves moves) {
        String id = outcome.id();
        Telemetry.LeftOut lost = telemetry.ended(id);
        RunRecord record = lost == null ? outcome : told(outcome, lost);
        Left run = left.get(id);
        if (claim == null && run == null && moves.isEmpty() && telemetry.endedHere(record)) {
            return CompletableFuture.completedFuture(null);
        }
        RunRows.Encoded encoded = RunRows.Encoded.of(record);
        SqlWork acknowledge = claim == null ? tx -> {} : queue.acknowledge(claim);
        return calls(moves.calls(), id)
                .thenCompose(calls -> write(
                        id,
                        tx -> {
                            acknowledge.run(tx);
                            rows.ended(tx, record, encoded);
                            calls.run(tx);
                            for (PullCursor.Move move : moves.cursors()) {
                                cursors.move(
                                        tx,
                                        move,
                                        id,
                                        java.util.Objects.requireNonNullElse(record.endedAt(), record.queuedAt()));
                            }
                            if (run != null && run.keys) {
                                keys.finish(
                                        tx,
                                        id,
                                        moves.keys(),
                                        java.util.Objects.requireNonNullElse(record.endedAt(), record.queuedAt()));
                                tx.afterCommit(dropped);
                            }
                            if (run != null && run.something) {
                                progress.forget(tx, id, run.files);
                            }
                        },
                        encoded.size()))
                .whenComplete((done, broken) -> left.remove(id));
    }

    /** What goes to and comes from other runs, ready to be written. */
    private CompletableFuture<SqlWork> calls(Calls calls, String id) {
        SqlWork taken = calls.took() ? tx -> results.taken(tx, id) : tx -> {};
        CallResult gives = calls.gives();
        if (gives == null) {
            return CompletableFuture.completedFuture(taken);
        }
        Payload payload = gives.payload();
        CompletableFuture<KeptPayloads.Kept> ready = payload == null
                ? CompletableFuture.completedFuture(KeptPayloads.Kept.NOTHING)
                : payloads.ready(payload);
        return ready.thenApply(kept -> tx -> {
            taken.run(tx);
            results.insert(tx, gives, kept);
        });
    }

    @Override
    public PullCursor.@Nullable At cursor(PullCursor.Key key) {
        return cursors.find(key)
                .map(found -> new PullCursor.At(found.kind(), found.position()))
                .orElse(null);
    }

    @Override
    public ListKeys keys() {
        return new ListKeys() {
            @Override
            public CompletableFuture<Void> found(Found found, List<String> all) {
                left.computeIfAbsent(found.run(), any -> new Left()).keys = true;
                return keys.found(found, all);
            }

            @Override
            public Known known(Found found) {
                return keys.known(found);
            }

            @Override
            public List<String> missing(Found found, List<Long> sets, @Nullable String after, int most) {
                return keys.missing(found, sets, after, most);
            }
        };
    }

    private static RunRecord told(RunRecord outcome, Telemetry.LeftOut lost) {
        List<LogLine> logs = new ArrayList<>(outcome.logs());
        logs.add(new LogLine(
                outcome.endedAt() == null ? outcome.queuedAt() : outcome.endedAt(),
                null,
                io.patchbay.payload.LogLevel.WARN,
                lost.payloads() + " captured payloads are not kept: "
                        + lost.why().text()));
        return new RunRecord(
                outcome.id(),
                outcome.flow(),
                outcome.revision(),
                outcome.trigger(),
                outcome.status(),
                outcome.queuedAt(),
                outcome.startedAt(),
                outcome.endedAt(),
                outcome.reason(),
                outcome.parent(),
                outcome.resumed(),
                outcome.shapes(),
                logs,
                outcome.requests(),
                outcome.trace());
    }

    private Left left(String runId) {
        Left run = left.computeIfAbsent(runId, any -> new Left());
        run.something = true;
        return run;
    }

    /** What a run writes keeps its order: a pull's row is there before it is moved on. */
    private CompletableFuture<Void> write(String runId, SqlWork work, long bytes) {
        return commits.writeWhenRoom(work, bytes, runId);
    }

    private static String text(JsonNode node) {
        try {
            return Json.MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("where a pull goes on cannot be written", e);
        }
    }

    /** What a run has left: whether anything, whether any of it in files, keys of lists, and which pulls have a row. */
    private static final class Left {
        private volatile boolean something;
        private volatile boolean files;
        private volatile boolean blamed;
        private volatile boolean keys;
        private final java.util.Set<String> pulls = ConcurrentHashMap.newKeySet();
    }

    /** Which page of which pull. */
    record PageKey(String shape, String source, long ordinal) {
        static PageKey of(String shape, Payload page) {
            String lineage = page.lineage().text();
            int segment = lineage.lastIndexOf('/');
            int mark = lineage.lastIndexOf('#');
            if (segment < 0 || mark < segment) {
                throw new IllegalArgumentException("'" + lineage + "' is not the lineage of a pull's page");
            }
            return new PageKey(shape, lineage.substring(0, segment), Long.parseLong(lineage.substring(mark + 1)));
        }

        String pull() {
            return shape + "|" + source;
        }

        /** Sets the first three parameters. */
        void bind(java.sql.PreparedStatement row, String runId) throws SQLException {
            row.setString(1, runId);
            row.setString(2, shape);
            row.setString(3, source);
        }
    }
}
