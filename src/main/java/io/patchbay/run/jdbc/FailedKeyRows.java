package io.patchbay.run.jdbc;

import io.patchbay.run.FailedPayload;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What failed payloads are about, in rows; a row is marked when the same has passed the shape later. */
final class FailedKeyRows {

    private static final int TOGETHER = 200;
    private static final String INSERT =
            "insert into failed_key (failed_id, item, flow, shape, failed_at, passed) values (?, ?, ?, ?, ?, false)";
    private static final String WAITS =
            "select 1 from failed_key where flow = ? and shape = ? and passed = false and failed_at < ? limit 1";
    private static final String FOUND = "select failed_id, item from failed_key where flow = ? and shape = ?"
            + " and passed = false and failed_at < ? and item in (";
    private static final String PASSED = "update failed_key set passed = true where failed_id = ? and item = ?";
    private static final String RESOLVE =
            "update failed_payload set state = 'resolved' where id = ? and keys_whole = true"
                    + " and state in ('open', 'held', 'replayed')"
                    + " and not exists (select 1 from failed_key k where k.failed_id = failed_payload.id and k.passed = false)";
    private static final String DELETE = "delete from failed_key where failed_id = ?";

    private final Store store;

    FailedKeyRows(Store store) {
        this.store = store;
    }

    static void insert(Transaction tx, FailedPayload failed) throws SQLException {
        for (String item : failed.keys().values()) {
            tx.add(INSERT, row -> {
                row.setString(1, failed.id());
                row.setString(2, item);
                row.setString(3, failed.flow());
                row.setString(4, failed.shape());
                row.setObject(5, RunRows.at(failed.at()));
            });
        }
    }

    static void delete(Transaction tx, String failed) throws SQLException {
        tx.add(DELETE, row -> row.setString(1, failed));
    }

    /** The items of each, at most so many of one. */
    static Map<String, List<String>> of(Connection connection, List<String> failed, int most) throws SQLException {
        Map<String, List<String>> found = new HashMap<>();
        if (failed.isEmpty()) {
            return found;
        }
        String sql = "select failed_id, item from failed_key where failed_id in (" + places(failed.size())
                + ") order by failed_id, item";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < failed.size(); i++) {
                query.setString(i + 1, failed.get(i));
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    List<String> items = found.computeIfAbsent(rows.getString(1), any -> new ArrayList<>());
                    if (items.size() < most) {
                        items.add(rows.getString(2));
                    }
                }
            }
        }
        return found;
    }

    boolean waits(String flow, String shape, Instant before) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(WAITS)) {
            query.setString(1, flow);
            query.setString(2, shape);
            query.setObject(3, RunRows.at(before));
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("what failed earlier cannot be read", e);
        }
    }

    CompletableFuture<Integer> passed(String flow, String shape, Instant before, List<String> items) {
        return store.progress()
                .call(
                        tx -> {
                            Set<String> touched = new LinkedHashSet<>();
                            for (int from = 0; from < items.size(); from += TOGETHER) {
                                List<String> part = items.subList(from, Math.min(items.size(), from + TOGETHER));
                                List<String[]> rows = found(tx, flow, shape, before, part);
                                lock(tx, rows);
                                for (String[] row : rows) {
                                    tx.add(PASSED, update -> {
                                        update.setString(1, row[0]);
                                        update.setString(2, row[1]);
                                    });
                                    touched.add(row[0]);
                                }
                            }
                            return resolved(tx, touched);
                        },
                        0);
    }

    /** Two that mark keys of one payload come one behind the other: the later one sees all that have passed. */
    private static void lock(Transaction tx, List<String[]> rows) throws SQLException {
        List<String> ids = rows.stream().map(row -> row[0]).distinct().sorted().toList();
        for (int from = 0; from < ids.size(); from += TOGETHER) {
            List<String> part = ids.subList(from, Math.min(ids.size(), from + TOGETHER));
            try (PreparedStatement query = tx.connection()
                    .prepareStatement("select id from failed_payload where id in (" + places(part.size())
                            + ") order by id for update")) {
                for (int i = 0; i < part.size(); i++) {
                    query.setString(i + 1, part.get(i));
                }
                query.execute();
            }
        }
    }

    private static List<String[]> found(Transaction tx, String flow, String shape, Instant before, List<String> items)
            throws SQLException {
        List<String[]> found = new ArrayList<>();
        try (PreparedStatement query = tx.connection().prepareStatement(FOUND + places(items.size()) + ")")) {
            query.setString(1, flow);
            query.setString(2, shape);
            query.setObject(3, RunRows.at(before));
            for (int i = 0; i < items.size(); i++) {
                query.setString(4 + i, items.get(i));
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new String[] {rows.getString(1), rows.getString(2)});
                }
            }
        }
        return found;
    }

    private static int resolved(Transaction tx, Set<String> touched) throws SQLException {
        int resolved = 0;
        for (String id : touched) {
            PreparedStatement update = tx.query(RESOLVE);
            update.setString(1, id);
            resolved += update.executeUpdate();
        }
        return resolved;
    }

    private static String places(int count) {
        return "?" + ", ?".repeat(count - 1);
    }
}
