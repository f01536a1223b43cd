package io.patchbay.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.store.Dialect;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of the start queue: how starts are written, claimed and deleted. Every statement of the hot path is here. */
final class StartRows {

    private static final String INSERT = "insert into start (seq, id, flow, status, due, size, trigger_kind, priority,"
            + " queued_at, content_type, body_file, body_folder, meta, revision, entry, epoch, crashes)"
            + " values (?, ?, ?, 'Q', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)";
    private static final String INSERT_BODY = "insert into start_body (seq, body) values (?, ?)";
    private static final String DELETE_BODY = "delete from start_body where seq = ?";
    private static final String DELETE = "delete from start where seq = ?";
    private static final String ACKNOWLEDGE =
            "delete from start where seq = ? and owner = ? and epoch = ? and status = 'C'";
    private static final String RELEASE = "update start set status = 'Q', owner = null, lease_until = null"
            + " where seq = ? and owner = ? and epoch = ? and status = 'C'";
    private static final String PROGRESSED = "update start set forgiven = crashes where id = ? and forgiven < crashes";
    private static final String ENDED = "insert into start_ended (id, ended_at) values (?, ?)";
    private static final String HAS_ENDED = "select 1 from start_ended where id = ?";
    private static final String ONCE = "insert into start_once (once_key, run_id, until_at) values (?, ?, ?)";
    private static final String STARTED_BEFORE = "select run_id from start_once where once_key = ? and until_at > ?";
    private static final String NOT_ANY_MORE = "delete from start_once where once_key = ? and until_at <= ?";
    /** Not those that a run began with and was made to give back: it goes on where it was. */
    private static final String WAITING_SCHEDULES = "select seq, size, body_file from start"
            + " where flow = ? and status = 'Q' and trigger_kind = 'schedule' and epoch = 0";

    private static final String ANY = "select 1 from start where flow = ? and status in ('Q', 'C') limit 1";
    private static final String COLUMNS = "s.seq, s.id, s.flow, s.due, s.size, s.trigger_kind, s.priority, s.queued_at,"
            + " s.content_type, s.body_file, s.meta, s.revision, s.entry, s.epoch, s.crashes, s.forgiven, b.body";
    private static final String BY_HAND = "'manual', 'replay'";
    private static final String READY = "select " + COLUMNS + " from start s left join start_body b on b.seq = s.seq"
            + " where s.flow = ? and s.status = 'Q' and (? or s.crashes - s.forgiven < ?) and (? or s.trigger_kind in ("
            + BY_HAND + "))"
            + " order by s.flow, s.status, s.due, s.seq limit ?";
    private static final String READY_OF_ALL = "select " + COLUMNS
            + " from unnest(cast(? as varchar[]), cast(? as int[]), cast(? as boolean[]), cast(? as boolean[])) as t(flow, most, every, any_start)"
            + " cross join lateral (select * from start x where x.flow = t.flow and x.status = 'Q'"
            + " and (x.body_folder is null or x.body_folder = ?) and (t.every or x.crashes - x.forgiven < ?) and (t.any_start or x.trigger_kind in ("
            + BY_HAND + "))"
            + " order by x.flow, x.status, x.due, x.seq limit t.most for update skip locked) s"
            + " left join start_body b on b.seq = s.seq order by s.flow, s.due, s.seq";
    private static final String WAITING_ONE = "select " + COLUMNS
            + " from start s left join start_body b on b.seq = s.seq where s.id = ? and s.status = 'Q'"
            + " and (s.body_folder is null or s.body_folder = ?)";
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final Store store;
    private final String ready;
    private final String claim;
    private final String one;
    private final String anySchedule;
    private final QueueProperties bounds;

    StartRows(Store store, QueueProperties bounds) {
        this.store = store;
        this.bounds = bounds;
        Dialect dialect = store.database().dialect();
        this.ready = dialect.shared() ? READY_OF_ALL : READY;
        // The clock of the database, so that replicas need not agree on the time.
        this.claim = "update start set status = 'C', owner = ?, epoch = epoch + 1, revision = coalesce(revision, ?)"
                + (dialect.shared() ? ", lease_until = current_timestamp + ? * interval '1 millisecond'" : "")
                + " where seq = ?";
        this.one = WAITING_ONE + (dialect.shared() ? " for update of s skip locked" : "");
        this.anySchedule = WAITING_SCHEDULES + (dialect.shared() ? " for update" : "");
    }

    /**
     * A claimed start's row.
     *
     * @param suspect whether it is quarantined if the program dies while it runs
     */
    record Row(
            long seq,
            Start start,
            long due,
            long size,
            long epoch,
            int crashes,
            boolean suspect,
            @Nullable String file) {}

    /** Rows that were claimed, and when the start behind them is due; null when there is none. */
    record Claimed(List<Row> rows, @Nullable Long nextDue) {}

    static final Claimed NONE = new Claimed(List.of(), null);

    /** Writes a start. A body that is a file must be one of the store's. */
    void insert(Transaction tx, long seq, Start start, long due, long size) throws SQLException {
        Body body = start.body();
        Body.Stored stored = body instanceof Body.Stored file ? file : null;
        String name = stored == null ? null : store.bodies().name(stored);
        String meta = start.meta().isEmpty() ? null : json(start.meta());
        tx.add(INSERT, row -> {
            row.setLong(1, seq);
            row.setString(2, start.id());
            row.setString(3, start.flow());
            row.setLong(4, due);
            row.setLong(5, size);
            row.setString(6, start.trigger());
            row.setInt(7, start.priority().steps());
            row.setObject(8, at(start.queuedAt()));
            row.setString(9, body.contentType());
            row.setString(10, name);
            row.setString(11, name == null ? null : store.folder().id());
            row.setString(12, meta);
            row.setString(13, start.revision());
            row.setString(14, start.entry());
        });
        if (body instanceof Body.Bytes raw) {
            tx.add(INSERT_BODY, row -> {
                row.setLong(1, seq);
                row.setBytes(2, raw.bytes());
            });
        } else if (stored != null) {
            store.bodies().own(tx, stored);
        }
    }

    /** Whether a start of this id ended before. */
    boolean hasEnded(Transaction tx, String id) throws SQLException {
        PreparedStatement query = tx.query(HAS_ENDED);
        query.setString(1, id);
        try (ResultSet rows = query.executeQuery()) {
            return rows.next();
        }
    }

    /** The run that was started for this before; null when none was, or it is not remembered any more. */
    @Nullable
    String startedBefore(Transaction tx, Once once, Instant now) throws SQLException {
        PreparedStatement query = tx.query(STARTED_BEFORE);
        query.setString(1, once.key());
        query.setObject(2, at(now));
        try (ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** Remembers what a run is for. */
    void remember(Transaction tx, Once once, String run, Instant now) throws SQLException {
        tx.add(NOT_ANY_MORE, row -> {
            row.setString(1, once.key());
            row.setObject(2, at(now));
        });
        tx.add(ONCE, row -> {
            row.setString(1, once.key());
            row.setString(2, run);
            row.setObject(3, at(now.plus(once.remember())));
        });
    }

    /** Whether any start of a flow waits or runs, in whatever process. */
    boolean any(Transaction tx, String flow) throws SQLException {
        PreparedStatement query = tx.query(ANY);
        query.setString(1, flow);
        try (ResultSet rows = query.executeQuery()) {
            return rows.next();
        }
    }

    /** Deletes a flow's waiting starts that a schedule wrote and no run has begun; returns their sizes. */
    List<Long> replaceSchedules(Transaction tx, String flow) throws SQLException {
        PreparedStatement query = tx.query(anySchedule);
        query.setString(1, flow);
        List<Long> sizes = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                long seq = rows.getLong(1);
                sizes.add(rows.getLong(2));
                String file = rows.getString(3);
                tx.add(DELETE, row -> row.setLong(1, seq));
                deleteBody(tx, seq, file);
            }
        }
        return sizes;
    }

    /**
     * Marks each flow's first waiting starts as claimed. A server answers for all flows at once; H2, in the process, is asked for one after
     * the other.
     *
     * @param turns of each flow one, with how many starts may be claimed
     * @param suspects how many suspects may be among them
     */
    Map<String, Claimed> claim(Transaction tx, List<Lanes.Turn> turns, String owner, int suspects) throws SQLException {
        Map<String, Claimed> found = new HashMap<>();
        Quota quota = new Quota(suspects);
        if (store.database().dialect().shared()) {
            PreparedStatement query = tx.query(ready);
            query.setArray(
                    1,
                    tx.connection()
                            .createArrayOf(
                                    "varchar",
                                    turns.stream().map(Lanes.Turn::flow).toArray()));
            query.setArray(
                    2,
                    tx.connection()
                            .createArrayOf(
                                    "int4",
                                    turns.stream()
                                            .map(turn -> turn.starts() + 1)
                                            .toArray()));
            query.setArray(
                    3,
                    tx.connection()
                            .createArrayOf(
                                    "bool",
                                    turns.stream()
                                            .map(turn -> quota.every(turn.policy()))
                                            .toArray()));
            query.setArray(
                    4,
                    tx.connection()
                            .createArrayOf(
                                    "bool",
                                    turns.stream().map(StartRows::anyStart).toArray()));
            query.setString(5, store.folder().id());
            query.setInt(6, blamedForSuspicion());
            read(query, turns, quota, found);
        } else {
            for (Lanes.Turn turn : turns) {
                PreparedStatement query = tx.query(ready);
                query.setString(1, turn.flow());
                query.setBoolean(2, quota.every(turn.policy()));
                query.setInt(3, blamedForSuspicion());
                query.setBoolean(4, anyStart(turn));
                query.setInt(5, turn.starts() + 1);
                read(query, List.of(turn), quota, found);
            }
        }
        for (Lanes.Turn turn : turns) {
            for (Row row : found.getOrDefault(turn.flow(), NONE).rows) {
                mark(tx, row, owner, turn.policy());
            }
        }
        return found;
    }

    /** Marks a waiting start as claimed; null when none of this id waits, or its body is in another replica's folder. */
    @Nullable
    Row claim(Transaction tx, String id, String owner, Function<String, @Nullable Policy> policies)
            throws SQLException {
        PreparedStatement query = tx.query(one);
        query.setString(1, id);
        query.setString(2, store.folder().id());
        try (ResultSet rows = query.executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            Policy policy = policies.apply(rows.getString("flow"));
            if (policy == null) {
                return null;
            }
            Row row = row(rows, policy);
            mark(tx, row, owner, policy);
            return row;
        }
    }

    private static boolean anyStart(Lanes.Turn turn) {
        return turn.policy().hold() == StartQueue.Hold.NONE;
    }

    /** From so many crashes on that it is blamed for, one more puts a start aside. */
    private int blamedForSuspicion() {
        return Math.max(1, bounds.crashes() - 1);
    }

    /** How many suspects may still be claimed. */
    private static final class Quota {
        private int left;

        Quota(int left) {
            this.left = left;
        }

        /** Whether suspects are to be read at all: where one waits for its turn, those behind it wait, too. */
        boolean every(Policy policy) {
            return left > 0 || policy.overlap() != Overlap.PARALLEL;
        }

        boolean allows(Row row) {
            return !row.suspect || left-- > 0;
        }
    }

    private void read(PreparedStatement query, List<Lanes.Turn> turns, Quota quota, Map<String, Claimed> found)
            throws SQLException {
        Map<String, Lanes.Turn> byFlow = new HashMap<>();
        turns.forEach(turn -> byFlow.put(turn.flow(), turn));
        Map<String, List<Row>> rowsOf = new HashMap<>();
        Map<String, Long> nextDue = new HashMap<>();
        Set<String> held = new HashSet<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                String flow = rows.getString("flow");
                Lanes.Turn turn = byFlow.get(flow);
                List<Row> all = rowsOf.computeIfAbsent(flow, any -> new ArrayList<>());
                Row row = turn != null && all.size() < turn.starts() && !held.contains(flow)
                        ? row(rows, turn.policy())
                        : null;
                if (row != null && quota.allows(row)) {
                    all.add(row);
                    continue;
                }
                nextDue.putIfAbsent(flow, rows.getLong("due"));
                if (turn != null && turn.policy().overlap() != Overlap.PARALLEL) {
                    held.add(flow);
                }
            }
        }
        rowsOf.forEach((flow, all) -> found.put(flow, new Claimed(all, nextDue.get(flow))));
    }

    private void mark(Transaction tx, Row row, String owner, Policy policy) throws SQLException {
        tx.add(claim, set -> {
            int at = 1;
            set.setString(at++, owner);
            set.setString(at++, policy.revision());
            if (store.database().dialect().shared()) {
                set.setLong(at++, bounds.lease().toMillis());
            }
            set.setLong(at, row.seq);
        });
    }

    private Row row(ResultSet rows, Policy policy) throws SQLException {
        String revision = rows.getString("revision");
        String file = rows.getString("body_file");
        String meta = rows.getString("meta");
        long size = rows.getLong("size");
        Start start = new Start(
                rows.getString("id"),
                rows.getString("flow"),
                rows.getString("trigger_kind"),
                Priority.of(rows.getInt("priority")),
                rows.getObject("queued_at", OffsetDateTime.class).toInstant(),
                body(rows.getBytes("body"), file, rows.getString("content_type"), size),
                meta == null ? Map.of() : texts(meta),
                revision == null ? policy.revision() : revision,
                rows.getString("entry"));
        return new Row(
                rows.getLong("seq"),
                start,
                rows.getLong("due"),
                size,
                rows.getLong("epoch") + 1,
                rows.getInt("crashes"),
                rows.getInt("crashes") - rows.getInt("forgiven") >= blamedForSuspicion(),
                file);
    }

    private Body body(byte @Nullable [] bytes, @Nullable String file, String contentType, long size) {
        if (file != null) {
            return store.bodies().stored(file, contentType, size);
        }
        return bytes == null ? Body.EMPTY : new Body.Bytes(bytes, contentType);
    }

    /** Deletes a claimed start for good. @throws StaleClaimException when another process owns it by now */
    void acknowledge(Transaction tx, Row row, String owner, @Nullable Instant remember) throws SQLException {
        String id = row.start.id();
        tx.add(ACKNOWLEDGE, set -> fence(set, row, owner), changed -> owned(changed, id));
        deleteBody(tx, row.seq, row.file);
        if (remember != null) {
            tx.add(ENDED, set -> {
                set.setString(1, id);
                set.setObject(2, at(remember));
            });
        }
    }

    /** Forgives a start the crashes that it was in so far. */
    void progressed(Transaction tx, String id) throws SQLException {
        tx.add(PROGRESSED, set -> set.setString(1, id));
    }

    /** Lets a claimed start wait again. @throws StaleClaimException when another process owns it by now */
    void release(Transaction tx, Row row, String owner) throws SQLException {
        tx.add(RELEASE, set -> fence(set, row, owner), changed -> owned(changed, row.start.id()));
    }

    /** Deletes a start that is not claimed. */
    void delete(Transaction tx, long seq, @Nullable String file) throws SQLException {
        tx.add(DELETE, row -> row.setLong(1, seq));
        deleteBody(tx, seq, file);
    }

    private void deleteBody(Transaction tx, long seq, @Nullable String file) throws SQLException {
        if (file == null) {
            tx.add(DELETE_BODY, row -> row.setLong(1, seq));
        } else {
            store.bodies().drop(tx, file);
        }
    }

    private static void fence(PreparedStatement set, Row row, String owner) throws SQLException {
        set.setLong(1, row.seq);
        set.setString(2, owner);
        set.setLong(3, row.epoch);
    }

    private static void owned(int changed, String id) {
        if (changed == 0) {
            throw new StaleClaimException(id);
        }
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String json(Map<String, String> meta) {
        try {
            return Json.MAPPER.writeValueAsString(meta);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("metadata cannot be written", e);
        }
    }

    private static Map<String, String> texts(String json) throws SQLException {
        try {
            return Json.MAPPER.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new SQLException("the metadata of a start is damaged", e);
        }
    }
}
