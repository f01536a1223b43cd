package io.patchbay.runtime;

import io.patchbay.queue.StartQueue;
import io.patchbay.run.Dispatcher;
import io.patchbay.trigger.TriggerRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Begins and ends the runtime. Begin: the first generation of files is taken, then starts are claimed. End: triggers fall
 * silent, nothing more is claimed, runs that go on are waited for; what does not end in time is taken up again from its
 * checkpoints at the next start of the program.
 */
final class Lifecycle {

    private static final System.Logger LOG = System.getLogger(Lifecycle.class.getName());

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

    void end() {
        if (!begun.get() || !ended.compareAndSet(false, true)) {
            return;
        }
        try {
            folders.close();
            triggers.forEach(TriggerRuntime::silence);
            if (!dispatcher.drain(wait)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "runs still go on after {0}; they are taken up again at the next start. {1} starts wait.",
                        wait,
                        queue.queued().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "the runtime did not end cleanly", e);
        }
    }
}
