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
    private final Runnable freed;
    private final Queue<Place> returning = new ArrayDeque<>();
    private int free;
    private int away;
    private int lent;

    /**
     * Places that are all free.
     *
     * @param all how many runs work at one time
     * @param mostAway how many more may wait beside them without a place
     * @param workers carry the runs that come back
     * @param freed told when a run gave a place away; must not wait
     */
    Slots(int all, int mostAway, Executor workers, Runnable freed) {
        this.all = all;
        this.mostAway = mostAway;
        this.workers = workers;
        this.freed = freed;
        this.free = all;
    }

    /** Takes all places that are free and that nobody waits for, for runs that begin; what is not used is released. */
    synchronized int takeAll() {
        int taken = free;
        free = 0;
        return taken;
    }

    /** Gives places back that no run got. */
    synchronized void release(int places) {
        free += places;
        letIn();
        notifyAll();
    }

    /** One of the places that were taken, for the run that begins there. */
    Place place() {
        return new Place();
    }

    private void letIn() {
        while (free > 0 && !returning.isEmpty()) {
            free--;
            returning.remove().enter();
        }
    }

    /** Waits until all runs have ended; false when they have not after the time. */
    synchronized boolean awaitAll(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (free < all || away > 0 || lent > 0) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** A run's place, or its right to one while it is away. */
    final class Place implements Slot {
        private boolean gone;
        private boolean calls;
        private boolean cut;
        private Runnable next = () -> {};

        @Override
        public boolean leave() {
            synchronized (Slots.this) {
                if (cut || away >= mostAway) {
                    return false;
                }
                away++;
                gone = true;
                release(1);
            }
            freed.run();
            return true;
        }

        @Override
        public boolean lend() {
            synchronized (Slots.this) {
                if (cut) {
                    return false;
                }
                lent++;
                calls = true;
                gone = true;
                release(1);
            }
            freed.run();
            return true;
        }

        @Override
        public void back(Runnable goOn) {
            synchronized (Slots.this) {
                if (cut) {
                    workers.execute(goOn); // to its end: no place is needed for that
                    return;
                }
                next = goOn;
                returning.add(this);
                letIn();
            }
        }

        private void enter() {
            returned();
            gone = false;
            workers.execute(next);
        }

        private void returned() {
            if (calls) {
                lent--;
                calls = false;
            } else {
                away--;
            }
        }

        @Override
        public void cut() {
            synchronized (Slots.this) {
                cut = true;
                if (returning.remove(this)) {
                    workers.execute(next);
                }
            }
        }

        /** The run has ended, at its place or away from it. */
        void end() {
            synchronized (Slots.this) {
                if (gone) {
                    returned();
                    Slots.this.notifyAll();
                } else {
                    release(1);
                }
            }
            freed.run();
        }
    }
}
