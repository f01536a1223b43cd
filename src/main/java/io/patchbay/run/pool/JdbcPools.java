package io.patchbay.run.pool;

import io.patchbay.run.RunListener;
import io.patchbay.run.RunRecord;
import io.patchbay.run.pool.PoolRows.Row;
import io.patchbay.run.pool.PoolRows.Wanted;
import io.patchbay.shape.dedupe.Pools;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Data pools in the database. A page of keys is claimed in one transaction of two statements: keys that are not there are inserted,
 * the rest are looked at, and those that may be taken over are, if they are still as they were seen. What is remembered goes with
 * the progress of runs, behind the mark of the send and before the mark of the page.
 */
public final class JdbcPools implements Pools, RunListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(JdbcPools.class.getName());
    private static final int TOGETHER = 500;
    private static final int PORTION = 2_000;
    private static final int TRIES = 6;
    private static final int MOST_REPLAYS = 20;
    private static final int FRESH = 10;
    private static final String OWN =
            "update pool_key set state = 'R', since_at = ?, expires_at = ?" + PoolRows.THIS + " and run_id = ?";
    private static final String SEEN = "update pool_key set expires_at = ?" + PoolRows.THIS + " and state = 'R'";
    private static final String RELEASE = "delete from pool_key where (pool, entity, item) in"
            + " (select pool, entity, item from pool_key where run_id = ? and state = 'C' limit " + PORTION + ")";
    private static final String EXPIRED = "delete from pool_key where (pool, entity, item) in"
            + " (select pool, entity, item from pool_key where expires_at < ? and state = 'R' limit " + PORTION + ")";
    private static final String CLAIMING = "select run_id, max(since_at) from pool_key where state = 'C' and run_id > ?"
            + " group by run_id order by run_id limit " + TOGETHER;

    private final Store store;
    private final Clock clock;
    private final PoolRows rows;
    private final Set<String> claiming = ConcurrentHashMap.newKeySet();
    /** H2 is of this process alone, and refuses two who insert the same key at once. */
    private final ReentrantLock one = new ReentrantLock();

    private final ScheduledExecutorService sweeper;

    /** Opens it, and sweeps every ten minutes. */
    @SuppressWarnings("FutureReturnValueIgnored") // a sweep reports its own failures
    public JdbcPools(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.rows = new PoolRows(store.database().dialect());
        this.sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "patchbay-pools");
            thread.setDaemon(true);
            return thread;
        });
        sweeper.scheduleWithFixedDelay(this::sweep, 3, 10, TimeUnit.MINUTES);
    }

    @Override
    public List<Answer> look(Asking asking, List<Key> keys) {
        return inParts(
                keys,
                part -> transacted(connection -> {
                    Map<String, Row> found = rows.rows(
                            connection,
                            asking.pool(),
                            asking.entity(),
                            items(part).keySet());
                    Instant now = clock.instant();
                    List<Answer> answers = new ArrayList<>();
                    List<Row> known = new ArrayList<>();
                    for (Key key : part) {
                        Row row = found.get(key.text());
                        boolean own = row != null
                                && row.run().equals(asking.run())
                                && !row.life().equals(asking.life());
                        boolean knows =
                                row != null && row.remembered() && row.expires().isAfter(now) && !own;
                        answers.add(knows ? Answer.KNOWN : Answer.NEW);
                        if (knows) {
                            known.add(row);
                        }
                    }
                    seen(connection, asking, known, now);
                    return answers;
                }));
    }

    @Override
    public List<Answer> peek(Asking asking, List<Key> keys) {
        return inParts(
                keys,
                part -> transacted(connection -> {
                    Instant now = clock.instant();
                    Judge judge = new Judge(asking, false, now, List.of());
                    Map<String, Row> found = rows.rows(
                            connection,
                            asking.pool(),
                            asking.entity(),
                            items(part).keySet());
                    Set<String> over = PoolRows.over(connection, judge.othersClaims(found.values()), now);
                    List<Answer> answers = new ArrayList<>();
                    for (Key key : part) {
                        Row row = found.get(key.text());
                        Answer answer = row == null ? null : judge.of(row, key.mark(), over);
                        answers.add(answer == null ? Answer.NEW : answer);
                    }
                    return answers;
                }));
    }

    @Override
    public List<Answer> claim(Asking asking, List<Key> keys) {
        claiming.add(asking.run());
        return inParts(keys, part -> transacted(connection -> take(connection, asking, part, false)));
    }

    @Override
    public List<Answer> learn(Asking asking, List<Key> keys) {
        return inParts(keys, part -> transacted(connection -> take(connection, asking, part, true)));
    }

    private List<Answer> take(Connection connection, Asking asking, List<Key> keys, boolean learn) throws SQLException {
        Instant now = clock.instant();
        Wanted wanted = new Wanted(
                asking.pool(), asking.entity(), learn, asking.run(), asking.life(), now, now.plus(asking.keep()));
        Map<String, String> marks = items(keys);
        Map<String, Answer> answers = new HashMap<>();
        Map<String, String> open = new TreeMap<>(marks);
        List<Row> known = new ArrayList<>();
        Judge judge = new Judge(asking, learn, now, learn ? before(connection, asking) : List.of());
        for (int round = 0; round < TRIES && !open.isEmpty(); round++) {
            rows.inserted(connection, wanted, open).forEach(item -> answers.put(item, Answer.NEW));
            open.keySet().removeAll(answers.keySet());
            Map<String, Row> found = rows.rows(connection, asking.pool(), asking.entity(), open.keySet());
            Set<String> over = PoolRows.over(connection, judge.othersClaims(found.values()), now);
            List<Row> claims = new ArrayList<>();
            for (Row row : found.values()) {
                Answer answer = judge.of(row, marks.getOrDefault(row.item(), ""), over);
                if (answer == null) {
                    claims.add(row);
                } else {
                    answers.put(row.item(), answer);
                    if (answer == Answer.KNOWN) {
                        known.add(row);
                    }
                }
            }
            // A row that is remembered by this very run stays so; only who has it changes.
            rows.taken(connection, wanted, claims, marks).forEach(item -> answers.put(item, Answer.NEW));
            open.keySet().removeAll(answers.keySet());
        }
        open.keySet().forEach(item -> answers.put(item, Answer.CLAIMED)); // others were faster each time
        seen(connection, asking, known, now);
        return inOrder(keys, marks, answers);
    }

    /** The first record with a key is answered; the others with it repeat it. */
    private static List<Answer> inOrder(List<Key> keys, Map<String, String> marks, Map<String, Answer> answers) {
        List<Answer> all = new ArrayList<>(keys.size());
        for (Key key : keys) {
            Answer answer = answers.getOrDefault(key.text(), Answer.CLAIMED);
            boolean first = key.mark().equals(marks.get(key.text()));
            all.add(first || answer != Answer.NEW ? answer : Answer.REPEATED);
        }
        return all;
    }

    private static Map<String, String> items(List<Key> keys) {
        Map<String, String> items = new TreeMap<>();
        keys.forEach(key -> items.putIfAbsent(key.text(), key.mark()));
        return items;
    }

    private static List<String> before(Connection connection, Asking asking) throws SQLException {
        String replays = asking.replays();
        return replays == null ? List.of() : PoolRows.before(connection, replays, MOST_REPLAYS);
    }

    /** A key that was seen again is kept longer; not written each time. */
    private static void seen(Connection connection, Asking asking, List<Row> known, Instant now) throws SQLException {
        Instant expires = now.plus(asking.keep());
        Instant stale = expires.minus(asking.keep().dividedBy(FRESH));
        List<Row> due =
                known.stream().filter(row -> row.expires().isBefore(stale)).toList();
        if (due.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(SEEN)) {
            for (Row row : due) {
                update.setObject(1, PoolRows.at(expires));
                update.setString(2, asking.pool());
                update.setString(3, asking.entity());
                update.setString(4, row.item());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    @Override
    public CompletableFuture<Void> track(Asking asking, List<Key> keys) {
        Instant now = clock.instant();
        Wanted wanted = new Wanted(
                asking.pool(), asking.entity(), true, asking.run(), asking.life(), now, now.plus(asking.keep()));
        return upserted(wanted, items(keys), asking.run(), TRIES);
    }

    /** H2 refuses one of two who insert the same key at once; it comes again, and finds the key. */
    private CompletableFuture<Void> upserted(Wanted wanted, Map<String, String> items, String run, int tries) {
        return store.progress()
                .writeWhenRoom(
                        tx -> {
                            for (Map.Entry<String, String> key : items.entrySet()) {
                                tx.add(rows.upsert(), row -> PoolRows.bind(row, wanted, key.getKey(), key.getValue()));
                            }
                        },
                        bytes(items.keySet()),
                        run)
                .exceptionallyCompose(failed -> tries > 1 && mayPass(failed)
                        ? upserted(wanted, items, run, tries - 1)
                        : CompletableFuture.failedFuture(failed));
    }

    @Override
    public CompletableFuture<Integer> remember(Asking asking, List<String> keys) {
        List<String> items = keys.stream().distinct().sorted().toList();
        if (asking.replays() != null) {
            List<Key> all = items.stream().map(item -> new Key(item, "")).toList();
            return track(asking, all).thenApply(done -> 0);
        }
        Instant now = clock.instant();
        AtomicInteger strange = new AtomicInteger();
        return store.progress()
                .writeWhenRoom(
                        tx -> {
                            strange.set(0); // the work may be run again
                            for (String item : items) {
                                tx.add(
                                        OWN,
                                        row -> {
                                            row.setObject(1, PoolRows.at(now));
                                            row.setObject(2, PoolRows.at(now.plus(asking.keep())));
                                            row.setString(3, asking.pool());
                                            row.setString(4, asking.entity());
                                            row.setString(5, item);
                                            row.setString(6, asking.run());
                                        },
                                        count -> strange.addAndGet(count == 0 ? 1 : 0));
                            }
                        },
                        bytes(items),
                        asking.run())
                .thenApply(done -> strange.get());
    }

    private static long bytes(Iterable<String> items) {
        long bytes = 0;
        for (String item : items) {
            bytes += item.length() + 200L;
        }
        return bytes;
    }

    @Override
    public Map<String, String> claimed(Asking asking, List<String> marks) {
        Map<String, String> found = new HashMap<>();
        if (marks.isEmpty()) {
            return found;
        }
        return transacted(connection -> {
            String sql = "select mark, item from pool_key where run_id = ? and pool = ? and entity = ? and mark in ("
                    + PoolRows.places(marks.size()) + ")";
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, asking.run());
                query.setString(2, asking.pool());
                query.setString(3, asking.entity());
                for (int i = 0; i < marks.size(); i++) {
                    query.setString(4 + i, marks.get(i));
                }
                try (ResultSet all = query.executeQuery()) {
                    while (all.next()) {
                        found.put(all.getString(1), all.getString(2));
                    }
                }
            }
            return found;
        });
    }

    /** What the run claimed and did not send is free again. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it reports its own failure, and the sweep does what it could not
    public void ended(RunRecord record) {
        if (claiming.remove(record.id())) {
            try {
                sweeper.execute(() -> release(record.id()));
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, "claims of run {0} are left to the next sweep", record.id());
            }
        }
    }

    private void release(String run) {
        try {
            while (changed(RELEASE, run) == PORTION) {
                // In portions, so that nobody waits long for the rows.
            }
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.WARNING, "claims of run " + run + " are left to the next sweep", e);
        }
    }

    /** Deletes what is past its time, and claims of runs that are over. */
    public void sweep() {
        try {
            while (changed(EXPIRED, PoolRows.at(clock.instant())) == PORTION) {
                // In portions, so that nobody waits long for the rows.
            }
            String after = "";
            List<Row> part;
            do {
                String from = after;
                part = transacted(connection -> claiming(connection, from));
                List<Row> claims = part;
                transacted(connection -> PoolRows.over(connection, claims, clock.instant()))
                        .forEach(this::release);
                after = part.isEmpty() ? "" : part.get(part.size() - 1).run();
            } while (part.size() == TOGETHER);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.WARNING, "the pools could not be swept; trying again later", e);
        }
    }

    private static List<Row> claiming(Connection connection, String after) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(CLAIMING)) {
            query.setString(1, after);
            try (ResultSet all = query.executeQuery()) {
                while (all.next()) {
                    Instant since =
                            all.getObject(2, java.time.OffsetDateTime.class).toInstant();
                    found.add(new Row("", false, all.getString(1), "", "", since, since));
                }
            }
        }
        return found;
    }

    private int changed(String sql, Object value) {
        return transacted(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, value);
                return statement.executeUpdate();
            }
        });
    }

    private static List<Answer> inParts(List<Key> keys, java.util.function.Function<List<Key>, List<Answer>> each) {
        if (keys.size() <= TOGETHER) {
            return each.apply(keys);
        }
        List<Answer> all = new ArrayList<>(keys.size());
        for (int from = 0; from < keys.size(); from += TOGETHER) {
            all.addAll(each.apply(keys.subList(from, Math.min(keys.size(), from + TOGETHER))));
        }
        return all;
    }

    /** Work on one connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Does work in a transaction; again when it met one that was in its way. */
    <T> T transacted(Work<T> work) {
        boolean alone = !store.database().dialect().shared();
        for (int tries = 1; ; tries++) {
            if (alone) {
                one.lock();
            }
            try (Connection connection = store.database().dataSource().getConnection()) {
                connection.setAutoCommit(false);
                try {
                    T result = work.on(connection);
                    connection.commit();
                    return result;
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                }
            } catch (SQLException e) {
                if (tries == TRIES || !passes(e)) {
                    throw new IllegalStateException("the pools cannot be read or written", e);
                }
            } finally {
                if (alone) {
                    one.unlock();
                }
            }
        }
    }

    private static boolean mayPass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return passes(sql);
            }
        }
        return false;
    }

    /** Deadlock, lock timeout, or a key that another one inserted meanwhile. */
    private static boolean passes(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && (state.startsWith("40")
                        || state.equals("55P03")
                        || state.equals("HYT00")
                        || state.equals("23505")
                        || state.equals("90131"));
    }

    /** What an operator sees of it and does to it. */
    public KeptPools kept() {
        return new StoredPools(store, this, rows, clock);
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
