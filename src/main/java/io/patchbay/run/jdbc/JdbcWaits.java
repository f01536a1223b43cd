package io.patchbay.run.jdbc;

import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.WaitingPayload.Left;
import io.patchbay.run.WaitingPayloads.NotNowException;
import io.patchbay.run.WaitingPayloads.Query;
import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.Waits;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.StoreBusyException;
import io.patchbay.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Payloads that wait, in rows. All is written by the writer of the queue, so that in one process an event and a payload that comes
 * for it do not miss each other; what two replicas miss is found by {@link JdbcEvents#missed}.
 */
public final class JdbcWaits {

    private static final String KNOWN = WaitRows.ALL + "where spot = ? and (run_id = ? or release_run = ?)";
    private static final String INSERT =
            "insert into waiting_payload (id, run_id, queued_at, flow, revision, shape, lineage, repeats, kind, wait_key,"
                    + " title, message, since, expires_at, state, decided_at, decided_by, note, data, release_run, variables,"
                    + " bytes, body_folder, spot, payload, payload_file) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                    + " ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DECIDE =
            "update waiting_payload set state = ?, decided_at = ?, decided_by = ?, note = ?,"
                    + " data = ?, release_run = ? where id = ? and state = 'waiting'";
    private static final String EMPTY = "update waiting_payload set payload = null, payload_file = null where id = ?";
    private static final int GROUP = 200;
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 4_000;

    private final Store store;
    private final KeptPayloads payloads;
    private final JdbcEvents events;
    private final WaitRows rows;

    /** Payloads that wait in a store. */
    public JdbcWaits(Store store) {
        this.store = store;
        this.payloads = new KeptPayloads(store.bodies());
        this.events = new JdbcEvents(store);
        this.rows = new WaitRows(store);
    }

    /** Events that were told. */
    public JdbcEvents events() {
        return events;
    }

    /**
     * Keeps a payload, unless it was kept before, is decided, or its event is there.
     *
     * @param fresh as it is to be kept
     */
    public CompletableFuture<Waits.Arrival> arrive(WaitingPayload fresh, Payload payload) {
        return payloads.ready(payload)
                .thenCompose(kept -> store.commits()
                        .call(tx -> arrive(tx, fresh, kept), kept.size())
                        .whenComplete((arrival, failed) -> {
                            // After a failure it is not known whether the row has the file; the next start sweeps it.
                            boolean other = arrival != null
                                    && !(arrival instanceof Waits.Kept now
                                            && now.id().equals(fresh.id()));
                            boolean unused = other || failed instanceof StoreBusyException;
                            if (unused && kept.file() != null) {
                                store.bodies().discard(kept.file());
                            }
                        }));
    }

    private Waits.Arrival arrive(Transaction tx, WaitingPayload fresh, KeptPayloads.Kept kept) throws SQLException {
        Left at = fresh.at();
        String spot = spot(at.shape(), at.lineage());
        Waits.Arrival before = known(tx.query(KNOWN), at.run(), spot);
        if (before != null) {
            return before;
        }
        if (fresh.wish().kind() == Awaits.EVENT) {
            Decision told = events.take(tx, String.valueOf(fresh.wish().key()), at.flow(), fresh.since());
            if (told != null) {
                // The row says so to the run when it is taken up again before it has marked it.
                insert(tx, fresh.with(told, at.run()), spot, KeptPayloads.Kept.NOTHING);
                return new Waits.Decided(fresh.id(), told);
            }
        }
        insert(tx, fresh, spot, kept);
        payloads.own(tx, kept);
        return new Waits.Kept(fresh.id());
    }

    /** What is known of a payload of a run: decided where the run takes it on, else kept; null for nothing. */
    private Waits.@Nullable Arrival known(PreparedStatement query, String run, String spot) throws SQLException {
        query.setString(1, spot);
        query.setString(2, run);
        query.setString(3, run);
        Waits.Arrival kept = null;
        for (WaitingPayload known : rows.read(query)) {
            if (known.decision() != null && run.equals(known.run())) {
                return new Waits.Decided(known.id(), known.decision());
            }
            kept = new Waits.Kept(known.id());
        }
        return kept;
    }

    /** The same where nothing is to be kept. */
    public Optional<Waits.Arrival> known(String run, String shape, String lineage) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(KNOWN)) {
            return Optional.ofNullable(known(query, run, spot(shape, lineage)));
        } catch (SQLException e) {
            throw new IllegalStateException("what waits cannot be read", e);
        }
    }

    private void insert(Transaction tx, WaitingPayload one, String spot, KeptPayloads.Kept kept) throws SQLException {
        Decision how = one.decision();
        tx.add(INSERT, row -> {
            row.setString(1, one.id());
            row.setString(2, one.at().run());
            row.setObject(3, RunRows.at(one.at().queuedAt()));
            row.setString(4, one.at().flow());
            row.setString(5, one.at().revision());
            row.setString(6, one.at().shape());
            row.setString(7, one.at().lineage());
            row.setBoolean(8, one.at().repeats());
            row.setString(9, name(one.wish().kind()));
            row.setString(10, one.wish().key());
            row.setString(11, Kept.text(one.wish().title(), LONGEST_TITLE));
            row.setString(12, Kept.text(one.wish().message(), LONGEST_TEXT));
            row.setObject(13, RunRows.at(one.since()));
            row.setObject(14, RunRows.at(one.wish().expires()));
            row.setString(15, name(one.state()));
            row.setObject(16, how == null ? null : RunRows.at(how.at()));
            row.setString(17, how == null ? null : Kept.text(how.by(), LONGEST_NAME));
            row.setString(18, how == null ? null : Kept.text(how.note(), LONGEST_TEXT));
            row.setString(
                    19, how == null || how.data() == null ? null : how.data().toString());
            row.setString(20, one.run());
            row.setString(21, json(one.variables()));
            row.setLong(22, one.bytes());
            row.setString(23, kept.file() == null ? null : store.folder().id());
            row.setString(24, spot);
            kept.bind(row, 25, payloads.files());
        });
    }

    /**
     * Decides in a transaction that may write more. The content is let go of when a run takes the payload on.
     *
     * @return throws {@link NotNowException} when it does not wait any more: then nothing is written
     */
    public SqlWork decide(String id, Decision how, @Nullable String run) {
        return tx -> {
            PreparedStatement files = tx.query("select payload_file from waiting_payload where id = ?");
            files.setString(1, id);
            String file;
            try (ResultSet rows = files.executeQuery()) {
                file = rows.next() ? rows.getString(1) : null;
            }
            PreparedStatement decide = tx.query(DECIDE);
            decide.setString(1, name(how.state()));
            decide.setObject(2, RunRows.at(how.at()));
            decide.setString(3, Kept.text(how.by(), LONGEST_NAME));
            decide.setString(4, Kept.text(how.note(), LONGEST_TEXT));
            decide.setString(5, how.data() == null ? null : how.data().toString());
            decide.setString(6, run);
            decide.setString(7, id);
            if (decide.executeUpdate() == 0) {
                throw new NotNowException("it does not wait any more");
            }
            if (run != null) {
                tx.add(EMPTY, row -> row.setString(1, id));
                payloads.drop(tx, file);
            }
        };
    }

    /** Decides, and nothing more. */
    public CompletableFuture<Void> decided(String id, Decision how) {
        return store.commits().write(decide(id, how, null));
    }

    /** Those that are meant, oldest first. */
    public Slice<WaitingPayload> list(Query which, @Nullable String after, int limit) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        List<String> values = new ArrayList<>();
        with(conditions, values, "flow = ?", which.flow());
        with(conditions, values, "run_id = ?", which.run());
        with(conditions, values, "shape = ?", which.shape());
        with(conditions, values, "wait_key = ?", which.key());
        with(conditions, values, "kind = ?", which.kind() == null ? null : name(which.kind()));
        with(conditions, values, "state = ?", which.state() == null ? null : name(which.state()));
        with(conditions, values, "id > ?", after);
        int most = Math.max(1, Math.min(500, limit));
        if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
            return new Slice<>(List.of(), null); // no column has one, and PostgreSQL does not even compare it
        }
        List<WaitingPayload> found = rows.read(
                WaitRows.LISTED + "where " + String.join(" and ", conditions) + " order by id limit " + (most + 1),
                query -> {
                    for (int i = 0; i < values.size(); i++) {
                        query.setString(i + 1, values.get(i));
                    }
                });
        return found.size() <= most
                ? new Slice<>(found, null)
                : new Slice<>(found.subList(0, most), found.get(most - 1).id());
    }

    private static void with(List<String> conditions, List<String> values, String condition, @Nullable String value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    /** One of them. */
    public Optional<WaitingPayload> find(String id) {
        return rows.read(WaitRows.ALL + "where id = ?", query -> query.setString(1, id)).stream()
                .findFirst();
    }

    /**
     * Those whose time is over, of which this process has the content, in the order of their times.
     *
     * @param after only those behind this one; null for the first part
     */
    public List<WaitingPayload> over(Instant now, @Nullable WaitingPayload after, int most) {
        return rows.read(
                WaitRows.ALL
                        + "where state = 'waiting' and expires_at <= ? and (body_folder is null or body_folder = ?)"
                        + (after == null ? "" : " and (expires_at > ? or (expires_at = ? and id > ?))")
                        + " order by expires_at, id limit " + most,
                query -> {
                    query.setObject(1, RunRows.at(now));
                    query.setString(2, store.folder().id());
                    if (after != null) {
                        query.setObject(3, RunRows.at(after.wish().expires()));
                        query.setObject(4, RunRows.at(after.wish().expires()));
                        query.setString(5, after.id());
                    }
                });
    }

    /** Those that wait under a key, of a flow or of all. */
    public List<WaitingPayload> under(String key, @Nullable String flow, int most) {
        return rows.read(
                WaitRows.ALL + "where wait_key = ? and state = 'waiting' and kind = 'event'"
                        + (flow == null ? "" : " and flow = ?") + " order by id limit " + most,
                query -> {
                    query.setString(1, key);
                    if (flow != null) {
                        query.setString(2, flow);
                    }
                });
    }

    /** Those that waited under a key when its event was told, and of which this process has the content. */
    public List<WaitingPayload> owed(JdbcEvents.Event event, int most) {
        return rows.read(
                WaitRows.ALL + "where wait_key = ? and state = 'waiting' and kind = 'event' and since <= ?"
                        + " and (body_folder is null or body_folder = ?)"
                        + (event.flow() == null ? "" : " and flow = ?")
                        + " order by id limit " + most,
                query -> {
                    query.setString(1, event.key());
                    query.setObject(2, RunRows.at(event.says().at()));
                    query.setString(3, store.folder().id());
                    if (event.flow() != null) {
                        query.setString(4, event.flow());
                    }
                });
    }

    /** The content of one; empty when it is gone. */
    public Optional<Payload> payload(String id) {
        String sql = "select payload, payload_file from waiting_payload where id = ?";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, id);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.ofNullable(payloads.read(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the content of what waits cannot be read", e);
        }
    }

    /** How many wait, and how many bytes they have. */
    public record Count(long waiting, long bytes) {}

    /** By flow. */
    public Map<String, Count> counts() {
        String sql = "select flow, count(*), sum(bytes) from waiting_payload where state = 'waiting' group by flow";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            Map<String, Count> counts = new HashMap<>();
            while (rows.next()) {
                counts.put(rows.getString(1), new Count(rows.getLong(2), rows.getLong(3)));
            }
            return counts;
        } catch (SQLException e) {
            throw new IllegalStateException("what waits cannot be counted", e);
        }
    }

    /** Deletes what was decided before, but for what a run is still to learn: its start may wait for long, as that of a paused flow does. */
    public void sweep(Instant before) {
        while (deleted(before) == GROUP) {
            // In groups, so that nobody waits long for the rows.
        }
    }

    private int deleted(Instant before) {
        try {
            return store.commits()
                    .call(
                            tx -> {
                                PreparedStatement query = tx.query(
                                        "select id, payload_file from waiting_payload where decided_at < ? and not exists"
                                                + " (select 1 from start where start.id = waiting_payload.release_run) limit "
                                                + GROUP);
                                query.setObject(1, RunRows.at(before));
                                List<String> ids = new ArrayList<>();
                                List<@Nullable String> files = new ArrayList<>();
                                try (ResultSet rows = query.executeQuery()) {
                                    while (rows.next()) {
                                        ids.add(rows.getString(1));
                                        files.add(rows.getString(2));
                                    }
                                }
                                for (String id : ids) {
                                    tx.add("delete from waiting_payload where id = ?", row -> row.setString(1, id));
                                }
                                for (String file : files) {
                                    payloads.drop(tx, file);
                                }
                                return ids.size();
                            },
                            0)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("decided waits cannot be swept", e.getCause());
        }
    }

    private static @Nullable String json(Map<String, String> variables) {
        return variables.isEmpty() ? null : Json.MAPPER.valueToTree(variables).toString();
    }

    /** Tells a payload of a run from others. */
    private static String spot(String shape, String lineage) {
        return digest(shape + "\u0000" + lineage);
    }

    /** A text of any length in 64 characters. */
    public static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
