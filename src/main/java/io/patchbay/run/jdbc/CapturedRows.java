package io.patchbay.run.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.payload.Json;
import io.patchbay.run.CapturedPayload;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import io.patchbay.store.UnsyncedWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Captured payloads in rows, one for each, as versions before the segments wrote them: they are read until their time is over. */
final class CapturedRows {

    private static final int GROUP = 1_000;

    /** Bytes that are deleted in one transaction: H2 writes down what it deletes, and gives room back only after that. */
    private static final long GROUP_BYTES = 1L << 20;

    private static final String DELETE = "delete from captured_payload where run_id = ? and taken = ?";
    private static final String DELETE_BYTES = "delete from captured_bytes where run_id = ? and taken = ?";
    private static final String EXPIRED =
            "select run_id, taken, kept from captured_payload where expires_at < ? order by expires_at";
    private static final String OLDEST = "select run_id, taken, kept from captured_payload order by run_id, taken";

    private final Store store;

    CapturedRows(Store store) {
        this.store = store;
    }

    List<CapturedPayload> of(String runId, @Nullable String shape, boolean withBytes) throws SQLException {
        String sql = "select p.*" + (withBytes ? ", b.bytes" : "") + " from captured_payload p"
                + (withBytes ? " join captured_bytes b on b.run_id = p.run_id and b.taken = p.taken" : "")
                + " where p.run_id = ?" + (shape == null ? "" : " and p.shape = ?") + " order by p.taken";
        List<CapturedPayload> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, runId);
            if (shape != null) {
                query.setString(2, shape);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows, withBytes));
                }
            }
        }
        return found;
    }

    private static CapturedPayload read(ResultSet row, boolean withBytes) throws SQLException {
        Instant at = row.getObject("taken_at", OffsetDateTime.class).toInstant();
        Instant until = row.getObject("expires_at", OffsetDateTime.class).toInstant();
        return new CapturedPayload(
                row.getString("run_id"),
                row.getString("shape"),
                CapturedPayload.Direction.valueOf(row.getString("direction").toUpperCase(Locale.ROOT)),
                row.getString("lineage"),
                about(row.getString("about")),
                row.getString("content_type"),
                row.getLong("size"),
                withBytes ? row.getBytes("bytes") : new byte[0],
                at,
                Duration.between(at, until));
    }

    private static CapturedPayload.About about(@Nullable String text) throws SQLException {
        try {
            return text == null
                    ? CapturedPayload.About.NOTHING
                    : Json.MAPPER.readValue(text, CapturedPayload.About.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("what goes with a captured payload cannot be read", e);
        }
    }

    /** Deletes what is past its time, and the oldest beyond the bound. */
    void sweep(UnsyncedWriter writer, Instant now, long most) throws SQLException {
        List<Found> expired;
        do {
            expired = delete(writer, EXPIRED, query -> query.setObject(1, RunRows.at(now)), GROUP_BYTES);
        } while (!expired.isEmpty());
        long excess = sum() - most;
        while (excess > 0) {
            List<Found> oldest = delete(writer, OLDEST, query -> {}, Math.min(excess, GROUP_BYTES));
            excess -= oldest.stream().mapToLong(Found::kept).sum();
            if (oldest.isEmpty()) {
                return;
            }
        }
    }

    private record Found(String runId, long taken, long kept) {}

    /** In groups, so that nobody waits long for the rows; no more than it takes to get {@code enough} bytes. */
    private List<Found> delete(UnsyncedWriter writer, String which, Transaction.Bind bind, long enough)
            throws SQLException {
        List<Found> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(which + " limit " + GROUP)) {
            bind.to(query);
            try (ResultSet rows = query.executeQuery()) {
                for (long bytes = 0; bytes < enough && rows.next(); bytes += rows.getLong(3)) {
                    found.add(new Found(rows.getString(1), rows.getLong(2), rows.getLong(3)));
                }
            }
        }
        writer.write(tx -> {
            for (Found each : found) {
                tx.add(DELETE, row -> bindKey(row, each));
                tx.add(DELETE_BYTES, row -> bindKey(row, each));
            }
        });
        return found;
    }

    private static void bindKey(PreparedStatement row, Found key) throws SQLException {
        row.setString(1, key.runId);
        row.setLong(2, key.taken);
    }

    /** Deletes all of a run, as part of a transaction. */
    void forget(Transaction tx, String runId) throws SQLException {
        tx.add("delete from captured_payload where run_id = ?", row -> row.setString(1, runId));
        tx.add("delete from captured_bytes where run_id = ?", row -> row.setString(1, runId));
    }

    private long sum() throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement("select sum(kept) from captured_payload");
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
