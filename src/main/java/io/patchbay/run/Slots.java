package io.patchbay.run;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * The places of queued runs. A run that waits long gives its place to another one, as long as not too many do so, and gets in
 * again before any run that has not begun, first come first served. Who waits for a place holds none, so nobody waits in a circle.
 */
final class Slots {

    private final int all;
    private final int mostAway;
    private final Executor workers;
    private final Queue<Runnable> returning = new ArrayDeque<>();
    private int free;
    private int away;

    /**
     * Places that are all free.
     *
     * @param all how many runs work at one time
     * @param mostAway how many more may wait beside them without a place
     * @param workers carry the runs that come back
     */
    Slots(int all, int mostAway, Executor workers) {
        this.all = all;
        this.mostAway = mostAway;
        this.workers = workers;
        this.free = all;
    }

    /** Takes all places that are free and that nobody waits for, for runs that begin; what is not used is released. */
    synchronized int takeAll() {
        int taken = free;
        free = 0;
        return taken;
    }

    /** Gives places back. */
    synchronized void release(int places) {
        free += places;
        letIn();
        if (free == all) {
            notifyAll();
        }
    }

    /** Gives a run's place to others while it waits; false when so many do so already that it keeps it. */
    synchronized boolean leave() {
        if (away >= mostAway) {
            return false;
        }
        away++;
        release(1);
        return true;
    }

    /** Goes on as soon as there is a place again. */
    synchronized void back(Runnable goOn) {
        returning.add(goOn);
        letIn();
    }

    private void letIn() {
        while (free > 0 && !returning.isEmpty()) {
            free--;
            away--;
            workers.execute(returning.remove());
        }
    }

    /** Waits until all places are free; false when they are not after the time. */
    synchronized boolean awaitAll(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (free < all) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
