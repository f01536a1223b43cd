package io.patchbay.connector.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Counts calls as a system does that allows not one more than it declares. */
public interface StrictCounter {

    /** Whether a call of this weight, which comes now, is allowed. */
    boolean comes(int weight);

    /** A call goes, whose cost is known now. */
    default void goes(int weight, int cost) {}

    /** What remains, if it is known. */
    default long remaining() {
        return -1;
    }

    /** So many in each period that begins at a multiple of its length. */
    static StrictCounter fixedWindow(int limit, long millis) {
        return new StrictCounter() {
            private long window;
            private int used;

            @Override
            public synchronized boolean comes(int weight) {
                long now = System.nanoTime() / TimeUnit.MILLISECONDS.toNanos(millis);
                used = now == window ? used : 0;
                window = now;
                used += weight;
                return used <= limit;
            }

            @Override
            public synchronized long remaining() {
                return Math.max(0, limit - used);
            }
        };
    }

    /** So many in any stretch of a period. */
    static StrictCounter slidingWindow(int limit, long millis) {
        return new StrictCounter() {
            private final Deque<long[]> seen = new ArrayDeque<>();

            @Override
            public synchronized boolean comes(int weight) {
                long now = System.nanoTime();
                while (!seen.isEmpty() && now - seen.element()[0] >= TimeUnit.MILLISECONDS.toNanos(millis)) {
                    seen.remove();
                }
                seen.add(new long[] {now, weight});
                return seen.stream().mapToLong(one -> one[1]).sum() <= limit;
            }
        };
    }

    /** A bucket that begins full; what a call did not cost is put back. */
    static StrictCounter bucket(int limit, double perSecond) {
        return new StrictCounter() {
            private double level = limit;
            private long at = System.nanoTime();

            private void fill() {
                long now = System.nanoTime();
                level = Math.min(limit, level + (now - at) / 1e9 * perSecond);
                at = now;
            }

            @Override
            public synchronized boolean comes(int weight) {
                fill();
                if (level < weight) {
                    return false;
                }
                level -= weight;
                return true;
            }

            @Override
            public synchronized void goes(int weight, int cost) {
                fill();
                level = Math.min(limit, level + weight - cost);
            }

            @Override
            public synchronized long remaining() {
                fill();
                return (long) level;
            }
        };
    }

    /** So many at once. */
    static StrictCounter concurrency(int limit) {
        return new StrictCounter() {
            private int running;

            @Override
            public synchronized boolean comes(int weight) {
                running++;
                return running <= limit;
            }

            @Override
            public synchronized void goes(int weight, int cost) {
                running--;
            }
        };
    }
}
