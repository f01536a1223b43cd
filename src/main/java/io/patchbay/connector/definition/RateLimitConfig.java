package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a system allows per time. */
@Doc("What the system allows per time")
public record RateLimitConfig(
        @Doc("What shares the limit") @Default("instance") Scope scope,

        @Doc("All of these hold at once") @Default("[]") List<Policy> policies,

        @Doc("Slow down to what answers say in headers; {} finds the usual ones") @Nullable
        RateHeadersConfig adaptFromHeaders,

        @Doc("Other ways in which answers tell what remains or what a call cost") @Default("[]")
        List<ObserveConfig> observe,

        @Doc("What a call does that would pass the limit") @Default("wait")
        OnLimit onLimit,

        @Doc("Longest wait for a free place") @Default("5m") Duration maxWait) {

    /** @throws IllegalArgumentException if it limits nothing */
    public RateLimitConfig {
        if (policies.isEmpty() && adaptFromHeaders == null && observe.isEmpty()) {
            throw new IllegalArgumentException("a rateLimit needs 'policies', 'adaptFromHeaders' or 'observe'");
        }
    }

    /** What shares a limit. */
    public enum Scope {
        /** All flows of an instance. */
        INSTANCE,
        /** All instances of the connector. */
        CONNECTOR,
        /** All instances of the connector whose secret settings are the same. */
        TOKEN,
        /** All instances of the connector, on each machine for itself. */
        IP
    }

    /** What a call does that would pass the limit. */
    public enum OnLimit {
        /** It waits. */
        WAIT,
        /** It fails and may be tried again. */
        FAIL,
        /** It waits, and a run that would wait long gives its place away until a place is near. */
        QUEUE
    }

    /** One limit. */
    @Doc("One limit")
    public record Policy(
            @Doc("How the system counts") Algorithm algorithm,

            @Doc("Most calls, or points: at once, in a period, or in one burst") @Range(min = 1, max = 1_000_000)
            int limit,

            @Doc("Calls, or points, that become free again per period (tokenBucket, leakyBucket, cost)")
            @Nullable
            @Range(min = 1, max = 1_000_000)
            Integer refill,

            @Doc("The period") @Nullable Duration period,

            @Doc("Calls that it holds for; all when left out") @Nullable
            CallMatch match,

            @Doc("How much one call counts, unless its endpoint says otherwise; first guess of a cost that is learned")
            @Default("1")
            @Range(min = 1, max = 1_000_000)
            int weight) {

        /** @throws IllegalArgumentException if the numbers do not make a limit */
        public Policy {
            boolean timed = algorithm != Algorithm.CONCURRENCY;
            boolean fills = algorithm == Algorithm.TOKEN_BUCKET || algorithm == Algorithm.COST;
            if (timed && (period == null || period.isZero())) {
                throw new IllegalArgumentException("a limit per time needs a 'period' like 1s");
            }
            if (fills && refill == null) {
                throw new IllegalArgumentException(
                        "this algorithm needs 'refill': calls or points that become free per period");
            }
            if (refill != null && !fills && algorithm != Algorithm.LEAKY_BUCKET) {
                throw new IllegalArgumentException("'refill' belongs to tokenBucket, leakyBucket and cost");
            }
            if (weight > limit) {
                throw new IllegalArgumentException(
                        "a call of weight " + weight + " never fits into a limit of " + limit);
            }
            if (weight != 1 && !timed) {
                throw new IllegalArgumentException("concurrency counts calls: 'weight' has no meaning there");
            }
        }
    }

    /** Which calls a limit holds for. */
    @Doc("Which calls a limit holds for; file operations match none")
    public record CallMatch(
            @Doc("HTTP methods; all when left out") @Default("[]")
            List<String> method,

            @Doc("The path as the endpoint declares it; * stands for anything within a part, ** for anything") @Nullable
            String path) {

        /** @throws IllegalArgumentException if it matches all, or a method that there is not */
        public CallMatch {
            if (method.isEmpty() && path == null) {
                throw new IllegalArgumentException("'match' needs 'method' or 'path'");
            }
            for (String one : method) {
                if (!EndpointConfig.METHODS.contains(one)) {
                    throw new IllegalArgumentException(
                            "method '" + one + "' is not one of GET, HEAD, POST, PUT, PATCH, DELETE");
                }
            }
        }
    }

    /** How a system counts. */
    public enum Algorithm {
        /** A bucket of calls that fills again steadily. */
        TOKEN_BUCKET,
        /** A bucket that runs out steadily; without refill calls go out evenly spaced. */
        LEAKY_BUCKET,
        /** So many calls in each period, wherever it begins. */
        FIXED_WINDOW,
        /** So many calls in any period. */
        SLIDING_WINDOW,
        /** So many calls at once. */
        CONCURRENCY,
        /** A bucket of points; what a call costs is its weight, or learned from answers. */
        COST
    }
}
