package io.patchbay.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks each second for payloads that have waited long enough, and for events that missed theirs. All replicas look; each decision is
 * written once.
 */
final class WaitsTick implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WaitsTick.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration COUNT = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final int PART = 100;
    private static final int PARTS = 10;

    private final LiveWaits waits;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private Instant counted = Instant.MIN;
    private Instant swept = Instant.MIN;

    /** Looks from {@link #start} on. */
    WaitsTick(LiveWaits waits, Clock clock, ScheduledExecutorService timer) {
        this.waits = waits;
        this.clock = clock;
        this.timer = timer;
    }

    /** Counts, so that bounds hold from the first payload on, and begins to look. */
    @SuppressWarnings("FutureReturnValueIgnored") // a tick tells its failures itself, and ends with the timer
    void start() {
        waits.count();
        counted = clock.instant();
        timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once. What fails leaves the rest alone. */
    void tick() {
        part(this::expire);
        part(waits.events()::missed);
        Instant now = clock.instant();
        if (!counted.plus(COUNT).isAfter(now)) {
            counted = now;
            part(waits::count);
        }
        if (swept.equals(Instant.MIN) || !swept.plus(SWEEP).isAfter(now)) {
            swept = now;
            part(waits.events()::sweep);
            part(waits::sweep);
        }
    }

    private void expire() {
        for (int part = 0; part < PARTS && waits.expire(PART); part++) {
            // In parts, so that the rest is not kept waiting for long.
        }
    }

    private static void part(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) { // a tick that throws would be the last
            LOG.log(System.Logger.Level.WARNING, "payloads that wait are looked at again: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
