package io.patchbay.runtime;

import io.patchbay.canvas.Durations;
import io.patchbay.queue.StartQueue;
import io.patchbay.run.Dispatcher;
import io.patchbay.trigger.TriggerRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins and ends the runtime. Begin: the first generation of files is taken, then starts are claimed. End: triggers fall
 * silent, nothing more is claimed, runs that go on and callers are waited for; what does not end in time is cut short and taken
 * up again from its checkpoints at the next start of the program.
 */
final class Lifecycle {

    /** How long what is cut short may take to come to its end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    // Not the platform's logger: in the packaged jar that goes by java.util.logging, which ends with the first signal.
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Runnable watchFolders;
    private final AutoCloseable folders;
    private final Dispatcher dispatcher;
    private final List<TriggerRuntime> triggers;
    private final StartQueue queue;
    private final Duration wait;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();

    Lifecycle(
            Runnable watchFolders,
            AutoCloseable folders,
            Dispatcher dispatcher,
            List<TriggerRuntime> triggers,
            StartQueue queue,
            Duration wait) {
        this.watchFolders = watchFolders;
        this.folders = folders;
        this.dispatcher = dispatcher;
        this.triggers = List.copyOf(triggers);
        this.queue = queue;
        this.wait = wait;
    }

    void begin() {
        if (begun.compareAndSet(false, true)) {
            watchFolders.run();
            dispatcher.start();
        }
    }

    boolean running() {
        return begun.get() && !ended.get();
    }

    /** Ends the runtime; answers what is left of the time for it. */
    Duration end() {
        if (!begun.get() || !ended.compareAndSet(false, true)) {
            return Duration.ZERO;
        }
        long until = System.nanoTime() + wait.toNanos();
        try {
            folders.close();
            triggers.forEach(TriggerRuntime::silence);
            dispatcher.close();
            // Requests first: as long as one comes in, a run may begin.
            boolean answered = answered(until);
            if (!dispatcher.drain(left(until)) || !answered) {
                leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("the runtime did not end cleanly", e);
        }
        return left(until);
    }

    private void leave() throws InterruptedException {
        LOG.warn(
                "runs or callers are not done after {}; queued runs are taken up again at the next start. {} starts wait.",
                Durations.format(wait),
                queue.queued().values().stream().mapToLong(Long::longValue).sum());
        if (!dispatcher.suspend(GRACE)) {
            LOG.warn("some runs cannot be ended; what they send now may be sent again");
        }
        if (!answered(System.nanoTime() + GRACE.toNanos())) {
            LOG.warn("some callers are cut off without an answer");
        }
    }

    /** Whether all that the triggers took in is answered by then. */
    private boolean answered(long until) throws InterruptedException {
        boolean all = true;
        for (TriggerRuntime trigger : triggers) {
            all &= trigger.drain(left(until));
        }
        return all;
    }

    private static Duration left(long until) {
        return max(Duration.ZERO, Duration.ofNanos(until - System.nanoTime()));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
