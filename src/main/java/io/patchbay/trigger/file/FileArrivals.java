package io.patchbay.trigger.file;

import io.patchbay.trigger.Arrival;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.Starts;
import io.patchbay.trigger.TriggerRuntime;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The running watches. A trigger that did not change keeps its watch through redeploys.
 *
 * <p>Not Camel's file and SFTP consumers: those let a file go when the exchange that carries it ends, and here the exchange would
 * end with the durable start, long before the run whose outcome decides; they keep what they have seen in a repository that
 * knows nothing of runs; and a consumer is bound to one login, where an instance's file may change at any time and is shared with
 * the flows that call it, down to its rate limit.
 *
 * <p>A place that hangs holds up only itself: each instance has a few looks at a time, and a look that stands still is ended.
 */
public final class FileArrivals implements TriggerRuntime, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FileArrivals.class.getName());

    private static final int MOST_LOOKS = 16;
    private static final int MOST_OF_AN_INSTANCE = 4;
    private static final Duration STILL = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Parts parts;
    private final Duration still;
    private final Leases leases;
    private final Map<Key, Watching> watches = new HashMap<>();
    private final Set<Watching> looking = new LinkedHashSet<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, named("patchbay-file-timer-"));
    private final ExecutorService lookers = Executors.newFixedThreadPool(MOST_LOOKS, named("patchbay-file-"));
    private boolean silent;

    /**
     * What watches use.
     *
     * @param folders finds folders
     * @param starts where starts are written
     * @param bodies keeps content
     * @param outcomes knows how runs ended
     * @param database holds the rows of taken files, in the database in which starts are written
     * @param owner this replica; the same after a restart
     * @param clock the time
     */
    public record Parts(
            Folders folders,
            Starts starts,
            Bodies bodies,
            Outcomes outcomes,
            DataSource database,
            String owner,
            Clock clock) {}

    private record Key(String flow, Arrival what) {}

    /** A watch and the look that is on its way. */
    private static final class Watching {
        private final Key key;
        private final Watch watch;
        private @Nullable Look look;
        private boolean ended;

        Watching(Key key, Watch watch) {
            this.key = key;
            this.watch = watch;
        }
    }

    /** Watches nothing yet. */
    public FileArrivals(Parts parts) {
        this(parts, STILL);
    }

    /** @param still how long an operation may stand still */
    @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled reports its own failures
    FileArrivals(Parts parts, Duration still) {
        this.parts = parts;
        this.still = still;
        this.leases = new Leases(parts.database(), parts.owner(), parts.clock());
        long often = Math.max(1, still.toMillis() / 10);
        timer.scheduleWithFixedDelay(this::endWhatStandsStill, often, often, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void replace(Collection<DeployedTrigger> all) {
        Set<Key> wanted = new LinkedHashSet<>();
        for (DeployedTrigger deployed : all) {
            if (deployed.trigger() instanceof Arrival what) {
                wanted.add(new Key(deployed.flow(), what));
            }
        }
        if (silent) {
            return;
        }
        for (Watching gone : List.copyOf(watches.values())) {
            if (!wanted.contains(gone.key)) {
                watches.remove(gone.key);
                end(gone);
            }
        }
        for (Key key : wanted) {
            if (!watches.containsKey(key)) {
                Watching fresh = new Watching(key, new Watch(key.flow(), key.what(), parts, leases));
                watches.put(key, fresh);
                lookAfter(fresh, Duration.ZERO);
            }
        }
    }

    @Override
    public void silence() {
        synchronized (this) {
            silent = true;
            watches.values().forEach(FileArrivals::end);
            watches.clear();
        }
        try {
            leases.release();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "the folders' leases end by themselves: {0}", e.getMessage());
        }
    }

    /** Waits a little for looks that are on their way. */
    @Override
    public void close() {
        silence();
        timer.shutdownNow();
        lookers.shutdown();
        try {
            if (!lookers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "a look at a folder does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Watching watching) {
        watching.ended = true;
        Look look = watching.look;
        if (look != null) {
            look.cancel();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the look reports its own failures
    private void lookAfter(Watching watching, Duration pause) {
        try {
            timer.schedule(() -> begin(watching), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            watching.ended = true; // the program ends
        }
    }

    private synchronized void begin(Watching watching) {
        if (watching.ended) {
            return;
        }
        String instance = watching.key.what().instance();
        long ofInstance = looking.stream()
                .filter(other -> other.key.what().instance().equals(instance))
                .count();
        if (ofInstance >= MOST_OF_AN_INSTANCE || looking.size() >= MOST_LOOKS) {
            lookAfter(watching, SOON);
            return;
        }
        watching.look = new Look();
        looking.add(watching);
        try {
            lookers.execute(() -> look(watching));
        } catch (RejectedExecutionException e) {
            looking.remove(watching); // the program ends
        }
    }

    private void look(Watching watching) {
        boolean more = false;
        try {
            more = watching.watch.look(Objects.requireNonNull(watching.look));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a look of flow " + watching.key.flow() + " at its folder failed", e);
        }
        synchronized (this) {
            watching.look = null;
            looking.remove(watching);
            if (!watching.ended) {
                lookAfter(watching, more ? Duration.ZERO : watching.key.what().every());
            }
        }
    }

    private void endWhatStandsStill() {
        List<Look> now;
        synchronized (this) {
            now = looking.stream()
                    .map(watching -> watching.look)
                    .filter(Objects::nonNull)
                    .toList();
        }
        now.forEach(look -> look.endIfStill(still.toNanos()));
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
