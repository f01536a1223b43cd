package io.patchbay.run.jdbc;

import io.patchbay.store.Store;
import io.patchbay.store.UnsyncedWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes the keys of sets that were dropped, in portions, so that no transaction is long. */
final class DroppedKeys {

    private static final System.Logger LOG = System.getLogger(DroppedKeys.class.getName());
    private static final int PORTION = 5_000;
    private static final int SETS = 100;

    /** A run that left no word for so long left none at all. */
    private static final Duration GIVEN_UP = Duration.ofDays(1);

    private static final String DROPPED =
            "select set_id from known_set where state = 'dropped' order by set_id limit " + SETS;
    private static final String ABANDONED =
            "update known_set set state = 'dropped' where state = 'open' and moved_at < ?"
                    + " and not exists (select 1 from run where run.id = known_set.run_id and run.ended_at is null)"
                    + " and not exists (select 1 from start where start.id = known_set.run_id)";
    private static final String BOUNDARY =
            "select record_key from known_key where set_id = ? order by record_key limit 1 offset " + PORTION;

    private final Store store;
    private final UnsyncedWriter writer;

    DroppedKeys(Store store) {
        this.store = store;
        this.writer = new UnsyncedWriter(store);
    }

    /** Drops what no run will end any more, and deletes what was dropped. */
    synchronized void sweep(Instant now) {
        try {
            writer.write(tx -> tx.add(ABANDONED, row -> row.setObject(1, RunRows.at(now.minus(GIVEN_UP)))));
            List<Long> sets;
            do {
                sets = dropped();
                for (long set : sets) {
                    delete(set);
                }
            } while (sets.size() == SETS);
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "keys of lists that were dropped could not be deleted; trying again later",
                    e);
        }
    }

    private void delete(long set) throws SQLException {
        String boundary;
        do {
            boundary = boundary(set);
            String before = boundary;
            writer.write(tx -> {
                if (before == null) {
                    tx.add("delete from known_key where set_id = ?", row -> row.setLong(1, set));
                    tx.add("delete from known_set where set_id = ?", row -> row.setLong(1, set));
                } else {
                    tx.add("delete from known_key where set_id = ? and record_key < ?", row -> {
                        row.setLong(1, set);
                        row.setString(2, before);
                    });
                }
            });
        } while (boundary != null);
    }

    private List<Long> dropped() throws SQLException {
        List<Long> sets = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(DROPPED);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                sets.add(rows.getLong(1));
            }
        }
        return sets;
    }

    private @Nullable String boundary(long set) throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(BOUNDARY)) {
            query.setLong(1, set);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }
}
