package io.patchbay.connector.limit;

import io.patchbay.connector.definition.RateLimitConfig.Policy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/** One declared limit and how far it is used. Times are nanoseconds of one clock; used under the governor's lock. */
abstract sealed class Limit {

    /** What a limit answers when only the end of a running call can make room. */
    static final long UNTIL_DONE = Long.MAX_VALUE;

    /** How many calls are on their way. */
    int running;

    /** Nanoseconds until one more call fits: 0 for now, {@link #UNTIL_DONE} when a running call must end first. */
    abstract long untilFree(long now);

    /** A call goes out. */
    void take(long now) {
        running++;
    }

    /** A call ended. */
    void done(long now) {
        running--;
    }

    static Limit of(Policy policy, long now) {
        return switch (policy.algorithm()) {
            case TOKEN_BUCKET ->
                new Bucket(
                        policy.limit(),
                        Objects.requireNonNull(policy.refill())
                                / (double)
                                        Objects.requireNonNull(policy.period()).toNanos(),
                        now);
            case FIXED_WINDOW ->
                new Window(
                        policy.limit(), Objects.requireNonNull(policy.period()).toNanos());
            default -> new Concurrency(policy.limit());
        };
    }

    /** So many calls at once. */
    static final class Concurrency extends Limit {
        private final int limit;

        Concurrency(int limit) {
            this.limit = limit;
        }

        @Override
        long untilFree(long now) {
            return running < limit ? 0 : UNTIL_DONE;
        }
    }

    /**
     * So many calls per period, wherever the system's periods begin: a place becomes free one period after the answer of the
     * call that took it, so no stretch of a period's length holds more.
     */
    static final class Window extends Limit {
        private final int limit;
        private final long period;
        private final Deque<Long> ended = new ArrayDeque<>();

        Window(int limit, long period) {
            this.limit = limit;
            this.period = period;
        }

        @Override
        long untilFree(long now) {
            while (!ended.isEmpty() && now - ended.peekFirst() > period) {
                ended.pollFirst();
            }
            if (running + ended.size() < limit) {
                return 0;
            }
            return ended.isEmpty() ? UNTIL_DONE : period - (now - ended.peekFirst()) + 1;
        }

        @Override
        void done(long now) {
            super.done(now);
            ended.addLast(now);
        }
    }

    /**
     * A bucket of calls that fills steadily. What is taken out is taken when the answer is here: until then the system's own
     * bucket may still have been full, and a full bucket does not fill.
     */
    static final class Bucket extends Limit {
        private final int limit;
        private final double perNano;
        private double level;
        private long at;

        Bucket(int limit, double perNano, long now) {
            this.limit = limit;
            this.perNano = perNano;
            this.level = limit;
            this.at = now;
        }

        private void fill(long now) {
            level = Math.min(limit, level + (now - at) * perNano);
            at = now;
        }

        @Override
        long untilFree(long now) {
            fill(now);
            double free = level - running;
            if (free >= 1) {
                return 0;
            }
            return limit - running < 1 ? UNTIL_DONE : (long) Math.ceil((1 - free) / perNano) + 1;
        }

        @Override
        void done(long now) {
            super.done(now);
            fill(now);
            level -= 1;
        }
    }
}
