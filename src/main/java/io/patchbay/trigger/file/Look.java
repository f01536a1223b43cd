package io.patchbay.trigger.file;

import io.patchbay.connector.file.Folder;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** One look at a folder: the operation that is on its way can be ended from outside, and what stands still is seen. */
final class Look implements Folder.Call {

    private @Nullable Runnable close;
    private boolean cancelled;
    private boolean idle = true;
    private boolean stoodStill;
    private volatile long movedAt = System.nanoTime();

    /** An operation on a folder. */
    interface Work<T> {
        T run() throws StepException;
    }

    /** Does one operation. What it said about its end holds no longer than it lasts. */
    <T> T doing(Work<T> work) throws StepException {
        moved();
        synchronized (this) {
            idle = false;
        }
        try {
            return work.run();
        } finally {
            synchronized (this) {
                idle = true;
                close = null;
            }
        }
    }

    @Override
    public void moved() {
        movedAt = System.nanoTime();
    }

    /** Ends the look if an operation has stood still for longer than this. */
    void endIfStill(long nanos) {
        synchronized (this) {
            if (idle || cancelled || System.nanoTime() - movedAt < nanos) {
                return;
            }
            stoodStill = true;
        }
        cancel();
    }

    /** Whether it was ended because it stood still, and not because it is not wanted any more. */
    synchronized boolean stoodStill() {
        return stoodStill;
    }

    /** Ends the operation that is on its way, and every further one. */
    void cancel() {
        Runnable current;
        synchronized (this) {
            cancelled = true;
            current = close;
            close = null;
        }
        if (current != null) {
            current.run();
        }
    }

    @Override
    public void onCancel(Runnable action) {
        boolean late;
        synchronized (this) {
            late = cancelled;
            close = action;
        }
        if (late) {
            action.run();
        }
    }

    @Override
    public synchronized boolean cancelled() {
        return cancelled;
    }
}
