package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.NotYet;
import io.patchbay.canvas.Range;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a system allows per time. */
@Doc("What the system allows per time")
public record RateLimitConfig(
        @Doc("What shares the limit") @Default("instance") Scope scope,

        @Doc("All of these hold at once") List<Policy> policies,

        @NotYet @Nullable Node adaptFromHeaders,

        @NotYet @Nullable Node observe,

        @Doc("What a call does that would pass the limit") @Default("wait")
        OnLimit onLimit,

        @Doc("Longest wait for a free place") @Default("5m") Duration maxWait) {

    /** What shares a limit. */
    public enum Scope {
        /** All flows of an instance. */
        INSTANCE,
        /** All instances of the connector. */
        @NotYet
        CONNECTOR,
        /** All calls with one token. */
        @NotYet
        TOKEN,
        /** All calls from this machine. */
        @NotYet
        IP
    }

    /** What a call does that would pass the limit. */
    public enum OnLimit {
        /** It waits. */
        WAIT,
        /** It fails and may be tried again. */
        FAIL,
        /** It goes back to the queue. */
        @NotYet
        QUEUE
    }

    /** One limit. */
    @Doc("One limit")
    public record Policy(
            @Doc("How the system counts") Algorithm algorithm,

            @Doc("Most calls: at once, in a period, or in one burst") @Range(min = 1, max = 1_000_000)
            int limit,

            @Doc("Calls that become free again per period (tokenBucket)") @Nullable @Range(min = 1, max = 1_000_000)
            Integer refill,

            @Doc("The period") @Nullable Duration period,

            @NotYet @Nullable Node match,

            @NotYet @Nullable Node weight) {

        /** @throws IllegalArgumentException if the numbers do not make a limit */
        public Policy {
            boolean timed = algorithm != Algorithm.CONCURRENCY;
            if (timed && (period == null || period.isZero())) {
                throw new IllegalArgumentException("a limit per time needs a 'period' like 1s");
            }
            if (algorithm == Algorithm.TOKEN_BUCKET && refill == null) {
                throw new IllegalArgumentException("a token bucket needs 'refill': calls that become free per period");
            }
        }
    }

    /** How a system counts. */
    public enum Algorithm {
        /** A bucket of calls that fills again steadily. */
        TOKEN_BUCKET,
        /** So many calls in each period. */
        FIXED_WINDOW,
        /** So many calls at once. */
        CONCURRENCY,
        /** Steady outflow. */
        @NotYet
        LEAKY_BUCKET,
        /** So many calls in any period. */
        @NotYet
        SLIDING_WINDOW,
        /** Calls cost points. */
        @NotYet
        COST
    }
}
