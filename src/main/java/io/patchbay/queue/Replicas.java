package io.patchbay.queue;

import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Other processes on the same database, and former lives of this one. Brings starts back whose process died, keeps this
 * process's leases alive, and keeps an eye on how many starts the others wrote.
 */
final class Replicas implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Replicas.class.getName());

    /** How long an ended start's id is remembered. */
    private static final Duration REMEMBERED = Duration.ofDays(8);

    private static final String LANE = "insert into start_lane (flow) values (?) on conflict do nothing";
    private static final String LOCK =
            "select flow from start_lane where flow = any(?) order by flow for update skip locked";
    private static final String RUNNING =
            "select flow, count(*) from start where flow = any(?) and status = 'C' group by flow";
    private static final String BACK =
            "update start set status = case when crashes + 1 - forgiven >= ? then 'X' else 'Q' end,"
                    + " crashes = crashes + 1, owner = null, lease_until = null where status = 'C' and ";
    private static final String RENEW =
            "update start set lease_until = current_timestamp + ? * interval '1 millisecond'"
                    + " where status = 'C' and owner = ?";
    private static final String GIVE_BACK =
            "update start set status = 'Q', owner = null, lease_until = null where status = 'C' and owner = ?";
    private static final String OWN = "select seq, id from start where status = 'C' and owner = ?";
    private static final String STRAY = "update start set status = 'Q', owner = null, lease_until = null where seq = ?";
    private static final String FORGET = "delete from start_ended where ended_at < ?";
    private static final String FORGET_ONCE = "delete from start_once where until_at <= ?";
    private static final String FORGET_MORE = "delete from start_once where until_at <="
            + " (select until_at from start_once order by until_at desc offset ? rows fetch first 1 rows only)";
    private static final String DEPTHS =
            "select flow, status, count(*), min(due), sum(size) from start group by flow, status";

    /** Events that are remembered at most; of more, those go that would be forgotten first. */
    private static final long MOST_REMEMBERED = 5_000_000;

    private final Store store;
    private final QueueProperties bounds;
    private final Clock clock;
    private final Lanes lanes;
    private final Runnable signal;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService housekeeping;

    @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled reports its own failures and is never cancelled
    Replicas(Store store, QueueProperties bounds, Clock clock, Lanes lanes, Runnable signal) throws SQLException {
        this.store = store;
        this.bounds = bounds;
        this.clock = clock;
        this.lanes = lanes;
        this.signal = signal;
        recover();
        count();
        this.housekeeping = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "patchbay-queue-housekeeping");
            thread.setDaemon(true);
            return thread;
        });
        housekeeping.scheduleWithFixedDelay(() -> guarded(this::forget), 1, 60, TimeUnit.MINUTES);
        if (shared()) {
            long lease = bounds.lease().toMillis();
            housekeeping.scheduleWithFixedDelay(
                    () -> guarded(this::renew), lease / 3, lease / 3, TimeUnit.MILLISECONDS);
            housekeeping.scheduleWithFixedDelay(
                    () -> guarded(this::expire), lease / 2, lease / 2, TimeUnit.MILLISECONDS);
            countAgain(0);
        }
    }

    private boolean shared() {
        return store.database().dialect().shared();
    }

    /**
     * Turns cut to what may be claimed, the other replicas' running starts counted in; locks the flows until the commit. A flow
     * that another replica claims from at this moment is left out.
     */
    List<Lanes.Turn> allowed(Transaction tx, List<Lanes.Turn> turns) throws SQLException {
        if (!shared()) {
            return turns;
        }
        for (Lanes.Turn turn : turns) {
            if (!known.contains(turn.flow())) {
                tx.add(LANE, row -> row.setString(1, turn.flow()));
                tx.afterCommit(() -> known.add(turn.flow()));
            }
        }
        Array flows = tx.connection()
                .createArrayOf("varchar", turns.stream().map(Lanes.Turn::flow).toArray());
        Set<String> locked = new HashSet<>();
        PreparedStatement lock = tx.query(LOCK);
        lock.setArray(1, flows);
        try (ResultSet rows = lock.executeQuery()) {
            while (rows.next()) {
                locked.add(rows.getString(1));
            }
        }
        // After the locks, so that it sees what those who held them before have claimed.
        Map<String, Long> going = new HashMap<>();
        PreparedStatement running = tx.query(RUNNING);
        running.setArray(1, flows);
        try (ResultSet rows = running.executeQuery()) {
            while (rows.next()) {
                going.put(rows.getString(1), rows.getLong(2));
            }
        }
        List<Lanes.Turn> allowed = new ArrayList<>();
        for (Lanes.Turn turn : turns) {
            int most =
                    turn.policy().overlap() == Overlap.PARALLEL ? turn.policy().parallel() : 1;
            long starts = Math.min(turn.starts(), most - going.getOrDefault(turn.flow(), 0L));
            if (starts > 0 && locked.contains(turn.flow())) {
                allowed.add(new Lanes.Turn(turn.flow(), (int) starts, turn.policy()));
            }
        }
        return allowed;
    }

    /** Lets all claims of an owner wait again, without counting a crash. */
    void giveBack(Transaction tx, String owner) throws SQLException {
        tx.add(GIVE_BACK, row -> row.setString(1, owner));
    }

    /** A process that has H2's file, or the lock of the data folder, is the only one: claims under its name are a dead one's. */
    private void recover() throws SQLException {
        String former = store.folder().node() + "/%";
        List<String> flows = shared() ? List.of() : flowsWithClaims();
        told(join(tx -> {
            if (shared()) {
                PreparedStatement update = tx.query(BACK + "owner like ? and owner <> ?");
                update.setInt(1, bounds.crashes());
                update.setString(2, former);
                update.setString(3, store.folder().owner());
                return update.executeUpdate();
            }
            PreparedStatement update = tx.query(BACK + "flow = ?");
            int back = 0;
            for (String flow : flows) {
                update.setInt(1, bounds.crashes());
                update.setString(2, flow);
                back += update.executeUpdate();
            }
            return back;
        }));
    }

    private List<String> flowsWithClaims() throws SQLException {
        List<String> flows = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DEPTHS)) {
            while (rows.next()) {
                if (rows.getString(2).equals(QueuedStart.State.CLAIMED.column())) {
                    flows.add(rows.getString(1));
                }
            }
        }
        return flows;
    }

    /**
     * After writes of which nobody knows whether they came through: gives back claims that no run has, and counts again. False
     * when that failed, too.
     */
    boolean settle(Set<String> claimed) {
        return guarded(() -> {
            join(tx -> {
                PreparedStatement query = tx.query(OWN);
                query.setString(1, store.folder().owner());
                int strays = 0;
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        if (!claimed.contains(rows.getString(2))) {
                            long seq = rows.getLong(1);
                            tx.add(STRAY, row -> row.setLong(1, seq));
                            strays++;
                        }
                    }
                }
                return strays;
            });
            count();
        });
    }

    private void told(int back) {
        if (back > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "starts that were running when their process died: {0}; they are taken up again, or quarantined after"
                            + " {1} crashes without getting further",
                    back,
                    bounds.crashes());
        }
    }

    private void renew() {
        join(tx -> {
            PreparedStatement update = tx.query(RENEW);
            update.setLong(1, bounds.lease().toMillis());
            update.setString(2, store.folder().owner());
            return update.executeUpdate();
        });
    }

    private void expire() throws SQLException {
        int back = join(tx -> {
            PreparedStatement update = tx.query(BACK + "lease_until < current_timestamp");
            update.setInt(1, bounds.crashes());
            return update.executeUpdate();
        });
        if (back > 0) {
            told(back);
            count();
            signal.run();
        }
    }

    private void forget() {
        join(tx -> {
            PreparedStatement delete = tx.query(FORGET);
            delete.setObject(1, StartRows.at(clock.instant().minus(REMEMBERED)));
            PreparedStatement once = tx.query(FORGET_ONCE);
            once.setObject(1, StartRows.at(clock.instant()));
            PreparedStatement more = tx.query(FORGET_MORE);
            more.setLong(1, MOST_REMEMBERED);
            return delete.executeUpdate() + once.executeUpdate() + more.executeUpdate();
        });
    }

    /** Reads all depths; at a rate that leaves the database nine tenths of its time for other work. */
    @SuppressWarnings("FutureReturnValueIgnored") // as above
    private void countAgain(long took) {
        housekeeping.schedule(
                () -> {
                    long before = System.nanoTime();
                    guarded(this::count);
                    countAgain(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
                },
                Math.max(1_000, took * 10),
                TimeUnit.MILLISECONDS);
    }

    private void count() throws SQLException {
        Map<String, Long> before = lanes.changes();
        Map<String, Lanes.Depth> depths = new HashMap<>();
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DEPTHS)) {
            while (rows.next()) {
                if (rows.getString(2).equals(QueuedStart.State.WAITING.column())) {
                    depths.put(rows.getString(1), new Lanes.Depth(rows.getLong(3), rows.getLong(4), rows.getLong(5)));
                }
            }
        }
        lanes.correct(depths, before);
        if (!depths.isEmpty()) {
            signal.run();
        }
    }

    private int join(io.patchbay.store.SqlWork.Yielding<Integer> work) {
        return store.commits().call(work, 0).join();
    }

    private boolean guarded(Housework work) {
        try {
            work.run();
            return true;
        } catch (SQLException | CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "housekeeping of the queue failed; trying again", e);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "housekeeping of the queue failed", e);
        }
        return false;
    }

    @FunctionalInterface
    private interface Housework {
        void run() throws SQLException;
    }

    @Override
    public void close() {
        housekeeping.shutdownNow();
    }
}
