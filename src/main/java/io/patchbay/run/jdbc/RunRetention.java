package io.patchbay.run.jdbc;

import io.patchbay.queue.QueuedStart;
import io.patchbay.queue.StartLists;
import io.patchbay.run.RunStatus;
import io.patchbay.run.segment.CapturedSegments;
import io.patchbay.store.Store;
import io.patchbay.store.UnsyncedWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Bounds the past: deletes what is too old or too much, and puts right what a dead process left as running. */
final class RunRetention {

    private static final System.Logger LOG = System.getLogger(RunRetention.class.getName());
    private static final int GROUP = 500;
    private static final String OLD = "select id from run where id < ? and ended_at < ? order by id limit " + GROUP;
    private static final String OLDEST = "select id from run where id <= ? order by id limit " + GROUP;
    private static final String CUT = "select id from run order by id desc limit 1 offset ?";
    private static final String LEFT =
            "select id from run where status in ('running', 'queued') and owner like ? and owner <> ?";
    private static final String WAITS = "update run set status = ? where id = ? and status = 'running'";
    private static final String FAILED = "update run set status = ?, reason = ? where id = ? and ended_at is null";

    private final Store store;
    private final StartLists starts;
    private final HistoryProperties bounds;
    private final CapturedRows captured;
    private final CapturedSegments segments;
    private final FailedRows failures;
    private final UnsyncedWriter writer;

    RunRetention(
            Store store,
            StartLists starts,
            HistoryProperties bounds,
            CapturedRows captured,
            CapturedSegments segments,
            FailedRows failures) {
        this.store = store;
        this.starts = starts;
        this.bounds = bounds;
        this.captured = captured;
        this.segments = segments;
        this.failures = failures;
        this.writer = new UnsyncedWriter(store);
    }

    static String quarantined(QueuedStart start) {
        return "the program ended " + start.crashes()
                + " times while this ran; it is put aside until someone releases it";
    }

    /** Runs that a former life of this process left as running: a callback's head died with it, others wait or are put aside. */
    void putRight() {
        try {
            for (String id : ids(LEFT, query -> {
                query.setString(1, store.folder().node() + "/%");
                query.setString(2, store.folder().owner());
            })) {
                QueuedStart start = starts.find(id).orElse(null);
                if (start == null) {
                    fail(id, "the program ended while it ran");
                } else if (start.state() == QueuedStart.State.QUARANTINED) {
                    fail(id, quarantined(start));
                } else {
                    waits(id);
                }
            }
        } catch (SQLException | CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "runs of a former life could not be put right", e);
        }
    }

    /** It is taken up again, unless its flow is gone: until then it does not run. */
    private void waits(String id) {
        store.progress()
                .write(tx -> tx.add(WAITS, row -> {
                    row.setString(1, RunRows.name(RunStatus.QUEUED));
                    row.setString(2, id);
                }))
                .join();
    }

    private void fail(String id, String reason) {
        store.progress()
                .write(tx -> tx.add(FAILED, row -> {
                    row.setString(1, RunRows.name(RunStatus.FAILED));
                    row.setString(2, reason);
                    row.setString(3, id);
                }))
                .join();
    }

    /** Deletes what is past its time or beyond its bound. Returns whether it came to its end. */
    boolean sweep(Instant now) {
        return sweep(now, () -> segments.sweep(now));
    }

    /** The same for room on this disk: it waits for no store of objects. */
    boolean sweepHere(Instant now) {
        return sweep(now, () -> segments.sweepHere(now));
    }

    private interface Step {
        void run() throws SQLException;
    }

    private boolean sweep(Instant now, Step ofSegments) {
        try {
            ofSegments.run();
            sweepRows(now);
            return true;
        } catch (SQLException | CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "the history could not be swept; trying again later", e);
            return false;
        }
    }

    private synchronized void sweepRows(Instant now) throws SQLException {
        captured.sweep(writer, now, bounds.mostCaptured().toBytes());
        failures.sweep(now.minus(bounds.keepFailed()));
        failures.causes().sweep(now.minus(bounds.keepFailed()));
        Instant before = now.minus(bounds.keep());
        List<String> old;
        do {
            old = ids(OLD, query -> {
                query.setString(1, firstIdOf(before));
                query.setObject(2, RunRows.at(before));
            });
            delete(old);
        } while (old.size() == GROUP);
        for (String cut : ids(CUT, query -> query.setLong(1, bounds.most()))) {
            List<String> oldest;
            do {
                oldest = ids(OLDEST, query -> query.setString(1, cut));
                delete(oldest);
            } while (oldest.size() == GROUP);
        }
    }

    /** No UUIDv7 made at or after {@code instant} sorts before this. */
    private static String firstIdOf(Instant instant) {
        String hex = "%012x".formatted(instant.toEpochMilli());
        return hex.substring(0, 8) + "-" + hex.substring(8);
    }

    private void delete(List<String> ids) throws SQLException {
        writer.write(tx -> {
            for (String id : ids) {
                tx.add("delete from run where id = ?", row -> row.setString(1, id));
                tx.add("delete from run_detail where run_id = ?", row -> row.setString(1, id));
                captured.forget(tx, id);
                segments.forget(tx, id);
            }
        });
    }

    private List<String> ids(String sql, io.patchbay.store.Transaction.Bind bind) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }
}
