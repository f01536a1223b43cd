package io.patchbay.connector.limit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Standing;
import io.patchbay.connector.definition.EndpointLimitConfig;
import io.patchbay.connector.definition.RateLimitConfig;
import io.patchbay.connector.definition.RateLimitConfig.Algorithm;
import io.patchbay.connector.definition.RateLimitConfig.OnLimit;
import io.patchbay.connector.definition.RateLimitConfig.Policy;
import io.patchbay.connector.definition.RateLimitConfig.Scope;
import io.patchbay.connector.limit.Places.Part;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The governors of all instances, and the limits that they share: a limit stays when an instance is read again, as long as what
 * was declared is the same.
 */
public final class Governors {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final String MACHINE = "ip:";

    private final ScheduledExecutorService timer;
    private final Map<String, Turns> turns = new ConcurrentHashMap<>();
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
    private final Map<Key, Limit> limits = new ConcurrentHashMap<>();

    /** What makes a limit one: who shares it, and what was declared (a {@link Policy}, or how long what is told holds). */
    private record Key(String shared, Object declared) {}

    private final @Nullable Shares shares;
    private final boolean limiting;

    /**
     * Governors that are woken by a timer.
     *
     * @param shares what is shared with other runtimes; null when there are none
     */
    public Governors(ScheduledExecutorService timer, @Nullable Shares shares) {
        this(timer, shares, true);
    }

    /**
     * Governors of systems that are asked, or of those that others stand in for.
     *
     * @param limits whether what is declared is kept: nobody has to be spared where no system is reached
     */
    public Governors(ScheduledExecutorService timer, @Nullable Shares shares, boolean limits) {
        this.timer = timer;
        this.shares = shares;
        this.limiting = limits;
    }

    /** The governors of one instance, and how it stands. */
    public interface OfInstance {
        /** The governor of an endpoint's calls; with null of calls that are no endpoint's, under the limits for all. */
        Governor of(@Nullable Endpoint endpoint);

        /** What calls tell of the instance. */
        Standing standing();
    }

    /**
     * The governors of an instance.
     *
     * @param values its settings, with secrets
     * @param standing is told of waits
     */
    public OfInstance of(Instance instance, ObjectNode values, Standing standing) {
        return new OfInstance() {
            @Override
            public Governor of(@Nullable Endpoint endpoint) {
                return Governors.this.of(instance, values, standing, endpoint);
            }

            @Override
            public Standing standing() {
                return standing;
            }
        };
    }

    private Governor of(Instance instance, ObjectNode values, Standing standing, @Nullable Endpoint endpoint) {
        List<RateLimitConfig> configs = Stream.of(
                        instance.connector().config().rateLimit(),
                        instance.config().rateLimit())
                .filter(Objects::nonNull)
                .map(RateLimitConfig.class::cast)
                .toList();
        Turns all = turns.computeIfAbsent(instance.connector().id(), id -> new Turns(timer, System::nanoTime));
        Duration maxWait = configs.stream()
                .map(RateLimitConfig::maxWait)
                .min(Duration::compareTo)
                .orElse(LONGEST);
        boolean fails = configs.stream().anyMatch(config -> config.onLimit() == OnLimit.FAIL);
        boolean queues = configs.stream().anyMatch(config -> config.onLimit() == OnLimit.QUEUE);
        RateReader reader = RateReader.of(configs);
        EndpointLimitConfig own = endpoint == null ? null : endpoint.config().rateLimit();
        Integer weight = own == null ? null : own.weight();
        Set<Part> parts = new LinkedHashSet<>();
        for (RateLimitConfig config : configs) {
            String shared = shared(config.scope(), instance, values);
            config.policies().stream()
                    .filter(policy -> Matching.holds(policy.match(), endpoint))
                    .forEach(policy -> add(parts, shared, policy, weight, all));
        }
        if (own != null && endpoint != null) {
            String shared = shared(Scope.INSTANCE, instance, values) + "/" + endpoint.id();
            own.policies().forEach(policy -> add(parts, shared, policy, weight, all));
        }
        String widest = configs.isEmpty()
                ? shared(Scope.INSTANCE, instance, values)
                : shared(configs.get(0).scope(), instance, values);
        if (reader.reads()) {
            Limit remaining = limits.computeIfAbsent(new Key(widest, maxWait), key -> new Remaining(maxWait));
            boolean points = parts.stream().anyMatch(Part::points);
            parts.add(new Part(remaining, weight == null ? 1 : weight, points));
        }
        Pause pause = pauses.computeIfAbsent(widest, key -> new Pause());
        return new Governor(
                all,
                pause,
                new Places(limiting ? List.copyOf(parts) : List.of()),
                new Rules(fails, queues, maxWait, reader, standing));
    }

    private void add(Set<Part> parts, String shared, Policy policy, @Nullable Integer weight, Turns all) {
        boolean calls = policy.algorithm() == Algorithm.CONCURRENCY;
        int counts = calls || weight == null ? policy.weight() : weight;
        if (counts > 0) {
            Limit limit = limits.computeIfAbsent(new Key(shared, policy), key -> limit(shared, policy, all));
            parts.add(new Part(limit, counts, policy.algorithm() == Algorithm.COST));
        }
    }

    private Limit limit(String shared, Policy policy, Turns all) {
        Limit limit = Limit.of(policy, all.now());
        if (shares != null && !shared.startsWith(MACHINE)) {
            shares.add(shared, policy, limit, all);
        }
        return limit;
    }

    private static String shared(Scope scope, Instance instance, ObjectNode values) {
        String connector = instance.connector().id();
        return switch (scope) {
            case INSTANCE -> "instance:" + connector + "/" + instance.name();
            case CONNECTOR -> "connector:" + connector;
            case TOKEN -> "token:" + connector + "/" + Credentials.digest(instance, values);
            case IP -> MACHINE + connector;
        };
    }
}
