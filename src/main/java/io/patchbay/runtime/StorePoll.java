package io.patchbay.runtime;

import io.patchbay.store.Store;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks every few seconds whether another replica changed something that is kept in the database. */
final class StorePoll implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StorePoll.class.getName());
    private static final long SECONDS = 5;

    private final String what;
    private final Runnable look;
    private final ExecutorService workers;
    private final ScheduledFuture<?> poll;

    private StorePoll(String what, Runnable look, ScheduledExecutorService timer, ExecutorService workers) {
        this.what = what;
        this.look = look;
        this.workers = workers;
        this.poll = timer.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Begins to look; where no other replica uses the store it looks at nothing.
     *
     * @param what is looked at, for the log
     */
    static StorePoll of(
            Store store, String what, Runnable look, ScheduledExecutorService timer, ExecutorService workers) {
        boolean shared = store.database().dialect().shared();
        return new StorePoll(what, shared ? look : () -> {}, timer, workers);
    }

    private void look() {
        try {
            workers.execute(this::tryToLook);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "all workers are busy; {0} are looked at later", what);
        }
    }

    private void tryToLook() {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, what + " cannot be looked at now; tried again", e);
        }
    }

    @Override
    public void close() {
        poll.cancel(false);
    }
}
