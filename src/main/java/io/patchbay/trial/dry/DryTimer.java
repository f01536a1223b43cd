package io.patchbay.trial.dry;

import io.patchbay.payload.Rest;
import io.patchbay.trial.Threads;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer by which waits of flows take a second at most; what ends something that takes too long keeps its time. */
final class DryTimer extends ScheduledThreadPoolExecutor {

    private static final long LONGEST_MILLIS = 1_000;

    DryTimer() {
        super(1, Threads.named("patchbay-dry-timer-"));
        setRemoveOnCancelPolicy(true);
        setKeepAliveTime(10, TimeUnit.SECONDS);
        allowCoreThreadTimeOut(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return command instanceof Rest && unit.toMillis(delay) > LONGEST_MILLIS
                ? super.schedule(command, LONGEST_MILLIS, TimeUnit.MILLISECONDS)
                : super.schedule(command, delay, unit);
    }
}
