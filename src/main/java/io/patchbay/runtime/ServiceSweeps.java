package io.patchbay.runtime;

import io.patchbay.flow.Flow;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.QueueFullException;
import io.patchbay.route.Flows;
import io.patchbay.route.PlacedService;
import io.patchbay.service.Sweep;
import io.patchbay.service.report.ItemStatus;
import io.patchbay.service.report.ReportQuery;
import io.patchbay.service.report.Reported;
import io.patchbay.service.report.Resync;
import io.patchbay.service.report.SweepTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** At the times that services say, sends their failed items again, in environments as outside. All replicas look; each time is taken by one of them. */
final class ServiceSweeps implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ServiceSweeps.class.getName());
    private static final Duration TICK = Duration.ofSeconds(20);
    /** How far back a sweep looks: as long as a report goes. */
    private static final Duration BACK = Duration.ofDays(15);

    private static final int PART = 100;
    /** Items of one sweep; the next one goes on. */
    private static final int MOST_PARTS = 100;

    private final Supplier<List<PlacedService>> services;
    private final Flows flows;
    private final Resync resync;
    private final SweepTimes times;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    /**
     * Looks from {@link #start} on.
     *
     * @param services in all their places
     */
    ServiceSweeps(
            Supplier<List<PlacedService>> services,
            Flows flows,
            Resync resync,
            SweepTimes times,
            Clock clock,
            ScheduledExecutorService timer) {
        this.services = services;
        this.flows = flows;
        this.resync = resync;
        this.times = times;
        this.clock = clock;
        this.timer = timer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a tick tells its failures itself, and ends with the timer
    void start() {
        timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once. What fails of one service leaves the others alone. */
    void tick() {
        for (PlacedService service : services.get()) {
            try {
                look(service);
            } catch (RuntimeException | Error e) { // a tick that throws would be the last
                LOG.log(
                        System.Logger.Level.WARNING,
                        "service " + service.flow() + " is swept at its next time: " + e.getMessage());
            }
        }
    }

    private void look(PlacedService service) {
        Sweep sweep = service.file().sweep();
        if (sweep == null || service.status() != Flow.Status.ACTIVE || !runs(service)) {
            return;
        }
        String zone = service.file().source().zone();
        Instant now = clock.instant();
        Instant due = sweep.before(now, zone == null ? ZoneOffset.UTC : ZoneId.of(zone));
        if (times.take(service.flow(), due)) {
            sweep(new Reported(service.flow(), service.file(), true), now);
        }
    }

    private boolean runs(PlacedService service) {
        return flows.flow(service.flow())
                .filter(flow -> flow.enabled() && flow.revision() != null)
                .isPresent();
    }

    /** What is pending is what can be tried again and has had fewer tries than it may. */
    private void sweep(Reported of, Instant now) {
        ReportQuery pending = new ReportQuery(Set.of(ItemStatus.PENDING), null, null, now.minus(BACK), now);
        String after = null;
        long again = 0;
        for (int part = 0; part < MOST_PARTS; part++) {
            Resync.Done done = resync.again(of, pending, after, PART);
            again += done.outcomes().stream().filter(one -> one.run() != null).count();
            Throwable full = full(done);
            if (full != null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the sweep of service " + of.flow() + " ends early: " + full.getMessage());
                break;
            }
            after = done.next();
            if (after == null) {
                break;
            }
        }
        if (again > 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "service " + of.flow() + " was swept: " + again + " items are sent again");
        }
    }

    private static @Nullable Throwable full(Resync.Done done) {
        return done.outcomes().stream()
                .<@Nullable Throwable>map(Resync.Outcome::cause)
                .filter(cause -> cause instanceof QueueFullException || cause instanceof IntakeRefusedException)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
