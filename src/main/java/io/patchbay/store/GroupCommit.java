package io.patchbay.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes that share a disk sync. Many callers hand in work; one writer thread runs whatever is pending in one transaction,
 * syncs it, and completes each caller's future. Work is run in the order in which it was handed in; of its
 * statements only those of work that belongs together surely keep it. A piece that fails is taken out and its neighbours are run again, so it fails alone.
 *
 * <p>When the bound of pieces or bytes is met, the future fails with {@link StoreBusyException}; {@link #writeWhenRoom} waits
 * instead. Futures complete on a thread of their own; what hangs on them should be quick.
 */
public final class GroupCommit implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

    /** Largest group; more gains nothing and makes the first wait for the last. */
    private static final int GROUP = 256;

    /** Pieces that may wait. */
    private static final int PIECES = 8192;

    /** Bytes that may wait, in units of a KB. */
    private static final int KILOBYTES = 64 * 1024;

    private static final int PATIENCE_SECONDS = 30;

    /** Of both, what those may not take who can be kept waiting: it is left to those who would be turned away. */
    private static final int QUARTER = 4;

    private final BlockingQueue<Piece<?>> pending = new ArrayBlockingQueue<>(PIECES);
    private final Semaphore room = new Semaphore(KILOBYTES);
    private final Semaphore patientPieces = new Semaphore(PIECES - PIECES / QUARTER);
    private final Semaphore patientRoom = new Semaphore(KILOBYTES - KILOBYTES / QUARTER);
    private final Thread writer;
    private final ExecutorService completions;
    private final Database database;
    private final DiskGuard disk;
    private volatile boolean closing;

    GroupCommit(String name, Database database, DiskGuard disk) {
        this.database = database;
        this.disk = disk;
        this.completions = Executors.newSingleThreadExecutor(task -> daemon(task, "patchbay-store-" + name + "-done"));
        this.writer = daemon(this::run, "patchbay-store-" + name);
        writer.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Work without a value and with little data; see {@link #call(SqlWork.Yielding, long)}. */
    public CompletableFuture<Void> write(SqlWork work) {
        return write(work, 0);
    }

    /** Work without a value; see {@link #call(SqlWork.Yielding, long)}. */
    public CompletableFuture<Void> write(SqlWork work, long bytes) {
        return call(done(work), bytes).thenAccept(done -> {});
    }

    /**
     * Work without a value, for a caller that may be kept waiting and must not be turned away: blocks while there is no room,
     * for half a minute at most.
     *
     * @param together what the statements of this work and of others have in common that must keep their order, a run say;
     *     without it only the statements of one piece of work do
     */
    public CompletableFuture<Void> writeWhenRoom(SqlWork work, long bytes, Object together) {
        int kilobytes = Math.min(kilobytes(bytes), KILOBYTES - KILOBYTES / QUARTER);
        Piece<Boolean> piece = new Piece<>(done(work), kilobytes, together, true);
        try {
            if (closing || !patientRoom.tryAcquire(kilobytes, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return busy("too many bytes wait to be written");
            }
            if (!patientPieces.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                patientRoom.release(kilobytes);
                return busy("too many writes wait");
            }
            if (!room.tryAcquire(kilobytes, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                noMorePatient(piece);
                return busy("too many bytes wait to be written");
            }
            if (!pending.offer(piece, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                room.release(kilobytes);
                noMorePatient(piece);
                return busy("too many writes wait");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return busy("interrupted while the store was busy");
        }
        return piece.future.thenAccept(done -> {});
    }

    private static CompletableFuture<Void> busy(String why) {
        return CompletableFuture.failedFuture(new StoreBusyException(why));
    }

    private void noMorePatient(Piece<?> piece) {
        patientPieces.release();
        patientRoom.release(piece.kilobytes);
    }

    private static SqlWork.Yielding<Boolean> done(SqlWork work) {
        return transaction -> {
            work.run(transaction);
            return true;
        };
    }

    private static int kilobytes(long bytes) {
        return 1 + (int) Math.min(KILOBYTES - 1, bytes / 1024);
    }

    /**
     * Hands in work.
     *
     * @param bytes how much data the work holds on to until it is written, roughly
     * @return completes after the sync with what the work yielded; or fails with what the work or the database threw, or with
     *     {@link StoreBusyException}. A failed commit may have reached the disk: the caller has to assume either.
     */
    public <T> CompletableFuture<T> call(SqlWork.Yielding<T> work, long bytes) {
        int kilobytes = kilobytes(bytes);
        Piece<T> piece = new Piece<>(work, kilobytes, null, false);
        if (closing) {
            return CompletableFuture.failedFuture(new StoreBusyException("the store is closing"));
        }
        if (!room.tryAcquire(kilobytes)) {
            return CompletableFuture.failedFuture(new StoreBusyException("too many bytes wait to be written"));
        }
        if (!pending.offer(piece)) {
            room.release(kilobytes);
            return CompletableFuture.failedFuture(new StoreBusyException("too many writes wait"));
        }
        return piece.future;
    }

    private void run() {
        try (GroupWriter connection = new GroupWriter(database, disk)) {
            List<Piece<?>> group = new ArrayList<>(GROUP);
            while (true) {
                Piece<?> first = pending.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (closing) {
                        return;
                    }
                    connection.rest();
                    continue;
                }
                group.clear();
                group.add(first);
                pending.drainTo(group, GROUP - 1);
                List<Piece<?>> written = List.copyOf(group);
                connection.write(written);
                completions.execute(() -> complete(written));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complete(List<Piece<?>> group) {
        for (Piece<?> piece : group) {
            // Before the caller knows, so that one who writes again at once finds room.
            room.release(piece.kilobytes);
            if (piece.patient) {
                noMorePatient(piece);
            }
            piece.complete();
        }
    }

    /** Writes what is pending, then stops. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(30_000);
            completions.shutdown();
            if (!completions.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "what hangs on the last writes did not end in 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One caller's work. The outcome is set by the writer thread and told by the completion thread. */
    static final class Piece<T> {
        private final SqlWork.Yielding<T> work;
        private final int kilobytes;
        private final @Nullable Object together;
        private final boolean patient;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable Throwable failure;
        private @Nullable T value;
        private List<Runnable> afterCommit = List.of();

        Piece(SqlWork.Yielding<T> work, int kilobytes, @Nullable Object together, boolean patient) {
            this.patient = patient;
            this.work = work;
            this.kilobytes = kilobytes;
            this.together = together;
        }

        @Nullable
        Object together() {
            return together;
        }

        void run(Transaction transaction) throws java.sql.SQLException {
            int before = transaction.committed().size();
            value = work.run(transaction);
            List<Runnable> all = transaction.committed();
            afterCommit = List.copyOf(all.subList(before, all.size()));
        }

        void fail(Throwable why) {
            failure = why;
        }

        private void complete() {
            T result = value;
            if (failure != null || result == null) {
                future.completeExceptionally(failure == null ? new IllegalStateException("no value") : failure);
                return;
            }
            for (Runnable action : afterCommit) {
                try {
                    action.run();
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "what follows a write failed", e);
                }
            }
            future.complete(result);
        }
    }
}
