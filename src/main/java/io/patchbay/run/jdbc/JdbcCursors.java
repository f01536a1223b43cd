package io.patchbay.run.jdbc;

import io.patchbay.payload.CursorKind;
import io.patchbay.run.Cursors;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Cursors in the database. */
public final class JdbcCursors implements Cursors {

    private static final String COLUMNS = "flow, instance, endpoint, digest, inputs, kind, reached, moved_at, run_id";
    private static final String ALL = "select " + COLUMNS + " from pull_cursor";
    private static final String THIS = " where flow = ? and instance = ? and endpoint = ? and digest = ?";
    private static final String MOVE =
            "update pull_cursor set kind = ?, reached = ?, moved_at = ?, run_id = ?" + THIS + " and reached = ?";
    private static final String PUT = "update pull_cursor set reached = ?, moved_at = ?, run_id = null" + THIS;
    private static final String SEEN = " and reached = ? and moved_at = ?";
    private static final String FORGET = "delete from pull_cursor" + THIS;

    private final Store store;
    private final Clock clock;
    private final String begin;

    JdbcCursors(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        String insert = "insert into pull_cursor (" + COLUMNS + ") ";
        this.begin = store.database().dialect().shared()
                ? insert
                        + "values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (flow, instance, endpoint, digest) do nothing"
                : "merge into pull_cursor using (values (cast(? as varchar), cast(? as varchar), cast(? as varchar),"
                        + " cast(? as varchar), cast(? as varchar),"
                        + " cast(? as varchar), cast(? as varchar), cast(? as timestamp(6) with time zone),"
                        + " cast(? as varchar))) v (" + COLUMNS + ") on pull_cursor.flow = v.flow and"
                        + " pull_cursor.instance = v.instance and pull_cursor.endpoint = v.endpoint and pull_cursor.digest = v.digest when not matched then"
                        + " insert (" + COLUMNS + ") values (v." + COLUMNS.replace(", ", ", v.") + ")";
    }

    @Override
    public List<PullCursor> list(@Nullable String flow) {
        String sql = ALL + (flow == null ? "" : " where flow = ?") + " order by flow, instance, endpoint, digest";
        return read(sql, flow == null ? List.of() : List.of(flow));
    }

    @Override
    public Optional<PullCursor> find(PullCursor.Key key) {
        return read(ALL + THIS, List.of(key.flow(), key.instance(), key.endpoint(), key.digest())).stream()
                .findFirst();
    }

    private List<PullCursor> read(String sql, List<String> parameters) {
        List<PullCursor> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                query.setString(i + 1, parameters.get(i));
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new PullCursor(
                            new PullCursor.Key(
                                    rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)),
                            rows.getString(5),
                            CursorKind.valueOf(rows.getString(6).toUpperCase(Locale.ROOT)),
                            rows.getString(7),
                            rows.getObject(8, OffsetDateTime.class).toInstant(),
                            rows.getString(9)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the cursors of pulls cannot be read", e);
        }
    }

    /** Moves a cursor with the end of a run; one that was moved meanwhile stays where it is. */
    void move(Transaction tx, PullCursor.Move move, String run, Instant now) throws SQLException {
        PullCursor.Key key = move.key();
        String from = move.from();
        String kind = move.kind().name().toLowerCase(Locale.ROOT);
        if (from == null) {
            tx.add(begin, row -> {
                key(row, 1, key);
                row.setString(5, move.inputs());
                row.setString(6, kind);
                row.setString(7, move.to());
                row.setObject(8, now.atOffset(ZoneOffset.UTC));
                row.setString(9, run);
            });
        } else {
            tx.add(MOVE, row -> {
                row.setString(1, kind);
                row.setString(2, move.to());
                row.setObject(3, now.atOffset(ZoneOffset.UTC));
                row.setString(4, run);
                key(row, 5, key);
                row.setString(9, from);
            });
        }
    }

    @Override
    public CompletableFuture<Boolean> put(PullCursor.Key key, String position) {
        return changing(PUT, row -> {
            row.setString(1, position);
            row.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            key(row, 3, key);
        });
    }

    @Override
    public CompletableFuture<Boolean> forget(PullCursor.Key key) {
        return changing(FORGET, row -> key(row, 1, key));
    }

    @Override
    public CompletableFuture<Boolean> put(PullCursor seen, String position) {
        return changing(PUT + SEEN, row -> {
            row.setString(1, position);
            row.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            key(row, 3, seen.key());
            seen(row, 7, seen);
        });
    }

    @Override
    public CompletableFuture<Boolean> forget(PullCursor seen) {
        return changing(FORGET + SEEN, row -> {
            key(row, 1, seen.key());
            seen(row, 5, seen);
        });
    }

    private static void seen(PreparedStatement row, int first, PullCursor seen) throws SQLException {
        row.setString(first, seen.position());
        row.setObject(first + 1, seen.movedAt().atOffset(ZoneOffset.UTC));
    }

    private CompletableFuture<Boolean> changing(String sql, Transaction.Bind bind) {
        AtomicBoolean there = new AtomicBoolean();
        return store.progress()
                .write(tx -> tx.add(sql, bind, count -> there.set(count > 0)))
                .thenApply(done -> there.get());
    }

    private static void key(PreparedStatement row, int first, PullCursor.Key key) throws SQLException {
        row.setString(first, key.flow());
        row.setString(first + 1, key.instance());
        row.setString(first + 2, key.endpoint());
        row.setString(first + 3, key.digest());
    }
}
