package io.patchbay.payload;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads that all readers ahead and writers behind share; when all are taken, whoever asks works by itself. */
final class Beside {

    private static final int MOST_THREADS = 32;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final ThreadPoolExecutor THREADS =
            new ThreadPoolExecutor(0, MOST_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "patchbay-beside-" + NUMBER.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    private Beside() {}

    /** Begins some work on another thread; false when none is to be had. */
    static boolean begin(Runnable task) {
        try {
            THREADS.execute(task);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            return false;
        }
    }

    /** What came of some work, which is done here when no thread has begun with it. What it threw is thrown. */
    static <T extends @Nullable Object> T result(FutureTask<T> task) {
        boolean interrupted = false;
        task.run(); // nothing, where a thread has begun
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
