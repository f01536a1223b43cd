package io.patchbay.trigger.subscription;

import io.patchbay.connector.Catalog;
import io.patchbay.payload.StepException;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.InstanceWebhook;
import io.patchbay.trigger.TriggerRuntime;
import io.patchbay.trigger.intake.InstanceEvents;
import io.patchbay.trigger.subscription.Asking.Told;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Keeps systems told which of their events flows take, in the background. Every runtime renews in the database that it wants an
 * event; one that nobody wants for a while is ended. So neither a restart, nor a runtime that has a flow while another has it no
 * more, ends a subscription.
 */
public final class Subscriptions implements TriggerRuntime, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Subscriptions.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int ENDINGS = 20;
    private static final int ENDINGS_BEFORE_ANEW = 3;
    private static final String NO_ADDRESS = "nobody told under which address systems reach the intake: set"
            + " patchbay.public-url (PATCHBAY_PUBLIC_URL), like https://patchbay.example.com";

    private final SubscriptionRows rows;
    private final Asking asking;
    private final Clock clock;
    private final Times times;
    private final ScheduledExecutorService thread;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Map<InstanceEvent, Mine> mine = new HashMap<>();
    private final Map<InstanceEvent, String> complaints = new HashMap<>();
    private volatile Set<InstanceEvent> taken = Set.of();
    private volatile @Nullable Instant started;
    private volatile long looks;
    private boolean failing;

    /**
     * What it works with.
     *
     * @param publicUrl what addresses begin with, or null
     */
    public record Parts(
            Supplier<Catalog> catalog,
            InstanceEvents events,
            Calls calls,
            DataSource database,
            @Nullable String publicUrl,
            Clock clock) {}

    /**
     * How often it looks.
     *
     * @param every between looks
     * @param lease how long an event is kept that nobody takes
     * @param first wait after a failure, twice as long after each further one
     */
    record Times(Duration every, Duration lease, Duration first) {}

    /**
     * What this runtime did for an event.
     *
     * @param tried what it last tried to tell
     * @param done what it last told
     * @param request the id of what it is telling
     */
    private record Mine(@Nullable String tried, @Nullable String done, String request) {}

    /**
     * How an event stands.
     *
     * @param subscribed whether the system was told
     * @param sentence what is the matter, or null
     */
    public record State(
            String instance,
            String event,
            boolean subscribed,
            @Nullable String sentence) {}

    /** Subscriptions in the table {@code event_subscription}; nothing is done before {@link #start}. */
    public Subscriptions(Parts parts) {
        this(parts, new Times(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofSeconds(10)));
    }

    Subscriptions(Parts parts, Times times) {
        this.rows = new SubscriptionRows(parts.database());
        this.asking = new Asking(parts.catalog(), parts.events(), parts.calls(), parts.publicUrl());
        this.clock = parts.clock();
        this.times = times;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "patchbay-subscriptions");
            made.setDaemon(true);
            return made;
        });
    }

    /** Begins to tell: when the intake is open, because a system may try the address while it is told. */
    public void start() {
        started = clock.instant();
        var unused =
                thread.scheduleWithFixedDelay(this::guarded, 0, times.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void replace(Collection<DeployedTrigger> all) {
        Set<InstanceEvent> now = new HashSet<>();
        for (DeployedTrigger deployed : all) {
            if (deployed.trigger() instanceof InstanceWebhook of) {
                now.add(new InstanceEvent(of.instance(), of.event()));
            }
        }
        taken = Set.copyOf(now);
        if (started != null && asked.compareAndSet(false, true)) {
            try {
                thread.execute(this::guarded);
            } catch (RejectedExecutionException e) {
                asked.set(false); // the program ends
            }
        }
    }

    /** The subscriptions of all runtimes, and what is wanted here and cannot be had. */
    public List<State> states() {
        try {
            List<State> states = new ArrayList<>();
            Set<InstanceEvent> known = new HashSet<>();
            for (Subscription of : rows.all()) {
                known.add(of.key());
                boolean silent = of.told() == null && !asking.knowsAddress() && taken.contains(of.key());
                states.add(new State(
                        of.key().instance(), of.key().event(), of.told() != null, silent ? NO_ADDRESS : of.failure()));
            }
            taken.stream()
                    .filter(key -> !known.contains(key) && asking.asksFor(key) && !asking.knowsAddress())
                    .forEach(key -> states.add(new State(key.instance(), key.event(), false, NO_ADDRESS)));
            return states;
        } catch (DataAccessException e) {
            throw new IllegalStateException("subscriptions cannot be read", e);
        }
    }

    /** How often it has looked whether everything is as it should be. */
    long looks() {
        return looks;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts
    private void guarded() {
        asked.set(false);
        try {
            settle();
            looks++;
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.log(System.Logger.Level.WARNING, "subscriptions cannot be looked after: " + e.getMessage());
            }
            failing = true;
        }
    }

    private void settle() {
        Set<InstanceEvent> wanted = new HashSet<>();
        for (InstanceEvent key : taken) {
            if (asking.asksFor(key)) {
                wanted.add(key);
            }
        }
        Map<InstanceEvent, Subscription> kept = new HashMap<>();
        rows.all().forEach(of -> kept.put(of.key(), of));
        for (InstanceEvent key : wanted) {
            keep(key, kept.get(key));
        }
        for (Subscription of : kept.values()) {
            if (!wanted.contains(of.key())) {
                letGo(of);
            }
        }
        complaints.keySet().removeIf(key -> !wanted.contains(key) && !kept.containsKey(key));
        mine.keySet().removeIf(key -> !wanted.contains(key) && !kept.containsKey(key));
    }

    private void keep(InstanceEvent key, @Nullable Subscription before) {
        Told told = asking.told(key).orElse(null);
        if (told == null && before == null) {
            complain(key, asking.knowsAddress() ? null : "is not subscribed: " + NO_ADDRESS);
            return;
        }
        Instant now = clock.instant();
        if (before == null
                || before.wantedUntil().isBefore(now.plus(times.lease().dividedBy(2)))) {
            rows.want(key, now, now.plus(times.lease()));
        }
        if (told == null) {
            complain(key, asking.knowsAddress() ? null : "is not subscribed anew: " + NO_ADDRESS);
            return;
        }
        Subscription of = before == null ? rows.find(key) : before;
        Mine own = mine.get(key);
        if (of == null || told.hash().equals(of.told())) {
            return;
        }
        if (of.told() != null && own != null && told.hash().equals(own.done())) {
            complain(
                    key,
                    "was subscribed by another runtime with another address or definition: give all of them the same"
                            + " patchbay.public-url and the same files");
            return;
        }
        boolean same = own != null && told.hash().equals(own.tried());
        if ((!same || !of.nextAt().isAfter(now)) && rows.claim(key, now)) {
            try {
                Subscription claimed = rows.find(key);
                if (claimed != null && !told.hash().equals(claimed.told())) {
                    subscribe(same ? claimed : claimed.afresh(), told);
                }
            } finally {
                rows.release(key);
            }
        }
    }

    private void subscribe(Subscription of, Told told) {
        InstanceEvent key = of.key();
        Mine own = mine.get(key);
        String request = own != null && told.hash().equals(own.tried()) ? own.request() : id();
        mine.put(key, new Mine(told.hash(), own == null ? null : own.done(), request));
        Subscription now = of;
        try {
            if (now.told() != null) {
                endBeforeAnew(now);
                now = now.ended();
                rows.write(now);
            }
            String id = asking.begin(key, told, request).orElse(null);
            String problem = id == null ? asking.noId(key) : null;
            rows.write(now.begun(told.hash(), told.address(), id, problem));
            mine.put(key, new Mine(told.hash(), told.hash(), id()));
            complain(key, problem == null ? null : "is subscribed, but " + problem);
            LOG.log(System.Logger.Level.INFO, "{0} is subscribed at {1}", key, told.address());
        } catch (StepException e) {
            rows.write(failed(now, "cannot be subscribed: ", e));
        }
    }

    /** @throws StepException when it is to be tried again; after some tries it is left to a person */
    private void endBeforeAnew(Subscription of) throws StepException {
        try {
            if (!asking.end(of, id())) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} is subscribed anew, and its connector cannot end what was subscribed at {1}: end it in the system",
                        of.key(),
                        of.address());
            }
        } catch (StepException e) {
            if (of.attempts() + 1 < ENDINGS_BEFORE_ANEW) {
                throw e;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    of.key() + " is subscribed anew, and what was subscribed at " + of.address()
                            + " could not be ended; end it in the system: " + e.getMessage());
        }
    }

    /** Ends what nobody takes any more. After a start others, and files that are mended, have the time of a lease. */
    private void letGo(Subscription of) {
        Instant now = clock.instant();
        boolean early =
                started == null || now.isBefore(Objects.requireNonNull(started).plus(times.lease()));
        if (early || !of.wantedUntil().isBefore(now) || of.nextAt().isAfter(now) || !rows.claim(of.key(), now)) {
            return;
        }
        try {
            Subscription claimed = rows.find(of.key());
            if (claimed != null && claimed.wantedUntil().isBefore(now)) {
                end(claimed, now);
            }
        } finally {
            rows.release(of.key());
        }
    }

    private void end(Subscription of, Instant now) {
        try {
            if (of.told() != null && !asking.end(of, id())) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "no flow takes {0} any more, and its connector cannot end the subscription: end it in the system",
                        of.key());
            } else if (of.told() != null) {
                LOG.log(System.Logger.Level.INFO, "{0} is not subscribed any more", of.key());
            }
        } catch (StepException e) {
            if (of.attempts() + 1 < ENDINGS) {
                rows.write(failed(of, "is taken by no flow any more, and its subscription cannot be ended: ", e));
                return;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    of.key() + ": its subscription could not be ended in " + ENDINGS
                            + " tries and is forgotten; end it in the system: " + e.getMessage());
        }
        rows.write(of.ended());
        rows.forget(of.key(), now);
        mine.remove(of.key());
        complaints.remove(of.key());
    }

    private Subscription failed(Subscription of, String what, StepException e) {
        int attempts = of.attempts() + 1;
        Duration wait = times.first().multipliedBy(1L << Math.min(attempts - 1, 20));
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        complain(of.key(), what + e.getMessage());
        return of.failed(attempts, clock.instant().plus(bounded), what + e.getMessage());
    }

    /** Says what is the matter, when it is new. */
    private void complain(InstanceEvent key, @Nullable String what) {
        String before = what == null ? complaints.remove(key) : complaints.put(key, what);
        if (what != null && !what.equals(before)) {
            LOG.log(System.Logger.Level.WARNING, key + " " + what);
        }
    }

    private static String id() {
        return "subscription-" + UUID.randomUUID();
    }

    /** Nothing is ended with the program: it will go on. */
    @Override
    public void silence() {
        thread.shutdown();
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
