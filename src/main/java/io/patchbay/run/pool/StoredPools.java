package io.patchbay.run.pool;

import io.patchbay.run.pool.PoolRows.Wanted;
import io.patchbay.store.Store;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What an operator sees of pools and does to them. */
final class StoredPools implements KeptPools {

    private static final int PORTION = 1_000;
    private static final String SIZES =
            "select pool, sum(case when state = 'R' then 1 else 0 end), sum(case when state = 'C' then 1 else 0 end)"
                    + " from pool_key group by pool order by pool";
    private static final String KEYS =
            "select entity, item, state, run_id, since_at, expires_at from pool_key where pool = ?";

    private final Store store;
    private final JdbcPools pools;
    private final Clock clock;
    private final PoolRows rows;
    /** The character behind which none sorts: H2 compares UTF-16, PostgreSQL bytes of UTF-8. */
    private final String last;

    StoredPools(Store store, JdbcPools pools, PoolRows rows, Clock clock) {
        this.store = store;
        this.pools = pools;
        this.clock = clock;
        this.rows = rows;
        this.last = store.database().dialect().shared() ? Character.toString(Character.MAX_CODE_POINT) : "\uffff";
    }

    @Override
    public List<PoolSize> pools() {
        return pools.transacted(connection -> {
            List<PoolSize> found = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(SIZES);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new PoolSize(rows.getString(1), rows.getLong(2), rows.getLong(3)));
                }
            }
            return found;
        });
    }

    @Override
    public List<PoolKey> keys(String pool, Query query) {
        StringBuilder sql = new StringBuilder(KEYS);
        List<Object> values = new ArrayList<>(List.of(pool));
        which(sql, values, query.entity(), query.prefix());
        Place after = query.after();
        if (after != null) {
            sql.append(" and (entity > ? or (entity = ? and item > ?))");
            values.addAll(List.of(after.entity(), after.entity(), after.key()));
        }
        sql.append(" order by entity, item limit ").append(Math.max(1, query.limit()));
        return pools.transacted(connection -> {
            List<PoolKey> found = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
                bind(statement, values);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(key(rows));
                    }
                }
            }
            return found;
        });
    }

    private void which(StringBuilder sql, List<Object> values, @Nullable String entity, @Nullable String prefix) {
        if (entity != null) {
            sql.append(" and entity = ?");
            values.add(entity);
        }
        if (prefix != null && !prefix.isEmpty()) {
            sql.append(" and item >= ? and item < ?");
            values.addAll(List.of(prefix, prefix + last));
        }
    }

    private static PoolKey key(ResultSet rows) throws SQLException {
        String run = rows.getString(4);
        return new PoolKey(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3).equals("C"),
                run.isEmpty() ? null : run,
                rows.getObject(5, OffsetDateTime.class).toInstant(),
                rows.getObject(6, OffsetDateTime.class).toInstant());
    }

    @Override
    public boolean forget(String pool, String entity, String key) {
        return changed("delete from pool_key" + PoolRows.THIS, List.of(pool, entity, key)) > 0;
    }

    @Override
    public long forgetAll(String pool, @Nullable String entity, @Nullable String prefix) {
        StringBuilder sql = new StringBuilder("select pool, entity, item from pool_key where pool = ?");
        List<Object> values = new ArrayList<>(List.of(pool));
        which(sql, values, entity, prefix);
        String delete = "delete from pool_key where (pool, entity, item) in (" + sql + " limit " + PORTION + ")";
        long gone = 0;
        int part;
        do {
            part = changed(delete, values);
            gone += part;
        } while (part == PORTION);
        return gone;
    }

    private int changed(String sql, List<Object> values) {
        AtomicInteger changed = new AtomicInteger();
        try {
            store.progress()
                    .write(tx -> tx.add(sql, row -> bind(row, values), changed::set))
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the pools cannot be written", e);
        }
        return changed.get();
    }

    @Override
    public int add(String pool, List<Line> keys, Duration keep) {
        Instant now = clock.instant();
        Map<String, Map<String, String>> byEntity = new TreeMap<>();
        keys.forEach(line ->
                byEntity.computeIfAbsent(line.entity(), any -> new TreeMap<>()).put(line.key(), ""));
        int added = pools.transacted(connection -> {
            int fresh = 0;
            for (Map.Entry<String, Map<String, String>> entity : byEntity.entrySet()) {
                Wanted operator = new Wanted(pool, entity.getKey(), true, "", "", now, now.plus(keep));
                fresh += rows.inserted(connection, operator, entity.getValue()).size();
            }
            return fresh;
        });
        synced();
        return added;
    }

    /** Returns when what was committed is on disk. */
    private void synced() {
        try {
            store.progress().write(tx -> {}).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the pools cannot be written", e);
        }
    }

    private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }
}
