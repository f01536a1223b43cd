package io.patchbay.runtime;

import io.patchbay.flow.Flow;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.QueueFullException;
import io.patchbay.route.Flows;
import io.patchbay.service.ServiceFile;
import io.patchbay.service.ServiceReader.Service;
import io.patchbay.service.Services;
import io.patchbay.service.Sweep;
import io.patchbay.service.report.ItemStatus;
import io.patchbay.service.report.ReportQuery;
import io.patchbay.service.report.Resync;
import io.patchbay.service.report.SweepTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** At the times that services say, sends their failed items again. All replicas look; each time is taken by one of them. */
final class ServiceSweeps implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ServiceSweeps.class.getName());
    private static final Duration TICK = Duration.ofSeconds(20);
    /** How far back a sweep looks: as long as a report goes. */
    private static final Duration BACK = Duration.ofDays(15);

    private static final int PART = 100;
    /** Items of one sweep; the next one goes on. */
    private static final int MOST_PARTS = 100;

    private final Services services;
    private final Flows flows;
    private final Resync resync;
    private final SweepTimes times;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    /** Looks from {@link #start} on. */
    ServiceSweeps(
            Services services,
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
        for (Service service : services.list()) {
            try {
                look(service.file());
            } catch (RuntimeException | Error e) { // a tick that throws would be the last
                LOG.log(
                        System.Logger.Level.WARNING,
                        "service " + service.file().service() + " is swept at its next time: " + e.getMessage());
            }
        }
    }

    private void look(ServiceFile service) {
        Sweep sweep = service.sweep();
        if (sweep == null || service.status() != Flow.Status.ACTIVE || !runs(service)) {
            return;
        }
        String zone = service.source().zone();
        Instant now = clock.instant();
        Instant due = sweep.before(now, zone == null ? ZoneOffset.UTC : ZoneId.of(zone));
        if (times.take(service.service(), due)) {
            sweep(service, now);
        }
    }

    private boolean runs(ServiceFile service) {
        return flows.flow(service.service())
                .filter(flow -> flow.enabled() && flow.revision() != null)
                .isPresent();
    }

    /** What is pending is what can be tried again and has had fewer tries than it may. */
    private void sweep(ServiceFile service, Instant now) {
        ReportQuery pending = new ReportQuery(Set.of(ItemStatus.PENDING), null, null, now.minus(BACK), now);
        String after = null;
        long again = 0;
        for (int part = 0; part < MOST_PARTS; part++) {
            Resync.Done done = resync.again(service, true, pending, after, PART);
            again += done.outcomes().stream().filter(one -> one.run() != null).count();
            Throwable full = full(done);
            if (full != null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the sweep of service " + service.service() + " ends early: " + full.getMessage());
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
                    "service " + service.service() + " was swept: " + again + " items are sent again");
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
