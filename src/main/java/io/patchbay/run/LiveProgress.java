package io.patchbay.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells the history how runs stand that go on for longer than a moment: their counts, log and requests so far, so that people see them
 * before they end. What is told may lag by a second, and is told only when something changed.
 */
public final class LiveProgress implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LiveProgress.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Runner runner;
    private final RunHistory history;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Map<String, Integer> told = new HashMap<>();

    /** @param timer of its own: a database that is slow must hold up nothing else */
    public LiveProgress(Runner runner, RunHistory history, Clock clock, ScheduledExecutorService timer) {
        this.runner = runner;
        this.history = history;
        this.clock = clock;
        this.timer = timer;
    }

    /** Begins to look, each second. */
    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::tell, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tell() {
        try {
            Instant before = clock.instant().minus(EVERY);
            Map<String, Integer> now = new HashMap<>();
            for (Run run : runner.running()) {
                // The head of a callback is written once, when it ends; a parked run was told of when it was parked.
                if (run.identity().journaled() && !run.parked()) {
                    look(run, before, now);
                }
            }
            told.clear();
            told.putAll(now);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the progress of runs is not told", e);
        }
    }

    private void look(Run run, Instant before, Map<String, Integer> now) {
        RunRecord record = run.record();
        if (record.startedAt() == null || record.startedAt().isAfter(before)) {
            return;
        }
        int stands = Objects.hash(
                record.shapes(), record.logs().size(), record.requests().size());
        if (!Objects.equals(told.get(record.id()), stands)) {
            history.progressed(record);
        }
        now.put(record.id(), stands);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
