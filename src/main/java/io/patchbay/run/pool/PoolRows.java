package io.patchbay.run.pool;

import io.patchbay.store.Dialect;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of pools, as claims need them. */
final class PoolRows {

    /** A claim of a run that is in no table is taken for that of a caller's run, which has no row before it ends. */
    private static final Duration UNSEEN = Duration.ofMinutes(5);

    static final String COLUMNS = "pool, entity, item, state, run_id, life, mark, since_at, expires_at";
    static final String THIS = " where pool = ? and entity = ? and item = ?";
    private static final String VALUES = " values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String TAKE =
            "update pool_key set state = ?, run_id = ?, life = ?, mark = ?, since_at = ?, expires_at = ?" + THIS
                    + " and state = ? and run_id = ? and life = ? and mark = ?";

    private final boolean shared;

    /** @param dialect of the database */
    PoolRows(Dialect dialect) {
        this.shared = dialect.shared();
    }

    /** A row. */
    record Row(String item, boolean remembered, String run, String life, String mark, Instant since, Instant expires) {}

    /** A row as it is to be. */
    record Wanted(
            String pool, String entity, boolean remembered, String run, String life, Instant since, Instant expires) {}

    /** Writes a row whatever it was before. */
    String upsert() {
        return shared
                ? "insert into pool_key (" + COLUMNS + ")" + VALUES
                        + " on conflict (pool, entity, item) do update set state = excluded.state, run_id = excluded.run_id,"
                        + " life = excluded.life, mark = excluded.mark, since_at = excluded.since_at, expires_at = excluded.expires_at"
                : "merge into pool_key (" + COLUMNS + ") key (pool, entity, item)" + VALUES;
    }

    /** Writes a row unless there is one. */
    String insert() {
        return shared
                ? "insert into pool_key (" + COLUMNS + ")" + VALUES + " on conflict (pool, entity, item) do nothing"
                : "merge into pool_key using (values (cast(? as varchar), cast(? as varchar), cast(? as varchar), cast(? as varchar),"
                        + " cast(? as varchar), cast(? as varchar), cast(? as varchar), cast(? as timestamp(6) with time zone),"
                        + " cast(? as timestamp(6) with time zone))) v (" + COLUMNS + ") on pool_key.pool = v.pool and"
                        + " pool_key.entity = v.entity and pool_key.item = v.item when not matched then insert ("
                        + COLUMNS
                        + ") values (v." + COLUMNS.replace(", ", ", v.") + ")";
    }

    static void bind(PreparedStatement row, Wanted wanted, String item, String mark) throws SQLException {
        row.setString(1, wanted.pool());
        row.setString(2, wanted.entity());
        row.setString(3, item);
        row.setString(4, state(wanted.remembered()));
        row.setString(5, wanted.run());
        row.setString(6, wanted.life());
        row.setString(7, mark);
        row.setObject(8, at(wanted.since()));
        row.setObject(9, at(wanted.expires()));
    }

    /** Inserts what is not there, keys in order so that two who do so never wait for each other; answers what was inserted. */
    Set<String> inserted(Connection connection, Wanted wanted, Map<String, String> marks) throws SQLException {
        return shared ? insertedAtOnce(connection, wanted, marks) : insertedOneByOne(connection, wanted, marks);
    }

    private static Set<String> insertedAtOnce(Connection connection, Wanted wanted, Map<String, String> marks)
            throws SQLException {
        String sql = "insert into pool_key (" + COLUMNS + ") select ?, ?, k.item, ?, ?, ?, k.mark, ?, ?"
                + " from unnest(?::text[], ?::text[]) as k(item, mark) on conflict (pool, entity, item) do nothing returning item";
        Set<String> found = new HashSet<>();
        Array items = connection.createArrayOf("text", marks.keySet().toArray());
        Array its = connection.createArrayOf("text", marks.values().toArray());
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, wanted.pool());
            insert.setString(2, wanted.entity());
            insert.setString(3, state(wanted.remembered()));
            insert.setString(4, wanted.run());
            insert.setString(5, wanted.life());
            insert.setObject(6, at(wanted.since()));
            insert.setObject(7, at(wanted.expires()));
            insert.setArray(8, items);
            insert.setArray(9, its);
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private Set<String> insertedOneByOne(Connection connection, Wanted wanted, Map<String, String> marks)
            throws SQLException {
        Set<String> found = new HashSet<>();
        try (PreparedStatement insert = connection.prepareStatement(insert())) {
            for (Map.Entry<String, String> key : marks.entrySet()) {
                bind(insert, wanted, key.getKey(), key.getValue());
                if (insert.executeUpdate() > 0) {
                    found.add(key.getKey());
                }
            }
        }
        return found;
    }

    /** Rows of keys, by key. */
    Map<String, Row> rows(Connection connection, String pool, String entity, Collection<String> items)
            throws SQLException {
        Map<String, Row> found = new LinkedHashMap<>();
        if (items.isEmpty()) {
            return found;
        }
        String sql =
                "select item, state, run_id, life, mark, since_at, expires_at from pool_key where pool = ? and entity = ?"
                        + " and item in (" + places(items.size()) + ")";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, pool);
            query.setString(2, entity);
            int at = 3;
            for (String item : items) {
                query.setString(at++, item);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), row(rows));
                }
            }
        }
        return found;
    }

    private static Row row(ResultSet rows) throws SQLException {
        return new Row(
                rows.getString(1),
                rows.getString(2).equals("R"),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getObject(6, OffsetDateTime.class).toInstant(),
                rows.getObject(7, OffsetDateTime.class).toInstant());
    }

    /** Takes rows over that are as they were seen; answers those that were taken. */
    Set<String> taken(Connection connection, Wanted wanted, List<Row> seen, Map<String, String> marks)
            throws SQLException {
        Set<String> taken = new HashSet<>();
        if (seen.isEmpty()) {
            return taken;
        }
        try (PreparedStatement update = connection.prepareStatement(TAKE)) {
            for (Row row : seen) {
                update.setString(1, state(wanted.remembered()));
                update.setString(2, wanted.run());
                update.setString(3, wanted.life());
                update.setString(4, marks.get(row.item()));
                update.setObject(5, at(wanted.since()));
                update.setObject(6, at(wanted.expires()));
                update.setString(7, wanted.pool());
                update.setString(8, wanted.entity());
                update.setString(9, row.item());
                update.setString(10, state(row.remembered()));
                update.setString(11, row.run());
                update.setString(12, row.life());
                update.setString(13, row.mark());
                update.addBatch();
            }
            int[] counts = update.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] != 0) {
                    taken.add(seen.get(i).item());
                }
            }
        }
        return taken;
    }

    /** Which of these runs claimed something that they will not do any more. */
    static Set<String> over(Connection connection, Collection<Row> claims, Instant now) throws SQLException {
        Map<String, Instant> newest = new HashMap<>();
        claims.forEach(row -> newest.merge(row.run(), row.since(), (one, other) -> one.isAfter(other) ? one : other));
        if (newest.isEmpty()) {
            return Set.of();
        }
        List<String> runs = List.copyOf(newest.keySet());
        Set<String> waiting = ids(connection, "select id from start where id in (" + places(runs.size()) + ")", runs);
        Set<String> ended = ids(
                connection,
                "select id from run where ended_at is not null and id in (" + places(runs.size()) + ")",
                runs);
        Set<String> over = new HashSet<>();
        newest.forEach((run, since) -> {
            if (!waiting.contains(run) && (ended.contains(run) || since.isBefore(now.minus(UNSEEN)))) {
                over.add(run);
            }
        });
        return over;
    }

    /** The runs that a replay goes back to, nearest first. */
    static List<String> before(Connection connection, String replayed, int most) throws SQLException {
        List<String> runs = new ArrayList<>(List.of(replayed));
        try (PreparedStatement query = connection.prepareStatement(
                "select parent from run where id = ? and parent is not null and trigger_kind <> 'flow'")) {
            while (runs.size() < most) {
                query.setString(1, runs.get(runs.size() - 1));
                try (ResultSet rows = query.executeQuery()) {
                    if (!rows.next() || runs.contains(rows.getString(1))) {
                        return runs;
                    }
                    runs.add(rows.getString(1));
                }
            }
        }
        return runs;
    }

    private static Set<String> ids(Connection connection, String sql, List<String> given) throws SQLException {
        Set<String> found = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < given.size(); i++) {
                query.setString(i + 1, given.get(i));
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    static String places(int count) {
        return String.join(", ", java.util.Collections.nCopies(count, "?"));
    }

    static String state(boolean remembered) {
        return remembered ? "R" : "C";
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
