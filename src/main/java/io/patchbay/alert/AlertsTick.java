package io.patchbay.alert;

import io.patchbay.alert.FlowAlerts.Look;
import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.notification.Notifier;
import io.patchbay.run.counts.RunCounts;
import io.patchbay.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks every few seconds, and at once when a run failed, at what is the matter, and sends what is to be said. On a thread of its
 * own: a mail server that does not answer keeps nothing waiting but further alerts.
 */
public final class AlertsTick implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AlertsTick.class.getName());
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration SLOW = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofHours(1);

    private final JdbcAlerts alerts;
    private final JdbcMutes mutes;
    private final MuteEnds muteEnds;
    private final Outbox outbox;
    private final PastRuns past;
    private final FlowAlerts flows;
    private final SystemAlerts systems;
    private final ScheduleAlerts schedules;
    private final ExpiryAlerts expiries;
    private final VolumeAlerts volumes;
    private final FlowWatch watch;
    private final Watched watched;
    private final AlertProperties settings;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private boolean caughtUp;
    private Instant slow = Instant.MIN;
    private Instant swept = Instant.MIN;

    /**
     * What it works with.
     *
     * @param late starts by schedule that were late
     * @param counts what runs of the days before added up to
     * @param publicUrl where this runtime is reached, for links; or null
     * @param redactor takes known secrets out of a text
     */
    public record Parts(
            Store store,
            Notifier notifier,
            FlowWatch watch,
            LateStarts late,
            Watched watched,
            RunCounts counts,
            @Nullable String publicUrl,
            UnaryOperator<String> redactor) {}

    /** Looks from {@link #start} on. */
    public AlertsTick(Parts parts, AlertProperties settings, Clock clock, ScheduledExecutorService timer) {
        AlertMessages messages = new AlertMessages(parts.store(), parts.notifier(), parts.publicUrl());
        this.alerts = new JdbcAlerts(parts.store(), messages);
        this.mutes = new JdbcMutes(parts.store(), parts.notifier(), clock);
        this.outbox = new Outbox(messages, parts.notifier(), clock, parts.redactor());
        this.past = new PastRuns(parts.store());
        this.flows = new FlowAlerts(alerts, past, settings.to());
        this.systems = new SystemAlerts(alerts, past, parts.watched(), mutes, settings);
        this.schedules = new ScheduleAlerts(alerts, parts.late(), parts.watched(), flows, settings.scheduleLate());
        this.expiries = new ExpiryAlerts(alerts, parts.watched(), settings);
        this.volumes = new VolumeAlerts(alerts, parts.counts(), new GoingFlows(parts.store()), flows);
        this.muteEnds = new MuteEnds(mutes, alerts, this::receivers);
        this.watch = parts.watch();
        this.watched = parts.watched();
        this.settings = settings;
        this.clock = clock;
        this.timer = timer;
    }

    /** What was told. */
    public Alerts alerts() {
        return alerts;
    }

    /** What is muted. */
    public Mutes mutes() {
        return mutes;
    }

    /** Who is told of a flow; null while no flow is known, as the program begins. */
    private @Nullable List<String> receivers(String flow) {
        Map<String, WatchedFlow> all = watched.flows();
        if (all.isEmpty()) {
            return null;
        }
        WatchedFlow found = all.get(flow);
        return found == null ? settings.to() : flows.receivers(found.settings());
    }

    /** Begins to look. */
    @SuppressWarnings("FutureReturnValueIgnored") // a tick tells its failures itself, and ends with the timer
    public void start() {
        watch.onFailure(() -> {
            try {
                timer.execute(this::tick);
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, "the program ends; what failed is told of when it begins again");
            }
        });
        timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once. What fails leaves the rest alone. */
    void tick() {
        part(this::look);
        part(this::program);
        part(() -> alerts.sayWhatGoesOn(clock.instant()));
        part(() -> muteEnds.look(clock.instant()));
        part(outbox::send);
        Instant now = clock.instant();
        if (swept.equals(Instant.MIN) || !swept.plus(SWEEP).isAfter(now)) {
            swept = now;
            part(() -> alerts.sweep(now.minus(settings.keep())));
        }
    }

    private void look() {
        Instant now = clock.instant();
        Map<String, WatchedFlow> all = watched.flows();
        Map<String, Tally> tallies = watch.take();
        try {
            flows(all, tallies, now);
        } finally {
            tallies.forEach(watch::giveBack);
        }
    }

    /** Takes out of the tallies what was worked on. */
    private void flows(Map<String, WatchedFlow> all, Map<String, Tally> tallies, Instant now) {
        Map<String, Alert> open = alerts.open();
        catchUp(all, tallies.keySet(), open, now);
        Map<String, Instant> failed = new HashMap<>();
        tallies.forEach((flow, tally) -> {
            if (tally.failure() != null) {
                failed.put(flow, tally.failure().at());
            }
        });
        Set<String> excused = systems.instances(all, failed, open, flows, now);
        Map<String, Instant> since = past.watched();
        for (WatchedFlow flow : all.values()) {
            Look at = new Look(flow, tallies.get(flow.id()), open, excused.contains(flow.id()), now);
            if (part(() -> {
                flows.look(at);
                flows.noSuccess(at, since.get(flow.id()));
            })) {
                tallies.remove(flow.id());
            }
        }
        tallies.keySet().retainAll(all.keySet()); // others are gone
        if (!all.isEmpty()) {
            flows.forget(all.keySet(), open, since.keySet(), now);
        }
    }

    /** Once, when the flows are there. */
    private void catchUp(Map<String, WatchedFlow> all, Set<String> seen, Map<String, Alert> open, Instant now) {
        if (caughtUp || all.isEmpty()) {
            return;
        }
        Map<String, List<Alert>> outages = systems.outages(now.minus(FlowAlerts.NEWS));
        for (WatchedFlow flow : all.values()) {
            String id = flow.id();
            if (!seen.contains(id)) {
                Alert failing = open.get(Occurrence.key(AlertKind.FAILED_RUNS, id));
                part(() -> flows.catchUp(flow, failing, outages.getOrDefault(id, List.of()), now));
            }
        }
        caughtUp = true;
        open.clear();
        open.putAll(alerts.open());
    }

    private void program() {
        Instant now = clock.instant();
        Map<String, Alert> open = alerts.open();
        systems.disk(open, now);
        if (slow.equals(Instant.MIN) || !slow.plus(SLOW).isAfter(now)) {
            slow = now;
            Map<String, WatchedFlow> all = watched.flows();
            systems.queue(all, open, now);
            schedules.look(all, open, now);
            expiries.look(open, now);
            volumes.look(all, open, now);
        }
    }

    /** Leaves the parts behind it alone when it fails; returns whether it did not. */
    private static boolean part(Runnable part) {
        try {
            part.run();
            return true;
        } catch (RuntimeException | Error e) { // a tick that throws would be the last
            LOG.log(System.Logger.Level.WARNING, "alerts are looked at again: " + e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
