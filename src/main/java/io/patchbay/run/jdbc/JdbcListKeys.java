package io.patchbay.run.jdbc;

import io.patchbay.run.KnownList;
import io.patchbay.run.KnownLists;
import io.patchbay.run.ListKeys;
import io.patchbay.run.PullCursor;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Keys of lists in the database. They come and go in portions; only which set is kept changes with the outcome of a run. */
final class JdbcListKeys implements ListKeys, KnownLists {

    private static final String COLUMNS =
            "set_id, flow, instance, endpoint, digest, inputs, fields, run_id, state, amount, bytes, allowed, moved_at";
    private static final String THIS = " where flow = ? and instance = ? and endpoint = ? and digest = ?";
    private static final String KEPT = " and state = 'kept'";
    private static final String KEEP = "update known_set set state = 'kept', amount = ?, bytes = ?, moved_at = ?"
            + " where set_id = ? and state = 'open'";
    private static final String REPLACED = "update known_set set state = 'dropped' where set_id = ?";
    private static final String LEFT = "update known_set set state = 'dropped' where run_id = ? and state = 'open'";
    private static final String FORGET = "update known_set set state = 'dropped'" + THIS + KEPT;
    private static final String ALLOW = "update known_set set allowed = true" + THIS + KEPT;
    private static final String ABSENT =
            " and not exists (select 1 from known_key n where n.set_id = ? and n.record_key = k.record_key)";
    private static final String LISTS =
            "select flow, instance, endpoint, digest, max(inputs), max(fields), sum(amount),"
                    + " sum(bytes), max(moved_at), max(run_id), max(case when allowed then 1 else 0 end) from known_set";
    private static final String BY_LIST =
            " group by flow, instance, endpoint, digest order by flow, instance, endpoint, digest";

    private final Store store;
    private final Clock clock;
    private final String open;
    private final String add;

    JdbcListKeys(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        boolean shared = store.database().dialect().shared();
        String row = "(" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, 'open', 0, 0, false, ?)";
        this.open = shared
                ? "insert into known_set " + row + " on conflict (set_id) do nothing"
                : "merge into known_set using (values (cast(? as bigint), cast(? as varchar), cast(? as varchar),"
                        + " cast(? as varchar), cast(? as varchar), cast(? as varchar), cast(? as varchar),"
                        + " cast(? as varchar), cast(? as timestamp(6) with time zone)))"
                        + " v (set_id, flow, instance, endpoint, digest, inputs, fields, run_id, moved_at)"
                        + " on known_set.set_id = v.set_id when not matched then insert (" + COLUMNS
                        + ") values (v.set_id,"
                        + " v.flow, v.instance, v.endpoint, v.digest, v.inputs, v.fields, v.run_id, 'open', 0, 0, false,"
                        + " v.moved_at)";
        this.add = shared
                ? "insert into known_key (set_id, record_key) values (?, ?) on conflict do nothing"
                : "merge into known_key (set_id, record_key) key (set_id, record_key) values (?, ?)";
    }

    @Override
    public CompletableFuture<Void> found(Found found, List<String> keys) {
        List<String> all = List.copyOf(keys);
        long bytes = all.stream().mapToLong(String::length).sum();
        return store.progress().writeWhenRoom(tx -> write(tx, found, all), bytes, found.run());
    }

    private void write(Transaction tx, Found found, List<String> keys) throws SQLException {
        long set = found.set();
        tx.add(open, row -> {
            row.setLong(1, set);
            key(row, 2, found.list());
            row.setString(6, found.inputs());
            row.setString(7, found.fields());
            row.setString(8, found.run());
            row.setObject(9, clock.instant().atOffset(ZoneOffset.UTC));
        });
        for (String key : keys) {
            tx.add(add, row -> {
                row.setLong(1, set);
                row.setString(2, key);
            });
        }
    }

    /** Writes what the end of a run makes of its sets. */
    void finish(Transaction tx, String run, List<Move> moves, Instant now) throws SQLException {
        for (Move move : moves) {
            tx.add(KEEP, row -> {
                row.setLong(1, move.instead().found());
                row.setLong(2, move.instead().bytes());
                row.setObject(3, now.atOffset(ZoneOffset.UTC));
                row.setLong(4, move.found().set());
            });
            for (long set : move.instead().sets()) {
                tx.add(REPLACED, row -> row.setLong(1, set));
            }
        }
        tx.add(LEFT, row -> row.setString(1, run));
    }

    @Override
    public Known known(Found found) {
        long own = found.set();
        try (Connection connection = store.database().dataSource().getConnection()) {
            List<Long> sets = new ArrayList<>();
            Set<String> fields = new LinkedHashSet<>();
            long keys = 0;
            boolean allowed = false;
            String kept = "select set_id, fields, amount, allowed from known_set" + THIS + KEPT + " and set_id <> ?";
            try (PreparedStatement query = connection.prepareStatement(kept)) {
                key(query, 1, found.list());
                query.setLong(5, own);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        sets.add(rows.getLong(1));
                        fields.add(rows.getString(2));
                        keys += rows.getLong(3);
                        allowed |= rows.getBoolean(4);
                    }
                }
            }
            String counts =
                    "select count(*), coalesce(sum(octet_length(record_key)), 0) from known_key where set_id = ?";
            long has;
            long bytes;
            try (PreparedStatement query = connection.prepareStatement(counts)) {
                query.setLong(1, own);
                try (ResultSet rows = query.executeQuery()) {
                    rows.next();
                    has = rows.getLong(1);
                    bytes = rows.getLong(2);
                }
            }
            if (sets.size() > 1) {
                keys = count(connection, "select count(distinct k.record_key)", sets, null);
            }
            long missing = sets.isEmpty() ? 0 : count(connection, "select count(distinct k.record_key)", sets, own);
            return new Known(sets, List.copyOf(fields), keys, has, bytes, missing, allowed);
        } catch (SQLException e) {
            throw new IllegalStateException("the known keys of " + found.list() + " cannot be read", e);
        }
    }

    private static long count(Connection connection, String select, List<Long> sets, @Nullable Long without)
            throws SQLException {
        String sql =
                select + " from known_key k where k.set_id in (" + places(sets) + ")" + (without == null ? "" : ABSENT);
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            int at = sets(query, sets);
            if (without != null) {
                query.setLong(at, without);
            }
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @Override
    public List<String> missing(Found found, List<Long> sets, @Nullable String after, int most) {
        if (sets.isEmpty()) {
            return List.of();
        }
        // One set is read along its index, from where the portion before ended; several are rare.
        boolean one = sets.size() == 1;
        String of = one ? "k.set_id = ?" : "k.set_id in (" + places(sets) + ")";
        String sql = "select " + (one ? "" : "distinct ") + "k.record_key from known_key k where " + of
                + " and k.record_key > ?" + ABSENT + " order by " + (one ? "k.set_id, " : "") + "k.record_key limit ?";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            int at = sets(query, sets);
            query.setString(at, after == null ? "" : after);
            query.setLong(at + 1, found.set());
            query.setInt(at + 2, most);
            List<String> keys = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
            }
            return keys;
        } catch (SQLException e) {
            throw new IllegalStateException("the known keys of " + found.list() + " cannot be read", e);
        }
    }

    private static String places(List<Long> sets) {
        return String.join(", ", Collections.nCopies(sets.size(), "?"));
    }

    private static int sets(PreparedStatement query, List<Long> sets) throws SQLException {
        int at = 1;
        for (long set : sets) {
            query.setLong(at++, set);
        }
        return at;
    }

    @Override
    public List<KnownList> list(@Nullable String flow) {
        return read(
                " where state = 'kept'" + (flow == null ? "" : " and flow = ?"),
                flow == null ? query -> {} : query -> query.setString(1, flow));
    }

    @Override
    public Optional<KnownList> find(PullCursor.Key key) {
        return read(THIS + KEPT, query -> key(query, 1, key)).stream().findFirst();
    }

    private List<KnownList> read(String where, Transaction.Bind bind) {
        List<KnownList> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(LISTS + where + BY_LIST)) {
            bind.to(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new KnownList(
                            new PullCursor.Key(
                                    rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)),
                            rows.getString(5),
                            rows.getString(6),
                            rows.getLong(7),
                            rows.getLong(8),
                            rows.getObject(9, OffsetDateTime.class).toInstant(),
                            rows.getString(10),
                            rows.getInt(11) == 1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the known keys of lists cannot be read", e);
        }
    }

    @Override
    public CompletableFuture<Boolean> forget(PullCursor.Key key) {
        return changing(FORGET, key);
    }

    @Override
    public CompletableFuture<Boolean> allow(PullCursor.Key key) {
        return changing(ALLOW, key);
    }

    private CompletableFuture<Boolean> changing(String sql, PullCursor.Key key) {
        AtomicBoolean there = new AtomicBoolean();
        return store.progress()
                .write(tx -> tx.add(sql, row -> key(row, 1, key), count -> there.set(count > 0)))
                .thenApply(done -> there.get());
    }

    private static void key(PreparedStatement row, int first, PullCursor.Key key) throws SQLException {
        row.setString(first, key.flow());
        row.setString(first + 1, key.instance());
        row.setString(first + 2, key.endpoint());
        row.setString(first + 3, key.digest());
    }
}
