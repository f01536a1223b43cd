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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** How starts come into the table of the queue: their bodies are kept, their places reserved, and one that was there before is told. */
final class Accepting implements AutoCloseable {

    private static final String SCHEDULE = "schedule";

    /** Triggers that write a start again with the same id when they cannot know that it came through. */
    static final Set<String> REPEATING = Set.of(SCHEDULE, "file", "flow", "replay");

    private static final Duration RETRY = Duration.ofSeconds(2);

    /** Threads that write large bodies to files, and how many bodies may wait for them. */
    private static final int BODY_WRITERS = 2;

    private static final int BODIES = 64;

    private final Store store;
    private final QueueProperties bounds;
    private final Clock clock;
    private final Lanes lanes;
    private final StartRows rows;
    private final SequenceBlock numbers;
    private final Runnable doubts;
    private final Runnable signal;
    private final ExecutorService bodyWriters;

    /** Writes a start that has its place. */
    private interface Writing<T> {
        CompletableFuture<T> of(Start start, long size);
    }

    private enum Accepted {
        WRITTEN,
        /** In the queue, or ended, already. */
        BEFORE,
        LEFT_OUT
    }

    /**
     * Nothing is accepted yet.
     *
     * @param doubts told when a write failed that may have reached the database all the same
     * @param signal told when there is work
     * @throws SQLException when the database does not answer
     */
    Accepting(
            Store store,
            QueueProperties bounds,
            Clock clock,
            Lanes lanes,
            StartRows rows,
            Runnable doubts,
            Runnable signal)
            throws SQLException {
        this.store = store;
        this.bounds = bounds;
        this.clock = clock;
        this.lanes = lanes;
        this.rows = rows;
        this.numbers = new SequenceBlock(store.database());
        this.doubts = doubts;
        this.signal = signal;
        this.bodyWriters = new ThreadPoolExecutor(
                BODY_WRITERS, BODY_WRITERS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(BODIES), task -> {
                    Thread thread = new Thread(task, "patchbay-queue-bodies");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Whether it came in; false for one that its flow leaves out. */
    CompletableFuture<Boolean> accept(Start start) {
        return settle(start, this::write);
    }

    /** Which run it is, or its like was. */
    CompletableFuture<String> accept(Start start, Once once) {
        return settle(start, (settled, size) -> write(settled, size, once));
    }

    /** Comes in with other work, or not at all. */
    CompletableFuture<Void> accept(Start start, SqlWork with) {
        return settle(start, (settled, size) -> write(settled, size, with));
    }

    private <T> CompletableFuture<T> settle(Start start, Writing<T> write) {
        if (store.disk().refusing()) {
            store.bodies().discard(start.body());
            return CompletableFuture.failedFuture(
                    new IntakeRefusedException(store.disk().reason(), RETRY));
        }
        if (store.bodies().settled(start.body())) {
            return reserved(start, write);
        }
        try {
            return CompletableFuture.supplyAsync(() -> settled(start), bodyWriters)
                    .thenCompose(settled -> reserved(settled, write))
                    .exceptionallyCompose(e -> refused(unwrapped(e)));
        } catch (RejectedExecutionException e) {
            return refused(new StoreBusyException("too many large bodies wait to be written"));
        }
    }

    private <T> CompletableFuture<T> reserved(Start start, Writing<T> write) {
        long size = start.size();
        try {
            lanes.reserve(start.flow(), size);
        } catch (QueueFullException e) {
            store.bodies().discard(start.body());
            return CompletableFuture.failedFuture(e);
        }
        return write.of(start, size);
    }

    private Start settled(Start start) {
        try {
            return start.withBody(store.bodies().keep(start.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("the body of start " + start.id() + " cannot be kept", e);
        }
    }

    private CompletableFuture<Boolean> write(Start start, long size) {
        return store.commits()
                .call(tx -> insert(tx, start, size), size)
                .thenApply(how -> written(start, size, how))
                .exceptionallyCompose(broken -> failed(start, size, unwrapped(broken)));
    }

    private CompletableFuture<Void> write(Start start, long size, SqlWork with) {
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

    private CompletableFuture<String> write(Start start, long size, Once once) {
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
            signal.run();
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
            doubts.run();
        }
        return doubled ? CompletableFuture.completedFuture(true) : refused(why);
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

    /** Why work failed that others waited for. */
    static Throwable unwrapped(Throwable broken) {
        return broken instanceof CompletionException && broken.getCause() != null ? broken.getCause() : broken;
    }

    @Override
    public void close() {
        bodyWriters.shutdown();
    }
}
