package io.patchbay.runtime;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.queue.QueuedStart;
import io.patchbay.queue.StartLists;
import io.patchbay.run.CallResult;
import io.patchbay.run.CallResults;
import io.patchbay.run.RunListener;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.shape.runflow.FlowCalls.Call;
import io.patchbay.shape.runflow.FlowCalls.Ended;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The called runs that runs in this process wait for. A run that ends here is looked at once; one that another replica runs is found
 * when all are asked for together, each second.
 */
final class AwaitedRuns implements RunListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AwaitedRuns.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    /** Whether starts are still there is asked in each such tick. */
    private static final int SELDOM = 10;

    private final CallResults results;
    private final StartLists starts;
    private final Clock clock;
    private final int most;
    private final ScheduledExecutorService timer;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private int ticks;

    private record Waiting(String flow, CompletableFuture<Ended> end) {}

    /** Waits for nothing yet; looks for ends from {@link #start} on. */
    AwaitedRuns(CallResults results, StartLists starts, Clock clock, int most, ScheduledExecutorService timer) {
        this.results = results;
        this.starts = starts;
        this.clock = clock;
        this.most = most;
        this.timer = timer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a tick tells its failures itself, and ends with the timer
    void start() {
        timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why no further run may be waited for, or null. */
    @Nullable
    StepException full() {
        return waiting.size() < most
                ? null
                : new StepException(
                        Owner.LIMIT,
                        "CALLS_FULL",
                        "as many called runs are waited for as may be (patchbay.runs.calls: " + most + ")",
                        null,
                        true,
                        TRY_AGAIN);
    }

    /** A call that has ended before; null when there was none. @throws IllegalStateException when the store does not tell */
    @Nullable
    Call before(String run, String flow) {
        return results.find(Set.of(run)).stream()
                .findFirst()
                .map(result -> new Call(run, result.endedAt(), CompletableFuture.completedFuture(ended(flow, result))))
                .orElse(null);
    }

    /** A run that was called. */
    Call call(String run, String flow) {
        Instant since = starts.find(run).map(QueuedStart::queuedAt).orElseGet(clock::instant);
        Waiting one = waiting.compute(
                run,
                // One that was given up is of an earlier life of its caller.
                (id, known) ->
                        known == null || known.end().isDone() ? new Waiting(flow, new CompletableFuture<>()) : known);
        var unused = one.end().whenComplete((end, failed) -> waiting.remove(run, one));
        soon(Set.of(run)); // it may have ended before
        return new Call(run, since, one.end());
    }

    @Override
    public void ended(RunRecord record) {
        if (waiting.containsKey(record.id())) {
            soon(Set.of(record.id()));
        }
    }

    private void soon(Set<String> runs) {
        try {
            timer.execute(() -> guarded(() -> look(runs)));
        } catch (RejectedExecutionException e) {
            // the program ends; its next life asks again
        }
    }

    /** Looks for ends of all that is waited for. */
    void tick() {
        guarded(() -> {
            Set<String> all = new HashSet<>(waiting.keySet());
            look(all);
            if (++ticks % SELDOM == 0) {
                all.retainAll(waiting.keySet());
                gone(all);
            }
        });
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) { // a tick that throws would be the last
            LOG.log(System.Logger.Level.WARNING, "what came of called runs is asked again: " + e.getMessage());
        }
    }

    private void look(Collection<String> runs) {
        if (runs.isEmpty()) {
            return;
        }
        for (CallResult result : results.find(runs)) {
            Waiting one = waiting.get(result.run());
            if (one != null) {
                one.end().complete(ended(one.flow(), result));
            }
        }
    }

    private static Ended ended(String flow, CallResult result) {
        String code = result.code();
        StepException why = code == null
                ? null
                : new StepException(
                        Owner.AUTHOR,
                        code,
                        "run " + result.run() + " of flow '" + flow + "' failed: " + result.message());
        return new Ended(result.payload(), result.status() == RunStatus.PARTIAL, why);
    }

    /** A start that an operator took out of the queue has no end. */
    private void gone(Set<String> runs) {
        List<String> left = new ArrayList<>();
        for (String run : runs) {
            QueuedStart start = starts.find(run).orElse(null);
            if (start == null) {
                left.add(run);
            } else if (start.state() == QueuedStart.State.QUARANTINED) {
                fails(
                        run,
                        "CALL_QUARANTINED",
                        "was put aside: the program ended too often while it ran; release its start");
            }
        }
        look(left); // it may have ended meanwhile
        for (String run : left) {
            fails(run, "CALL_GONE", "will not be: its start was taken out of the queue");
        }
    }

    private void fails(String run, String code, String why) {
        Waiting one = waiting.get(run);
        if (one != null) {
            String message = "run " + run + " of flow '" + one.flow() + "' " + why;
            one.end().completeExceptionally(new StepException(Owner.AUTHOR, code, message));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
