package io.patchbay.run.jdbc;

import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Events that were told to payloads that wait, or will, in rows. */
public final class JdbcEvents {

    private static final String INSERT = "insert into wait_event (id, event_key, flow, data, told_by, note, told_at,"
            + " expires_at, state, released) values (?, ?, ?, ?, ?, ?, ?, ?, 'kept', 0)";
    private static final String FOR_ONE =
            "select id, data, told_by, note, told_at from wait_event where event_key = ? and"
                    + " state = 'kept' and released = 0 and expires_at > ? and (flow is null or flow = ?) order by told_at, id"
                    + " limit 1";
    private static final String TAKE =
            "update wait_event set state = 'taken', released = 1 where id = ? and state = 'kept'" + " and released = 0";
    private static final String RELEASES = "update wait_event set released = released + 1 where id = ?";
    private static final String MISSED = "select e.id, w.id as waiting from wait_event e join waiting_payload w on"
            + " w.wait_key = e.event_key and w.state = 'waiting' and w.kind = 'event' and (e.flow is null or e.flow = w.flow)"
            + " where e.state = 'kept' and e.expires_at > ? and e.told_at < ? and (e.released = 0 or w.since <= e.told_at)"
            + " order by e.told_at, e.id limit ";

    private final Store store;

    JdbcEvents(Store store) {
        this.store = store;
    }

    /** An event as it is kept. */
    public record Event(
            String id,
            String key,
            @Nullable String flow,
            Decision says,
            Instant expires,
            boolean taken,
            int released) {}

    /** An event that did not meet the payload which waits for it. */
    public record Missed(String event, String waiting) {}

    /** Writes an event; completes with false when it was told before. */
    public CompletableFuture<Boolean> tell(Event event) {
        String data = event.says().data() == null ? null : event.says().data().toString();
        return store.commits()
                .call(
                        tx -> {
                            PreparedStatement known = tx.query("select 1 from wait_event where id = ?");
                            known.setString(1, event.id());
                            try (ResultSet rows = known.executeQuery()) {
                                if (rows.next()) {
                                    return false;
                                }
                            }
                            insert(tx, event, data);
                            return true;
                        },
                        data == null ? 0 : data.length());
    }

    private static void insert(Transaction tx, Event event, @Nullable String data) throws SQLException {
        tx.add(INSERT, row -> {
            row.setString(1, event.id());
            row.setString(2, event.key());
            row.setString(3, event.flow());
            row.setString(4, data);
            row.setString(5, event.says().by());
            row.setString(6, event.says().note());
            row.setObject(7, RunRows.at(event.says().at()));
            row.setObject(8, RunRows.at(event.expires()));
        });
    }

    /** The first event that is kept for a payload which comes now, taken with the transaction; or null. */
    @Nullable
    Decision take(Transaction tx, String key, String flow, Instant now) throws SQLException {
        PreparedStatement query = tx.query(FOR_ONE);
        query.setString(1, key);
        query.setObject(2, RunRows.at(now));
        query.setString(3, flow);
        String id;
        Decision found;
        try (ResultSet rows = query.executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            id = rows.getString("id");
            found = decision(rows);
        }
        PreparedStatement take = tx.query(TAKE);
        take.setString(1, id);
        return take.executeUpdate() == 0 ? null : found;
    }

    private static Decision decision(ResultSet row) throws SQLException {
        return new Decision(
                WaitState.RELEASED,
                row.getString("told_by"),
                row.getString("note"),
                row.getObject("told_at", OffsetDateTime.class).toInstant(),
                JdbcWaits.tree(row.getString("data")));
    }

    /** Counts a payload that it lets go on, in that payload's transaction. */
    public SqlWork releases(String id) {
        return tx -> tx.add(RELEASES, row -> row.setString(1, id));
    }

    /** It let all go on that waited: it is kept for nobody. */
    public CompletableFuture<Void> taken(String id) {
        return store.commits()
                .write(tx -> tx.add(
                        "update wait_event set state = 'taken' where id = ? and released > 0",
                        row -> row.setString(1, id)));
    }

    /** One of them. */
    public Optional<Event> find(String id) {
        String sql = "select * from wait_event where id = ?";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Event(
                                row.getString("id"),
                                row.getString("event_key"),
                                row.getString("flow"),
                                decision(row),
                                row.getObject("expires_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getString("state").equals("taken"),
                                row.getInt("released")))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("events cannot be read", e);
        }
    }

    /**
     * Events and payloads that did not meet: each came while the other was being written, by another replica, or a program died
     * between. Those of the last moments are left to whoever told them.
     */
    public List<Missed> missed(Instant now, Instant before, int most) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(MISSED + most)) {
            query.setObject(1, RunRows.at(now));
            query.setObject(2, RunRows.at(before));
            List<Missed> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Missed(rows.getString(1), rows.getString(2)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("events cannot be read", e);
        }
    }

    /** How many events are kept. */
    public long kept() {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select count(*) from wait_event where state = 'kept'");
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException("events cannot be counted", e);
        }
    }

    /** Deletes those whose time is over; those that let payloads go on before are done. */
    public CompletableFuture<Void> sweep(Instant now, Instant before) {
        return store.commits().write(tx -> {
            tx.add("delete from wait_event where expires_at < ?", row -> row.setObject(1, RunRows.at(now)));
            tx.add(
                    "update wait_event set state = 'taken' where state = 'kept' and released > 0 and told_at < ?",
                    row -> row.setObject(1, RunRows.at(before)));
        });
    }
}
