package io.patchbay.queue;

import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The start queue as a table. Accepting, claiming and acknowledging are pieces of the store's group commit, so they share
 * its disk syncs; whose turn it is, is decided in memory ({@link Lanes}). What other replicas do, and what they leave when
 * they die, is {@link Replicas}' part.
 */
public final class TableQueue implements StartQueue, Acknowledgements, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TableQueue.class.getName());

    /** How long a suspect keeps other suspects waiting; one that ran for so long without harm is not at fault. */
    private static final long TRIAL_MILLIS = 60_000;

    private final Store store;
    private final Clock clock;
    private final Lanes lanes;
    private final StartRows rows;
    private final Replicas replicas;
    private final Map<String, StartRows.Row> claimed = new ConcurrentHashMap<>();
    private final List<Runnable> signals = new CopyOnWriteArrayList<>();
    private final Object claiming = new Object();
    private final String owner;
    private final Accepting accepting;

    /** Whether a write failed that may have reached the database all the same, so that counts may be wrong. */
    private volatile boolean doubtful;

    private volatile @Nullable Trial trial;

    /**
     * The one start that runs here and would be quarantined if the program died now. When the program dies, all starts that ran are
     * suspected; one at a time gets another chance, so that only the one at fault is put aside and not all that ran beside it.
     */
    private record Trial(String id, long since) {}

    /**
     * Opens the queue: starts that a former life of this process had claimed wait again, or are quarantined when that happened
     * too often.
     *
     * @throws SQLException when the database does not answer
     */
    public TableQueue(Store store, QueueProperties bounds, Clock clock) throws SQLException {
        this.store = store;
        this.clock = clock;
        this.owner = store.folder().owner();
        this.lanes = new Lanes(bounds);
        this.rows = new StartRows(store, bounds);
        this.replicas = new Replicas(store, bounds, clock, lanes, this::signal);
        this.accepting = new Accepting(store, bounds, clock, lanes, rows, () -> doubtful = true, this::signal);
    }

    @Override
    public CompletableFuture<Boolean> accept(Start start) {
        return accepting.accept(start);
    }

    @Override
    public CompletableFuture<String> accept(Start start, Once once) {
        return accepting.accept(start, once);
    }

    @Override
    public CompletableFuture<Void> accept(Start start, SqlWork with) {
        return accepting.accept(start, with);
    }

    @Override
    public void policies(Map<String, Policy> byFlow) {
        lanes.policies(byFlow);
        signal();
    }

    @Override
    public List<Claim> claim(int atMost) {
        if (atMost < 1 || store.disk().refusing()) {
            return List.of();
        }
        synchronized (claiming) {
            if (doubtful) {
                // Before: what fails meanwhile must be settled the next time.
                doubtful = false;
                doubtful |= !replicas.settle(claimed.keySet());
            }
            long now = clock.millis();
            List<Lanes.Turn> turns = lanes.turns(atMost, now);
            return turns.isEmpty() ? List.of() : claim(turns, now);
        }
    }

    private List<Claim> claim(List<Lanes.Turn> turns, long now) {
        // Replicas that claim from several flows do it in the same order, so they cannot lock each other out.
        List<Lanes.Turn> ordered =
                turns.stream().sorted(Comparator.comparing(Lanes.Turn::flow)).toList();
        Map<String, StartRows.Claimed> found;
        try {
            found = store.commits()
                    .call(tx -> rows.claim(tx, replicas.allowed(tx, ordered), owner, suspects(now)), 0)
                    .join();
        } catch (CompletionException e) {
            doubtful = true;
            turns.forEach(turn -> lanes.claimed(turn, 0, 0, null, now));
            throw new IllegalStateException("starts could not be claimed", e.getCause());
        }
        List<Claim> claims = new ArrayList<>();
        for (Lanes.Turn turn : turns) {
            StartRows.Claimed part = found.getOrDefault(turn.flow(), StartRows.NONE);
            long size = part.rows().stream().mapToLong(StartRows.Row::size).sum();
            lanes.claimed(turn, part.rows().size(), size, part.nextDue(), now);
            for (StartRows.Row row : part.rows()) {
                claimed.put(row.start().id(), row);
                if (row.suspect()) {
                    trial = new Trial(row.start().id(), now);
                }
                claims.add(new Claim(row.start(), owner, row.epoch(), row.crashes()));
            }
        }
        return claims;
    }

    @Override
    public CompletableFuture<Optional<Claim>> claim(String id) {
        CompletableFuture<Optional<Claim>> found = store.commits().call(tx -> claim(tx, id), 0);
        return found.whenComplete((claim, broken) -> {
            if (broken != null) {
                doubtful = true;
            }
        });
    }

    private Optional<Claim> claim(Transaction tx, String id) throws SQLException {
        StartRows.Row row = rows.claim(tx, id, owner, lanes::policy);
        if (row == null) {
            return Optional.empty();
        }
        tx.afterCommit(() -> {
            lanes.taken(row.start().flow(), row.size());
            claimed.put(id, row);
        });
        return Optional.of(new Claim(row.start(), owner, row.epoch(), row.crashes()));
    }

    private int suspects(long now) {
        Trial going = trial;
        boolean waits = going != null && claimed.containsKey(going.id) && now - going.since < TRIAL_MILLIS;
        return waits ? 0 : 1;
    }

    @Override
    public SqlWork progressed(String startId) {
        return tx -> {
            rows.progressed(tx, startId);
            tx.afterCommit(() -> acquitted(startId));
        };
    }

    private void acquitted(String id) {
        Trial going = trial;
        if (going != null && going.id.equals(id)) {
            trial = null;
            signal();
        }
    }

    @Override
    public SqlWork acknowledge(Claim claim) {
        return tx -> {
            StartRows.Row row = row(claim);
            Instant remember = Accepting.REPEATING.contains(claim.start().trigger()) ? clock.instant() : null;
            rows.acknowledge(tx, row, owner, remember);
            tx.afterCommit(() -> {
                lanes.went(row.start().flow());
                ended(row);
            });
        };
    }

    @Override
    public CompletableFuture<Void> release(Claim claim) {
        StartRows.Row row;
        try {
            row = row(claim);
        } catch (StaleClaimException e) {
            return CompletableFuture.failedFuture(e);
        }
        return store.commits()
                .write(tx -> {
                    rows.release(tx, row, owner);
                    tx.afterCommit(() -> {
                        lanes.givenBack(row.start().flow(), row.due(), row.size(), clock.millis());
                        ended(row);
                    });
                })
                .whenComplete((done, broken) -> {
                    if (broken != null && Accepting.unwrapped(broken) instanceof StaleClaimException) {
                        ended(row);
                    } else if (broken != null) {
                        // No run has it any more: it comes back when claims are settled.
                        ended(row);
                        doubtful = true;
                    }
                });
    }

    private StartRows.Row row(Claim claim) {
        StartRows.Row row = claimed.get(claim.start().id());
        if (row == null || row.epoch() != claim.epoch() || !claim.owner().equals(owner)) {
            throw new StaleClaimException(claim.start().id());
        }
        return row;
    }

    private void ended(StartRows.Row row) {
        if (claimed.remove(row.start().id(), row)) {
            lanes.ended(row.start().flow());
            signal();
        }
    }

    @Override
    public long queued(String flow) {
        return lanes.queued(flow);
    }

    @Override
    public Map<String, Long> queued() {
        return lanes.queued();
    }

    @Override
    public void onWork(Runnable signal) {
        signals.add(signal);
    }

    /** Lists of starts, and what an operator may do with one. */
    public StartLists lists() {
        return new TableLists(store, rows, lanes, this::signal);
    }

    private void signal() {
        signals.forEach(Runnable::run);
    }

    /** As when the process hangs: its leases are not renewed. */
    void stopHousekeeping() {
        replicas.close();
    }

    /** Gives back what this process still has claimed: an orderly end is no crash. */
    @Override
    public void close() {
        replicas.close();
        accepting.close();
        try {
            store.commits().write(tx -> replicas.giveBack(tx, owner)).join();
            claimed.clear();
        } catch (CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "claims could not be given back; they come back as after a crash", e);
        }
    }
}
