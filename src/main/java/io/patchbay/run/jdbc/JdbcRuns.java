package io.patchbay.run.jdbc;

import io.patchbay.queue.Acknowledgements;
import io.patchbay.queue.StartLists;
import io.patchbay.run.CallResults;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.Cursors;
import io.patchbay.run.KnownLists;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunListener;
import io.patchbay.run.segment.CapturedSegments;
import io.patchbay.store.Store;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Checkpoints and history on one store; closing it writes what waits of the story. */
public final class JdbcRuns implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(JdbcRuns.class.getName());
    private static final int SWEEP_SECONDS = 10;

    private final Telemetry telemetry;
    private final CapturedSegments segments;
    private final JdbcCheckpoints checkpoints;
    private final JdbcHistory history;
    private final JdbcCursors cursors;
    private final JdbcListKeys keys;
    private final JdbcCaches caches;
    private final ResultRows results;
    private final ScheduledExecutorService sweeper;
    private final ScheduledExecutorService reliever;

    /** Opens both, sweeps every ten minutes, and at once when the disk fills up, and puts right what a former life of this process left as running. */
    public JdbcRuns(Store store, Acknowledgements queue, StartLists starts, HistoryProperties bounds, Clock clock) {
        this(store, queue, starts, bounds, CapturedSegments.Outside.NOWHERE, clock);
    }

    /**
     * The same with a store of objects.
     *
     * @param outside where captured payloads are brought
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a sweep reports its own failures
    public JdbcRuns(
            Store store,
            Acknowledgements queue,
            StartLists starts,
            HistoryProperties bounds,
            CapturedSegments.Outside outside,
            Clock clock) {
        RunRows rows = new RunRows(store.database().dialect(), store.folder().owner());
        CapturedRows captured = new CapturedRows(store);
        this.segments = new CapturedSegments(store, bounds.mostCaptured().toBytes(), outside, clock);
        FailedRows failures = new FailedRows(store);
        RunRetention retention = new RunRetention(store, starts, bounds, captured, segments, failures);
        this.cursors = new JdbcCursors(store, clock);
        this.keys = new JdbcListKeys(store, clock);
        this.caches = new JdbcCaches(store, clock);
        this.results = new ResultRows(store);
        this.sweeper = thread("patchbay-retention");
        this.reliever = thread("patchbay-disk-relief");
        DroppedKeys dropped = new DroppedKeys(store);
        this.telemetry = new Telemetry(store, rows, segments);
        this.checkpoints = new JdbcCheckpoints(
                store,
                queue,
                rows,
                telemetry,
                failures,
                cursors,
                keys,
                results,
                () -> soon(() -> dropped.sweep(clock.instant())));
        this.history = new JdbcHistory(store, starts, telemetry, captured, segments, failures, retention);
        DiskRelief relief = new DiskRelief(store, segments, retention, clock);
        retention.putRight();
        sweeper.scheduleWithFixedDelay(
                () -> tried("what is past its time could not be swept", () -> {
                    retention.sweep(clock.instant());
                    dropped.sweep(clock.instant());
                    results.sweep(clock.instant().minus(bounds.keep()));
                    caches.sweep().sweep(clock.instant());
                }),
                1,
                10,
                TimeUnit.MINUTES);
        reliever.scheduleWithFixedDelay(
                () -> tried("no room could be made on the disk", relief::look), 1, 1, TimeUnit.SECONDS);
    }

    /** A thread of its own each: a sweep may wait for a store of objects, and a full disk cannot. */
    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** An exception would end the schedule for ever. */
    private static void tried(String failed, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, failed + "; trying again later", e);
        }
    }

    private void soon(Runnable sweep) {
        if (!sweeper.isShutdown()) {
            try {
                sweeper.execute(sweep);
            } catch (RejectedExecutionException e) {
                // the next life of the program sweeps
            }
        }
    }

    /** Caches of flows. */
    public JdbcCaches caches() {
        return caches;
    }

    /** Told of each run that is over: what it had in caches is freed. */
    public RunListener freeing() {
        return record -> {
            if (caches.wrote(record.id())) {
                soon(() -> caches.sweep().free(record.id()));
            }
        };
    }

    /** What called runs leave for those that wait for them. */
    public CallResults results() {
        return results;
    }

    /** The promise. */
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /** The story. */
    public RunHistory history() {
        return history;
    }

    /** How far flows came in lists that grow. */
    public Cursors cursors() {
        return cursors;
    }

    /** Lists whose keys are kept. */
    public KnownLists knownLists() {
        return keys;
    }

    /** Writes at once what waits of the story. */
    public void flush() {
        telemetry.write();
    }

    /** A thread that is interrupted while it writes closes H2's file for all others, so a sweep may end first. */
    private static void end(ScheduledExecutorService sweeper) {
        sweeper.shutdown();
        try {
            if (!sweeper.awaitTermination(SWEEP_SECONDS, TimeUnit.SECONDS)) {
                sweeper.shutdownNow();
            }
        } catch (InterruptedException e) {
            sweeper.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        sweeper.shutdown();
        end(reliever);
        end(sweeper);
        telemetry.close();
        segments.close();
    }
}
