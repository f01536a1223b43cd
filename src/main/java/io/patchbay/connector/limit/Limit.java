package io.patchbay.connector.limit;

import io.patchbay.connector.definition.RateLimitConfig.Policy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One declared limit and how far it is used. Times are nanoseconds of one clock; used under the lock of its turns. */
abstract sealed class Limit permits Limit.Concurrency, Limit.Window, Limit.Bucket, Pause, Remaining {

    /** What a limit answers when only the end of a running call can make room. */
    static final long UNTIL_DONE = Long.MAX_VALUE;

    /** How much of it calls on their way have taken. */
    long running;

    /** What of it this runtime may use, where others use it too; null where it is all ours. */
    @Nullable
    Share share;

    /** As {@link #untilFree}, of the share of this runtime. */
    final long untilOurs(int weight, long now) {
        Share mine = share;
        if (mine == null) {
            return untilFree(weight, now);
        }
        mine.wanted(weight, now);
        return mine.holds(now) ? untilFree(weight, now) : UNTIL_DONE;
    }

    /** Uses no more than this of what was declared. */
    void cap(int units, long now) {}

    /**
     * Uses no more than this from now on.
     *
     * @return what must be kept as ours: more as long as the system may still count what was sent
     */
    int lower(int units, long now) {
        cap(units, now);
        return (int) Math.max(units, inUse(now));
    }

    /** What of a share the system may still count. */
    long inUse(long now) {
        return running;
    }

    /** Nanoseconds until one more call of this weight fits: 0 for now, {@link #UNTIL_DONE} when a running call must end first. */
    abstract long untilFree(int weight, long now);

    /** The heaviest call that can ever go out. */
    abstract int most();

    /** A call goes out. */
    void take(int weight, long now) {
        running += weight;
    }

    /**
     * A call ended.
     *
     * @param cost what it really cost; its weight where that is not known
     */
    void done(int weight, int cost, long now) {
        running -= weight;
    }

    static Limit of(Policy policy, long now) {
        return switch (policy.algorithm()) {
            case TOKEN_BUCKET, COST -> bucket(policy, policy.limit(), Objects.requireNonNull(policy.refill()), now);
            case LEAKY_BUCKET ->
                policy.refill() == null
                        ? bucket(policy, policy.weight(), policy.limit(), now)
                        : bucket(policy, policy.limit(), policy.refill(), now);
            case FIXED_WINDOW, SLIDING_WINDOW ->
                new Window(
                        policy.limit(), Objects.requireNonNull(policy.period()).toNanos());
            case CONCURRENCY -> new Concurrency(policy.limit());
        };
    }

    private static Bucket bucket(Policy policy, int size, int refill, long now) {
        return new Bucket(
                size, refill / (double) Objects.requireNonNull(policy.period()).toNanos(), now);
    }

    /** So many calls at once. */
    static final class Concurrency extends Limit {
        private final int limit;
        private int ours;

        Concurrency(int limit) {
            this.limit = limit;
            this.ours = limit;
        }

        @Override
        void cap(int units, long now) {
            ours = units;
        }

        @Override
        int most() {
            return limit;
        }

        @Override
        long untilFree(int weight, long now) {
            return running + weight <= ours ? 0 : UNTIL_DONE;
        }
    }

    /**
     * So many calls per period, wherever the system's periods begin: a place becomes free one period after the answer of the
     * call that took it, so no stretch of a period's length holds more.
     */
    static final class Window extends Limit {
        private final int limit;
        private final long period;
        private int ours;
        private final Deque<Ended> ended = new ArrayDeque<>();
        private long used;

        private record Ended(long at, int cost) {}

        Window(int limit, long period) {
            this.limit = limit;
            this.ours = limit;
            this.period = period;
        }

        @Override
        int most() {
            return limit;
        }

        @Override
        void cap(int units, long now) {
            ours = units;
        }

        @Override
        long inUse(long now) {
            while (!ended.isEmpty() && now - ended.element().at() > period) {
                used -= ended.remove().cost();
            }
            return running + used;
        }

        @Override
        long untilFree(int weight, long now) {
            long over = inUse(now) + weight - ours;
            if (weight > ours) {
                return UNTIL_DONE;
            }
            for (Ended one : ended) {
                if (over <= 0) {
                    break;
                }
                over -= one.cost();
                if (over <= 0) {
                    return period - (now - one.at()) + 1;
                }
            }
            return over <= 0 ? 0 : UNTIL_DONE;
        }

        @Override
        void done(int weight, int cost, long now) {
            super.done(weight, cost, now);
            used += cost;
            ended.add(new Ended(now, cost));
        }
    }

    /**
     * A bucket of calls that fills steadily. What is taken out is taken when the answer is here: until then the system's own
     * bucket may still have been full, and a full bucket does not fill.
     */
    static final class Bucket extends Limit {
        private final int limit;
        private final double perNano;
        private double ours;
        private double level;
        private long at;

        Bucket(int limit, double perNano, long now) {
            this.limit = limit;
            this.perNano = perNano;
            this.ours = limit;
            this.level = limit;
            this.at = now;
        }

        @Override
        int most() {
            return limit;
        }

        private void fill(long now) {
            level = Math.min(ours, level + (now - at) * perNano * ours / limit);
            at = now;
        }

        /** What is new begins empty: what was in it is gone with whoever had it. */
        @Override
        void cap(int units, long now) {
            fill(now);
            ours = units;
            level = Math.min(level, units);
        }

        /** More was sent than is in it now, and only what is kept fills it again. */
        @Override
        int lower(int units, long now) {
            cap(units, now);
            ours = Math.max(units, inUse(now));
            return (int) ours;
        }

        @Override
        long inUse(long now) {
            return (long) Math.ceil(Math.max(0, running - level));
        }

        @Override
        long untilFree(int weight, long now) {
            fill(now);
            double free = level - running;
            if (free >= weight) {
                return 0;
            }
            return ours - running < weight
                    ? UNTIL_DONE
                    : (long) Math.ceil((weight - free) / (perNano * ours / limit)) + 1;
        }

        @Override
        void done(int weight, int cost, long now) {
            super.done(weight, cost, now);
            fill(now);
            level -= cost;
        }

        /** The system says that less is left, the call of this weight that it says so to counted already. */
        void left(long remaining, int weight, long now) {
            fill(now);
            level = Math.min(level, (double) remaining + weight);
        }
    }
}
