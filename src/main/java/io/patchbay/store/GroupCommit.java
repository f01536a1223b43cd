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
 * Writes that share a disk sync. Many callers hand in work; a writer thread runs whatever is pending in one transaction, syncs
 * it, and completes each caller's future. A piece that fails is taken out and its neighbours are run again, so it fails alone.
 *
 * <p>Nothing blocks here: when the bound of pieces or bytes is met, the future fails with {@link StoreBusyException}. Futures
 * complete on a thread of their own; what hangs on them should be quick.
 */
public final class GroupCommit implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

    /** Largest group; more gains nothing and makes the first wait for the last. */
    private static final int GROUP = 256;

    /** Pieces that may wait. */
    private static final int PIECES = 8192;

    /** Bytes that may wait, in units of a KB. */
    private static final int KILOBYTES = 64 * 1024;

    private final BlockingQueue<Piece<?>> pending = new ArrayBlockingQueue<>(PIECES);
    private final Semaphore room = new Semaphore(KILOBYTES);
    private final List<Thread> writers = new ArrayList<>();
    private final ExecutorService completions =
            Executors.newSingleThreadExecutor(task -> daemon(task, "patchbay-store-done"));
    private final Database database;
    private final DiskGuard disk;
    private volatile boolean closing;

    GroupCommit(Database database, DiskGuard disk) {
        this.database = database;
        this.disk = disk;
        for (int i = 0; i < database.dialect().writers(); i++) {
            Thread writer = daemon(this::run, "patchbay-store-writer-" + i);
            writers.add(writer);
            writer.start();
        }
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
        return call(
                        transaction -> {
                            work.run(transaction);
                            return true;
                        },
                        bytes)
                .thenAccept(done -> {});
    }

    /**
     * Hands in work.
     *
     * @param bytes how much data the work holds on to until it is written, roughly
     * @return completes after the sync with what the work yielded; or fails with what the work or the database threw, or with
     *     {@link StoreBusyException}. A failed commit may have reached the disk: the caller has to assume either.
     */
    public <T> CompletableFuture<T> call(SqlWork.Yielding<T> work, long bytes) {
        int kilobytes = 1 + (int) Math.min(KILOBYTES - 1, bytes / 1024);
        Piece<T> piece = new Piece<>(work, kilobytes);
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
        try (GroupWriter writer = new GroupWriter(database, disk)) {
            List<Piece<?>> group = new ArrayList<>(GROUP);
            while (true) {
                Piece<?> first = pending.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (closing) {
                        return;
                    }
                    continue;
                }
                group.clear();
                group.add(first);
                pending.drainTo(group, GROUP - 1);
                List<Piece<?>> written = List.copyOf(group);
                writer.write(written);
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
            piece.complete();
        }
    }

    /** Writes what is pending, then stops. */
    @Override
    public void close() {
        closing = true;
        try {
            for (Thread writer : writers) {
                writer.join(30_000);
            }
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
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable Throwable failure;
        private @Nullable T value;
        private List<Runnable> afterCommit = List.of();

        Piece(SqlWork.Yielding<T> work, int kilobytes) {
            this.work = work;
            this.kilobytes = kilobytes;
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
