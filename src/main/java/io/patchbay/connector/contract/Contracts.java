package io.patchbay.connector.contract;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.definition.ContractConfig;
import io.patchbay.connector.definition.TestsConfig;
import io.patchbay.payload.StepException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Reads the endpoints that contracts name, in the background, and keeps what is otherwise in how they answer. Of the runtimes that
 * share a database one makes each look: the row of the instance is claimed in one statement.
 *
 * <p>Not by the scheduler of flows: what it has to know is when the last look was, which stands in the row with what was seen.
 */
public final class Contracts implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Contracts.class.getName());
    private static final String METRIC = "patchbay.contract.findings";

    /** When a look took no place because the instance's limit was used up. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** How long what was seen of an instance is kept that is not there any more. */
    private static final Duration FORGET = Duration.ofDays(30);

    private final Supplier<Catalog> catalog;
    private final Supplier<InstanceCalls> calls;
    private final ContractRows rows;
    private final Clock clock;
    private final Duration every;
    private final ScheduledExecutorService thread;
    private final Map<String, Kept> seen = new ConcurrentHashMap<>();
    private final Map<String, Meter> meters = new ConcurrentHashMap<>();
    private boolean failing;

    /**
     * How the contract of an instance stands.
     *
     * @param endpoint that is read
     * @param every how often
     * @param lookedAt when that was last done, or null
     * @param problem why the last look told nothing, or null
     * @param findings what is otherwise than it was
     */
    public record State(
            String endpoint,
            Duration every,
            @Nullable Instant lookedAt,
            @Nullable String problem,
            List<Finding> findings) {
        public State {
            findings = List.copyOf(findings);
        }
    }

    /** Another runtime looks at the moment. */
    public static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private BusyException() {
            super("another look at this contract is under way; ask again in a moment");
        }
    }

    /**
     * Contracts of instances; nothing is looked at before {@link #start}.
     *
     * @param calls asked for when the first look is made
     */
    public Contracts(Supplier<Catalog> catalog, Supplier<InstanceCalls> calls, DataSource database, Clock clock) {
        this(catalog, calls, database, clock, Duration.ofSeconds(10));
    }

    /** @param every how often it is looked whether a look is due */
    Contracts(
            Supplier<Catalog> catalog,
            Supplier<InstanceCalls> calls,
            DataSource database,
            Clock clock,
            Duration every) {
        this.catalog = catalog;
        this.calls = calls;
        this.rows = new ContractRows(database);
        this.clock = clock;
        this.every = every;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "patchbay-contracts");
            made.setDaemon(true);
            return made;
        });
    }

    /** Begins to look: when calls can be made. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::guarded, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The contract of an instance's connector, or null. */
    public static @Nullable ContractConfig of(Instance instance) {
        TestsConfig tests = instance.connector().config().tests();
        return tests == null ? null : tests.contract();
    }

    /** How it stands, as runtimes last saw it; empty when the instance's connector declares no contract. */
    public Optional<State> state(Instance instance) {
        ContractConfig config = of(instance);
        return config == null
                ? Optional.empty()
                : Optional.of(state(config, current(instance, seen.get(instance.name()))));
    }

    private static State state(ContractConfig config, Kept kept) {
        return new State(config.endpoint(), config.every(), kept.lookedAt(), kept.problem(), kept.findings());
    }

    /**
     * Looks now.
     *
     * @param accept whether how the system answers now is what it is held against from now on
     * @return empty when the connector declares no contract
     * @throws BusyException when another look is under way
     */
    public Optional<State> look(Instance instance, boolean accept) {
        ContractConfig config = of(instance);
        if (config == null) {
            return Optional.empty();
        }
        try {
            rows.add(instance.name());
            Instant now = clock.instant();
            if (!rows.claim(instance.name(), now, now)) {
                throw new BusyException();
            }
            return Optional.of(state(config, claimed(instance, config, accept, true)));
        } catch (DataAccessException e) {
            throw new IllegalStateException("what is kept of contracts cannot be read", e);
        }
    }

    private void guarded() {
        try {
            lookAtAll();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.log(System.Logger.Level.WARNING, "contracts cannot be looked after: " + e.getMessage());
            }
            failing = true;
        }
    }

    private void lookAtAll() {
        Set<String> known = new HashSet<>();
        for (Kept kept : rows.all()) {
            known.add(kept.instance());
            seen.put(kept.instance(), kept);
        }
        Set<String> wanted = new HashSet<>();
        for (Instance instance : catalog.get().instances()) {
            ContractConfig config = of(instance);
            if (config != null) {
                wanted.add(instance.name());
                if (known.add(instance.name())) {
                    rows.add(instance.name());
                }
                measure(instance.name());
                lookIfDue(instance, config);
            }
        }
        forget(known, wanted);
    }

    private void lookIfDue(Instance instance, ContractConfig config) {
        Instant now = clock.instant();
        Kept kept = current(instance, seen.get(instance.name()));
        // Runtimes that have different versions of a connector for a while do not look in turns without end.
        Instant since = now.minus(kept.lookedAt() == null ? AGAIN : config.every());
        Instant last = kept.lookedAt();
        boolean due = last == null || !last.isAfter(since);
        if (due && rows.claim(instance.name(), now, since)) {
            claimed(instance, config, false, false);
        }
    }

    private Kept claimed(Instance instance, ContractConfig config, boolean accept, boolean byHand) {
        String name = instance.name();
        Instant now = clock.instant();
        boolean written = false;
        try {
            Kept before = current(instance, rows.find(name));
            Kept from = accept ? new Kept(name, before.definition(), null, null, List.of(), null, null) : before;
            Endpoint endpoint = instance.endpoint(config.endpoint());
            if (endpoint == null) {
                throw new IllegalStateException("instance " + name + " has no endpoint '" + config.endpoint() + "'");
            }
            InstanceCalls.Outcome outcome =
                    calls.get().call(name, config.endpoint(), Map.of(), "contract-" + UUID.randomUUID(), null);
            StepException failure = outcome.failure();
            if (failure != null
                    && outcome.requests().isEmpty()
                    && failure.code().equals("LIMITED")) {
                // Calls of flows go first; a later look has a place.
                return new Kept(
                        name,
                        before.definition(),
                        before.fields(),
                        before.statusClass(),
                        before.findings(),
                        before.lookedAt(),
                        failure.getMessage());
            }
            Kept after = Judgement.of(
                    from,
                    new Judgement.Answer(outcome.requests(), outcome.answer(), failure),
                    endpoint,
                    config,
                    calls.get()::redacted,
                    now);
            rows.write(after);
            written = true;
            seen.put(name, after);
            tell(name, before, after);
            return after;
        } finally {
            if (!written) {
                rows.release(name, byHand ? now : now.plus(AGAIN));
            }
        }
    }

    /** What was seen of another connector, or of the same one before it was changed, does not count. */
    private static Kept current(Instance instance, @Nullable Kept kept) {
        String definition = definition(instance);
        return kept != null && kept.definition().equals(definition) ? kept : Kept.nothing(instance.name(), definition);
    }

    private static String definition(Instance instance) {
        return instance.connector().id() + " " + instance.connector().hash();
    }

    /** Says what has begun or changed, and what is over, once. */
    private static void tell(String instance, Kept before, Kept after) {
        for (Finding finding : after.findings()) {
            if (!before.findings().contains(finding)) {
                Metrics.counter(
                                "patchbay.contract.changes",
                                "instance",
                                instance,
                                "kind",
                                finding.kind().word())
                        .increment();
                LOG.log(System.Logger.Level.WARNING, "contract of instance {0}: {1}", instance, finding.sentence());
            }
        }
        for (Finding finding : before.findings()) {
            if (after.findings().stream().noneMatch(one -> one.kind() == finding.kind())) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "contract of instance {0}: {1} is over",
                        instance,
                        finding.kind().word());
            }
        }
    }

    private void measure(String instance) {
        meters.computeIfAbsent(
                instance,
                name -> Gauge.builder(METRIC, this, all -> all.count(name))
                        .description("What is otherwise in how a system answers than its contract says")
                        .tag("instance", name)
                        .register(Metrics.globalRegistry));
    }

    private int count(String instance) {
        Kept kept = seen.get(instance);
        return kept == null ? 0 : kept.findings().size();
    }

    private void forget(Set<String> known, Set<String> wanted) {
        for (String name : known) {
            if (!wanted.contains(name)) {
                seen.remove(name);
                Meter meter = meters.remove(name);
                if (meter != null) {
                    Metrics.globalRegistry.remove(meter);
                }
                rows.delete(name, clock.instant().minus(FORGET));
            }
        }
    }

    /** Ends the looking. */
    @Override
    public void close() {
        thread.shutdownNow();
        meters.values().forEach(Metrics.globalRegistry::remove);
    }
}
