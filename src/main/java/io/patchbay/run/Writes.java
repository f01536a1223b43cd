package io.patchbay.run;

import java.util.concurrent.CompletableFuture;

/** Writes of a run that are on their way to the disk, in the order in which they were handed in. */
final class Writes {

    private CompletableFuture<Void> pending = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> marks = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> lastMark = CompletableFuture.completedFuture(null);

    /** Adds a checkpoint write that the next outside effect waits for. */
    synchronized void await(CompletableFuture<Void> write) {
        pending = both(pending, write);
    }

    /**
     * Adds the mark of an outside effect that happened. The next effect does not wait for it, only for the marks before it:
     * while one mark is on its way to the disk, one effect may be on its way too, and a crash repeats no more than both.
     */
    synchronized void mark(CompletableFuture<Void> write) {
        marks = both(marks, lastMark);
        lastMark = write;
    }

    /** Completes when what the next outside effect depends on is synced. */
    synchronized CompletableFuture<Void> ready() {
        return both(pending, marks);
    }

    /** Completes when all writes so far are synced. */
    synchronized CompletableFuture<Void> settled() {
        return both(both(pending, marks), lastMark);
    }

    private static CompletableFuture<Void> both(CompletableFuture<Void> before, CompletableFuture<Void> write) {
        if (write.isDone() && !write.isCompletedExceptionally()) {
            return before;
        }
        return before.isDone() && !before.isCompletedExceptionally() ? write : CompletableFuture.allOf(before, write);
    }
}
