package io.patchbay.route.folder;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches {@code routes/} and {@code connectors/} of several roots by looking again and again, which works on mounted config
 * maps and network folders where events of the file system do not arrive. A later root adds files and overrides those with
 * the same path. Changes are taken when one further look finds them at rest, all together as one {@link Snapshot}; while
 * something goes on changing for a second, what is at rest is taken without it, so a file is never taken half-written.
 */
public final class RouteFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFolder.class);

    private static final long PAUSE = 150;
    /** A change is looked at again after this; together with the pause a changed file is taken within 300 ms. */
    private static final long CONFIRM = 100;
    /** With very many files a look costs more than a moment: then it is done less often, but at least this often. */
    private static final long LONGEST_PAUSE = 700;

    private static final int PAUSE_PER_LOOK = 16;

    private final Generations generations;
    private final Thread thread;

    /**
     * Watches these roots once started.
     *
     * @param roots built-in first, the customer's after; one that does not exist is as if it were empty
     * @param consumer gets every snapshot whole, one after the other; it must not block for long
     */
    public RouteFolder(List<Path> roots, FolderLimits limits, Consumer<Snapshot> consumer) {
        this.generations = new Generations(roots, limits, consumer, System::nanoTime);
        this.thread = new Thread(this::watch, "patchbay-folder");
        thread.setDaemon(true);
    }

    /** Hands over the first snapshot on the caller's thread, then watches. */
    public void start() {
        generations.first();
        thread.start();
    }

    /** Stops watching; a snapshot that is being handed over is finished first. */
    @Override
    public void close() {
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void watch() {
        long pause = PAUSE;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
            try {
                pause = pauseAfterLook();
            } catch (RuntimeException e) {
                LOG.error("Looking at the folders failed; it is tried again.", e);
                pause = LONGEST_PAUSE;
            }
        }
    }

    private long pauseAfterLook() {
        long begun = System.nanoTime();
        boolean changing = generations.look();
        long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        return changing ? CONFIRM : Math.min(LONGEST_PAUSE, Math.max(PAUSE, spent * PAUSE_PER_LOOK));
    }
}
