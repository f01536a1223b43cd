package io.patchbay.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks every few seconds whether another replica changed stored instances. */
final class InstancePoll implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(InstancePoll.class.getName());
    private static final long SECONDS = 5;

    private final Runnable look;
    private final ExecutorService workers;
    private final ScheduledFuture<?> poll;

    InstancePoll(Runnable look, ScheduledExecutorService timer, ExecutorService workers) {
        this.look = look;
        this.workers = workers;
        this.poll = timer.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            workers.execute(this::tryToLook);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "all workers are busy; stored instances are looked at later");
        }
    }

    private void tryToLook() {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "stored instances cannot be looked at now; tried again", e);
        }
    }

    @Override
    public void close() {
        poll.cancel(false);
    }
}
