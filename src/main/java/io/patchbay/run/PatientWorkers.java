package io.patchbay.run;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Workers that refuse nothing as long as the timer goes: what they cannot take now they get a little later. A run whose next
 * piece of work is refused would never end.
 */
record PatientWorkers(Executor workers, ScheduledExecutorService timer) implements Executor {

    private static final long BUSY_MILLIS = 50;

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
    public void execute(Runnable work) {
        try {
            workers.execute(work);
        } catch (RejectedExecutionException e) {
            timer.schedule(() -> execute(work), BUSY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
