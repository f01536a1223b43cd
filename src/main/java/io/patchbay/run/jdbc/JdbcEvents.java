package io.patchbay.run.jdbc;

import io.patchbay.run.WaitingPayloads.NotNowException;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
    /** Payloads that wait for the event e. */
    private static final String MATCH = " w.wait_key = e.event_key and w.state = 'waiting' and w.kind = 'event'"
            + " and (e.flow is null or e.flow = w.flow)";
    /** Payloads that waited when the event e was told, and still do. */
    private static final String OWED = MATCH + " and w.since <= e.told_at";

    private static final String HERE = " (w.body_folder is null or w.body_folder = ?)";
    private static final String FOR_ONE =
            "select e.id, e.data, e.told_by, e.note, e.told_at from wait_event e where e.event_key = ?"
                    + " and e.state = 'kept' and e.released = 0 and e.expires_at > ? and (e.flow is null or e.flow = ?)"
                    + " and not exists (select 1 from waiting_payload w where" + MATCH
                    + ") order by e.told_at, e.id limit 1";
    private static final String TAKE = "update wait_event set state = 'taken', data = null, released = 1 where id = ?"
            + " and state = 'kept' and released = 0";
    private static final String RELEASES = "update wait_event set released = released + 1 where id = ?";
    private static final String RELEASES_ONE =
            "update wait_event set released = 1 where id = ? and state = 'kept' and released = 0";
    private static final String MISSED = "select e.id, w.id as waiting from wait_event e join waiting_payload w on"
            + OWED + " where e.state = 'kept' and e.told_at < ? and" + HERE + " order by e.told_at, e.id, w.id limit ";
    private static final String LATE = "select m.id, w.id as waiting from (select e.id, e.told_at, min(w.id) as waiting"
            + " from wait_event e join waiting_payload w on" + MATCH + " where e.state = 'kept' and e.released = 0"
            + " and e.told_at < ? and e.expires_at > ? group by e.id, e.told_at having min(w.since) > e.told_at) m"
            + " join waiting_payload w on w.id = m.waiting where" + HERE + " order by m.told_at, m.id limit ";
    private static final String DONE = "select e.id from wait_event e where e.state = 'kept' and e.released > 0"
            + " and e.told_at < ? and not exists (select 1 from waiting_payload w where" + OWED
            + ") order by e.told_at limit " + JdbcEvents.GROUP;
    private static final String OVER = "delete from wait_event e where e.expires_at < ? and (e.told_at < ? or"
            + " (e.released = 0 and e.told_at < ? and not exists (select 1 from waiting_payload w where" + OWED + ")))";
    private static final String FORGET =
            "delete from wait_event where id in (select id from wait_event where state = 'taken' order by told_at limit "
                    + JdbcEvents.GROUP + ")";

    /** How long an event is kept for those that waited when it was told. */
    private static final Duration OWES = Duration.ofDays(1);

    private static final int GROUP = 500;

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
                WaitRows.tree(row.getString("data")));
    }

    /** Counts a payload that it lets go on, and that waited when it was told, in that payload's transaction. */
    public SqlWork releases(String id) {
        return tx -> tx.add(RELEASES, row -> row.setString(1, id));
    }

    /** The same for a payload that came later: throws {@link NotNowException} when it let another one go on. */
    public SqlWork releasesOne(String id) {
        return tx -> tx.add(RELEASES_ONE, row -> row.setString(1, id), count -> {
            if (count == 0) {
                throw new NotNowException("the event let another payload go on");
            }
        });
    }

    /**
     * Marks events that let go on all which waited for them: they are kept for nobody.
     *
     * @param before those told later are left to whoever told them
     * @return how many
     */
    public int done(Instant before) {
        List<String> ids = texts(DONE, query -> query.setObject(1, RunRows.at(before)));
        if (!ids.isEmpty()) {
            store.commits()
                    .write(tx -> {
                        for (String id : ids) {
                            tx.add(
                                    "update wait_event set state = 'taken', data = null where id = ?",
                                    row -> row.setString(1, id));
                        }
                    })
                    .join();
        }
        return ids.size();
    }

    /** How many waited when an event was told, and still do, wherever their content is. */
    public long owed(String id) {
        String sql = "select count(*) from wait_event e join waiting_payload w on" + OWED + " where e.id = ?";
        return Long.parseLong(texts(sql, query -> query.setString(1, id)).get(0));
    }

    /** Forgets one for which nobody waited. */
    public CompletableFuture<Void> drop(String id) {
        return store.commits()
                .write(tx ->
                        tx.add("delete from wait_event where id = ? and released = 0", row -> row.setString(1, id)));
    }

    private List<String> texts(String sql, Transaction.Bind bind) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("events cannot be read", e);
        }
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
     * Events and payloads that did not meet though these waited when those were told: each came while the other was being written,
     * they were too many for one go, the queue was full, or a program died between. Only those of which this process has the content.
     *
     * @param before events told later are left to whoever told them
     */
    public List<Missed> missed(Instant before, int most, int skip) {
        return pairs(MISSED, most, skip, query -> {
            query.setObject(1, RunRows.at(before));
            query.setString(2, store.folder().id());
        });
    }

    /** Events that let nobody go on, each with the first payload that came later and did not find it. */
    public List<Missed> late(Instant now, Instant before, int most, int skip) {
        return pairs(LATE, most, skip, query -> {
            query.setObject(1, RunRows.at(before));
            query.setObject(2, RunRows.at(now));
            query.setString(3, store.folder().id());
        });
    }

    private List<Missed> pairs(String sql, int most, int skip, Transaction.Bind bind) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql + most + " offset " + skip)) {
            bind.to(query);
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

    /**
     * Deletes those whose time is over. Those that let payloads go on, or owe it to some, stay for a day at least, whatever is kept
     * for payloads to come.
     *
     * @param before events told later are left to whoever told them
     * @param most most that are remembered; the oldest are forgotten
     */
    public void sweep(Instant now, Instant before, long most) {
        store.commits()
                .write(tx -> tx.add(OVER, row -> {
                    row.setObject(1, RunRows.at(now));
                    row.setObject(2, RunRows.at(now.minus(OWES)));
                    row.setObject(3, RunRows.at(before));
                }))
                .join();
        String taken = "select count(*) from wait_event where state = 'taken'";
        for (long many = Long.parseLong(texts(taken, query -> {}).get(0)); many > most; many -= GROUP) {
            store.commits().write(tx -> tx.add(FORGET, row -> {})).join();
        }
    }
}
