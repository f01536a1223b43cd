package io.patchbay.run.jdbc;

import io.patchbay.payload.Payload;
import io.patchbay.run.CallResult;
import io.patchbay.run.CallResults;
import io.patchbay.run.RunStatus;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/** What called runs leave for their callers, in rows: written with the end of the one, deleted with that of the other. */
final class ResultRows implements CallResults {

    private static final System.Logger LOG = System.getLogger(ResultRows.class.getName());
    private static final String INSERT = "insert into run_result (run_id, caller, status, code, message, ended_at,"
            + " payload, payload_file) values (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String FILES = "select payload_file from run_result where payload_file is not null and ";
    private static final int LONGEST_MESSAGE = 4_000;
    private static final int GROUP = 100;

    private final Store store;
    private final KeptPayloads payloads;

    ResultRows(Store store) {
        this.store = store;
        this.payloads = new KeptPayloads(store.bodies());
    }

    void insert(Transaction tx, CallResult result, KeptPayloads.Kept kept) throws SQLException {
        // A run that is run again, long after its start was forgotten, leaves its own.
        tx.add("delete from run_result where run_id = ?", row -> row.setString(1, result.run()));
        tx.add(INSERT, row -> {
            row.setString(1, result.run());
            row.setString(2, result.caller());
            row.setString(3, RunRows.name(result.status()));
            row.setString(4, Kept.text(result.code(), 100));
            row.setString(5, Kept.text(result.message(), LONGEST_MESSAGE));
            row.setObject(6, RunRows.at(result.endedAt()));
            kept.bind(row, 7, payloads.files());
        });
        payloads.own(tx, kept);
    }

    /** The caller has ended: nobody needs them any more. */
    void taken(Transaction tx, String caller) throws SQLException {
        PreparedStatement files = tx.query(FILES + "caller = ?");
        files.setString(1, caller);
        dropFiles(tx, files);
        tx.add("delete from run_result where caller = ?", row -> row.setString(1, caller));
    }

    /** Deletes what was left for runs that had ended before. */
    void sweep(Instant before) {
        try {
            store.progress()
                    .call(
                            tx -> {
                                PreparedStatement files = tx.query(FILES + "ended_at < ?");
                                files.setObject(1, RunRows.at(before));
                                dropFiles(tx, files);
                                tx.add(
                                        "delete from run_result where ended_at < ?",
                                        row -> row.setObject(1, RunRows.at(before)));
                                return true;
                            },
                            0)
                    .join();
        } catch (CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "what called runs left could not be swept; trying again later", e);
        }
    }

    private void dropFiles(Transaction tx, PreparedStatement query) throws SQLException {
        List<String> files = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                files.add(rows.getString(1));
            }
        }
        for (String file : files) {
            payloads.drop(tx, file);
        }
    }

    @Override
    public List<CallResult> find(Collection<String> runs) {
        List<String> all = List.copyOf(runs);
        List<CallResult> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection()) {
            for (int from = 0; from < all.size(); from += GROUP) {
                find(connection, all.subList(from, Math.min(all.size(), from + GROUP)), found);
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("what called runs left cannot be read", e);
        }
    }

    private void find(Connection connection, List<String> runs, List<CallResult> found) throws SQLException {
        String sql = "select * from run_result where run_id in (" + "?, ".repeat(runs.size() - 1) + "?)";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < runs.size(); i++) {
                query.setString(i + 1, runs.get(i));
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(result(row));
                }
            }
        }
    }

    private CallResult result(ResultSet row) throws SQLException {
        Payload payload = null;
        String code = row.getString("code");
        String message = row.getString("message");
        try {
            payload = payloads.read(row);
        } catch (SQLException e) {
            // One that is damaged keeps no other caller waiting.
            code = "RESULT_LOST";
            message = "its result cannot be read back: " + e.getMessage();
        }
        return new CallResult(
                row.getString("run_id"),
                row.getString("caller"),
                RunStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                payload,
                code,
                message,
                row.getObject("ended_at", OffsetDateTime.class).toInstant());
    }
}
