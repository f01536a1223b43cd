package io.patchbay.trial;

import io.patchbay.payload.Rest;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer by which the waits of flows and connectors are over at once; what ends something that takes too long keeps its time. */
final class TrialTimer extends ScheduledThreadPoolExecutor {

    private final TrialClock clock;

    TrialTimer(TrialClock clock) {
        super(1, Threads.named("patchbay-trial-timer-"));
        this.clock = clock;
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        if (!(command instanceof Rest)) {
            return super.schedule(command, delay, unit);
        }
        clock.moves(Duration.of(Math.max(0, delay), unit.toChronoUnit()));
        return super.schedule(command, 0, unit);
    }
}
