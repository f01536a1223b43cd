package io.patchbay.queue;

import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.StoreBusyException;
import io.patchbay.store.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The start queue as a table. Accepting, claiming and acknowledging are pieces of the store's group commit, so they share
 * its disk syncs; whose turn it is, is decided in memory ({@link Lanes}). What other replicas do, and what they leave when
 * they die, is {@link Replicas}' part.
 */
public final class TableQueue implements StartQueue, Acknowledgements, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TableQueue.class.getName());
    private static final String SCHEDULE = "schedule";

    /** Triggers that write a start again with the same id when they cannot know that it came through. */
    private static final Set<String> REPEATING = Set.of(SCHEDULE, "file", "flow", "replay");

    private static final Duration RETRY = Duration.ofSeconds(2);

    /** Threads that write large bodies to files, and how many bodies may wait for them. */
    private static final int BODY_WRITERS = 2;

    private static final int BODIES = 64;

    /** How long a suspect keeps other suspects waiting; one that ran for so long without harm is not at fault. */
    private static final long TRIAL_MILLIS = 60_000;

    private final Store store;
    private final QueueProperties bounds;
    private final Clock clock;
    private final Lanes lanes;
    private final StartRows rows;
    private final SequenceBlock numbers;
    private final Replicas replicas;
    private final Map<String, StartRows.Row> claimed = new ConcurrentHashMap<>();
    private final List<Runnable> signals = new CopyOnWriteArrayList<>();
    private final Object claiming = new Object();
    private final String owner;
    private final ExecutorService bodyWriters;

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
        this.bounds = bounds;
        this.clock = clock;
        this.owner = store.folder().owner();
        this.lanes = new Lanes(bounds);
        this.rows = new StartRows(store, bounds);
        this.numbers = new SequenceBlock(store.database());
        this.replicas = new Replicas(store, bounds, clock, lanes, this::signal);
        this.bodyWriters = new ThreadPoolExecutor(
                BODY_WRITERS, BODY_WRITERS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(BODIES), task -> {
                    Thread thread = new Thread(task, "patchbay-queue-bodies");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public CompletableFuture<Boolean> accept(Start start) {
        return settle(start, this::write);
    }

    @Override
    public CompletableFuture<String> accept(Start start, Once once) {
        return settle(start, settled -> write(settled, once));
    }

    @Override
    public CompletableFuture<Void> accept(Start start, SqlWork with) {
        return settle(start, settled -> write(settled, with));
    }

    private <T> CompletableFuture<T> settle(Start start, Function<Start, CompletableFuture<T>> write) {
        if (store.disk().refusing()) {
            store.bodies().discard(start.body());
            return CompletableFuture.failedFuture(
                    new IntakeRefusedException(store.disk().reason(), RETRY));
        }
        if (store.bodies().settled(start.body())) {
            return write.apply(start);
        }
        try {
            return CompletableFuture.supplyAsync(() -> settled(start), bodyWriters)
                    .thenCompose(write)
                    .exceptionallyCompose(e -> refused(unwrapped(e)));
        } catch (RejectedExecutionException e) {
            return refused(new StoreBusyException("too many large bodies wait to be written"));
        }
    }

    private Start settled(Start start) {
        try {
            return start.withBody(store.bodies().keep(start.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("the body of start " + start.id() + " cannot be kept", e);
        }
    }

    private CompletableFuture<Boolean> write(Start start) {
        long size = start.size();
        try {
            lanes.reserve(start.flow(), size);
        } catch (QueueFullException e) {
            store.bodies().discard(start.body());
            return CompletableFuture.failedFuture(e);
        }
        return store.commits()
                .call(tx -> insert(tx, start, size), size)
                .thenApply(how -> written(start, size, how))
                .exceptionallyCompose(broken -> failed(start, size, unwrapped(broken)));
    }

    private CompletableFuture<Void> write(Start start, SqlWork with) {
        long size = start.size();
        try {
            lanes.reserve(start.flow(), size);
        } catch (QueueFullException e) {
            store.bodies().discard(start.body());
            return CompletableFuture.failedFuture(e);
        }
        boolean[] begun = new boolean[1];
        return store.commits()
                .call(
                        tx -> {
                            begun[0] = false;
                            with.run(tx);
                            begun[0] = true;
                            return insert(tx, start, size);
                        },
                        size)
                .thenAccept(how -> written(start, size, how))
                .exceptionallyCompose(broken -> {
                    Throwable why = unwrapped(broken);
                    if (!begun[0] && !(why instanceof SQLException)) {
                        lanes.unreserve(start.flow(), size);
                        store.bodies().discard(start.body());
                        return refused(why);
                    }
                    return failed(start, size, why).thenAccept(doubled -> {});
                });
    }

    private CompletableFuture<String> write(Start start, Once once) {
        long size = start.size();
        try {
            lanes.reserve(start.flow(), size);
        } catch (QueueFullException e) {
            store.bodies().discard(start.body());
            return CompletableFuture.failedFuture(e);
        }
        return store.commits()
                .call(tx -> insertOnce(tx, start, once, size), size)
                .thenApply(run -> {
                    written(start, size, run.equals(start.id()) ? Accepted.WRITTEN : Accepted.BEFORE);
                    return run;
                })
                .exceptionallyCompose(broken -> failed(start, size, unwrapped(broken))
                        .thenCompose(doubled -> store.commits().call(tx -> earlier(tx, start, once), 0)));
    }

    /** Which run the start came to. Another replica may write for the same key now: then the key of one of the two is refused. */
    private String insertOnce(Transaction tx, Start start, Once once, long size) throws SQLException {
        Instant now = clock.instant();
        String earlier = rows.startedBefore(tx, once, now);
        if (earlier != null) {
            return earlier;
        }
        rows.remember(tx, once, start.id(), now);
        insert(tx, start, size);
        return start.id();
    }

    private String earlier(Transaction tx, Start start, Once once) throws SQLException {
        String earlier = rows.startedBefore(tx, once, clock.instant());
        if (earlier == null) {
            throw new StoreBusyException("start " + start.id() + " came just when its like was forgotten");
        }
        return earlier;
    }

    private Accepted insert(Transaction tx, Start start, long size) throws SQLException {
        StartQueue.Policy policy = lanes.policy(start.flow());
        boolean scheduled = start.trigger().equals(SCHEDULE);
        if (REPEATING.contains(start.trigger()) && rows.hasEnded(tx, start.id())) {
            return Accepted.BEFORE;
        }
        List<Long> replaced = List.of();
        if (policy != null && scheduled && policy.overlap() == Overlap.SKIP && rows.any(tx, start.flow())) {
            return Accepted.LEFT_OUT;
        }
        if (policy != null && scheduled && policy.overlap() == Overlap.LATEST) {
            replaced = rows.replaceSchedules(tx, start.flow());
        }
        long due = due(start);
        rows.insert(tx, numbers.next(tx), start, due, size);
        List<Long> gone = replaced;
        tx.afterCommit(() -> {
            if (!gone.isEmpty()) {
                lanes.removed(
                        start.flow(),
                        gone.size(),
                        gone.stream().mapToLong(Long::longValue).sum());
            }
            lanes.accepted(start.flow(), due);
            signal();
        });
        return Accepted.WRITTEN;
    }

    private long due(Start start) {
        return Lanes.due(start.queuedAt().toEpochMilli(), start.priority(), bounds.ageing());
    }

    private boolean written(Start start, long size, Accepted how) {
        if (how != Accepted.WRITTEN) {
            lanes.unreserve(start.flow(), size);
            store.bodies().discard(start.body());
        }
        return how != Accepted.LEFT_OUT;
    }

    private CompletableFuture<Boolean> failed(Start start, long size, Throwable why) {
        lanes.unreserve(start.flow(), size);
        boolean doubled = doubled(why);
        if (doubled || why instanceof StoreBusyException) {
            store.bodies().discard(start.body());
        } else {
            doubtful = true;
        }
        return doubled ? CompletableFuture.completedFuture(true) : refused(why);
    }

    private static Throwable unwrapped(Throwable broken) {
        return broken instanceof CompletionException && broken.getCause() != null ? broken.getCause() : broken;
    }

    private <T> CompletableFuture<T> refused(Throwable why) {
        if (why instanceof StoreBusyException) {
            return CompletableFuture.failedFuture(new IntakeRefusedException(String.valueOf(why.getMessage()), RETRY));
        }
        boolean own = why instanceof QueueFullException || why instanceof IntakeRefusedException;
        return CompletableFuture.failedFuture(
                !own && store.disk().refusing()
                        ? new IntakeRefusedException(store.disk().reason(), RETRY, true)
                        : why);
    }

    /** A start of this id is in the queue already. */
    private static boolean doubled(Throwable why) {
        return why instanceof SQLException sql && "23505".equals(sql.getSQLState());
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
            Instant remember = REPEATING.contains(claim.start().trigger()) ? clock.instant() : null;
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
                    if (broken != null && unwrapped(broken) instanceof StaleClaimException) {
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
        bodyWriters.shutdown();
        try {
            store.commits().write(tx -> replicas.giveBack(tx, owner)).join();
            claimed.clear();
        } catch (CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "claims could not be given back; they come back as after a crash", e);
        }
    }

    private enum Accepted {
        WRITTEN,
        /** In the queue, or ended, already. */
        BEFORE,
        LEFT_OUT
    }
}
