package io.patchbay.run.tracked;

import io.patchbay.shape.trackdata.Direction;
import io.patchbay.shape.trackdata.Sighting;
import io.patchbay.shape.trackdata.Tracked;
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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was tracked, in the database. It is written with the progress of runs, in the order in which it was handed in: when a page is
 * marked as delivered, its sightings are there.
 */
public final class JdbcTracked implements Tracked, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(JdbcTracked.class.getName());
    private static final int PORTION = 1_000;
    private static final int MOST = 500;
    private static final int ROW_BYTES = 300;
    private static final String COLUMNS =
            "id, entity, item, field, direction, success, source, flow, shape, run_id, seen_at";
    private static final String ALL = "select " + COLUMNS + " from tracked where 1 = 1";
    /** What came behind those that are found: a record that passed may fail in the same run, if it is known what it is about. */
    private static final String BEHIND =
            "select t.*, r.status, f.shape, f.state from (%s) t left join run r on r.id = t.run_id"
                    + " left join failed_payload f on f.id = (select max(k.failed_id) from failed_key k join failed_payload p"
                    + " on p.id = k.failed_id where k.item = t.item and p.run_id = t.run_id)"
                    + " order by t.seen_at desc, t.id desc";

    private static final String OLD = "delete from tracked where id in (select t.id from tracked t where t.seen_at < ?"
            + " and not exists (select 1 from tracked n where n.item = t.item and n.entity = t.entity and n.seen_at >= ?)"
            + " order by t.seen_at limit " + PORTION + ")";
    private static final String SURPLUS = "select item, entity from tracked group by item, entity having count(*) > ?"
            + " order by item, entity limit " + PORTION;
    private static final String OLDEST =
            "delete from tracked where id in (select id from tracked where item = ? and entity = ?"
                    + " order by seen_at desc, id desc offset ?)";

    private final Store store;
    private final TrackedProperties bounds;
    private final Clock clock;
    private final String write;
    /** The character behind which none sorts: H2 compares UTF-16, PostgreSQL bytes of UTF-8. */
    private final String last;

    private final ScheduledExecutorService sweeper;

    /** Opens it, and sweeps every ten minutes. */
    @SuppressWarnings("FutureReturnValueIgnored") // a sweep reports its own failures
    public JdbcTracked(Store store, TrackedProperties bounds, Clock clock) {
        this.store = store;
        this.bounds = bounds;
        this.clock = clock;
        String values = " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        boolean shared = store.database().dialect().shared();
        this.last = shared ? Character.toString(Character.MAX_CODE_POINT) : "\uffff";
        this.write = shared
                ? "insert into tracked (" + COLUMNS + ")" + values
                        + " on conflict (id) do update set item = excluded.item, success = excluded.success, seen_at = excluded.seen_at"
                : "merge into tracked (" + COLUMNS + ") key (id)" + values;
        this.sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "patchbay-tracked");
            thread.setDaemon(true);
            return thread;
        });
        sweeper.scheduleWithFixedDelay(this::sweep, 2, 10, TimeUnit.MINUTES);
    }

    @Override
    public CompletableFuture<Void> saw(List<Sighting> sightings) {
        if (sightings.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<Sighting> all = List.copyOf(sightings);
        long bytes =
                all.stream().mapToLong(one -> one.value().length() + ROW_BYTES).sum();
        String run = all.get(0).run();
        return store.progress().writeWhenRoom(tx -> write(tx, all), bytes, run);
    }

    private void write(Transaction tx, List<Sighting> sightings) throws SQLException {
        for (Sighting one : sightings) {
            tx.add(write, row -> {
                row.setString(1, one.id());
                row.setString(2, one.entity());
                row.setString(3, one.value());
                row.setString(4, one.field());
                row.setString(5, word(one.direction()));
                row.setBoolean(6, one.success());
                row.setString(7, one.source());
                row.setString(8, one.flow());
                row.setString(9, one.shape());
                row.setString(10, one.run());
                row.setObject(11, at(one.seenAt()));
            });
        }
    }

    @Override
    public Slice find(Query query) {
        StringBuilder sql = new StringBuilder(ALL);
        List<Object> values = new ArrayList<>();
        also(sql, values, " and entity = ?", query.entity());
        also(sql, values, " and item = ?", query.value() == null ? null : Sighting.firstOf(query.value()));
        if (query.prefix() != null && !query.prefix().isEmpty()) {
            also(sql, values, " and item >= ?", query.prefix());
            also(sql, values, " and item < ?", query.prefix() + last);
        }
        also(sql, values, " and flow = ?", query.flow());
        also(sql, values, " and direction = ?", query.direction() == null ? null : word(query.direction()));
        also(sql, values, " and success = ?", query.success());
        if (query.after() != null) {
            Place after = Place.of(query.after());
            sql.append(" and (seen_at < ? or (seen_at = ? and id < ?))");
            values.addAll(List.of(at(after.seenAt()), at(after.seenAt()), after.id()));
        }
        int most = Math.max(1, Math.min(MOST, query.limit()));
        sql.append(" order by seen_at desc, id desc limit ").append(most + 1);
        List<Found> found = read(BEHIND.formatted(sql), values);
        if (found.size() <= most) {
            return new Slice(found, null);
        }
        Sighting last = found.get(most - 1).sighting();
        return new Slice(found.subList(0, most), new Place(last.seenAt(), last.id()).toString());
    }

    private static void also(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    private List<Found> read(String sql, List<Object> values) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                query.setObject(i + 1, values.get(i));
            }
            List<Found> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(found(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("what was tracked cannot be read", e);
        }
    }

    private static Found found(ResultSet row) throws SQLException {
        String shape = row.getString(13);
        return new Found(sighting(row), row.getString(12), shape == null ? null : new Failed(shape, row.getString(14)));
    }

    private static Sighting sighting(ResultSet row) throws SQLException {
        return new Sighting(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Direction.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                row.getBoolean(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getObject(11, OffsetDateTime.class).toInstant());
    }

    /** Deletes what is past its time or beyond its bound, in portions. */
    public void sweep() {
        try {
            OffsetDateTime before = at(clock.instant().minus(bounds.keep()));
            while (changed(OLD, before, before) == PORTION) {
                // In portions, so that nobody waits long for the rows.
            }
            List<List<String>> surplus;
            do {
                surplus = surplus();
                for (List<String> value : surplus) {
                    changed(OLDEST, value.get(0), value.get(1), bounds.mostPerValue());
                }
            } while (surplus.size() == PORTION);
        } catch (SQLException | CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "what was tracked could not be swept; trying again later", e);
        }
    }

    private List<List<String>> surplus() throws SQLException {
        List<List<String>> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(SURPLUS)) {
            query.setInt(1, bounds.mostPerValue());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(List.of(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return found;
    }

    private int changed(String sql, Object... values) throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static String word(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }

    /** Where a part of a list ended. */
    private record Place(Instant seenAt, String id) {

        static Place of(String text) {
            int between = text.indexOf('_');
            try {
                return new Place(Instant.parse(text.substring(0, between)), text.substring(between + 1));
            } catch (java.time.DateTimeException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("'after' is the 'next' of the page before", e);
            }
        }

        @Override
        public String toString() {
            return seenAt + "_" + id;
        }
    }
}
