package io.patchbay.runtime;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.QueueFullException;
import io.patchbay.route.Flows;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.ReplayJob;
import io.patchbay.run.ReplayJobs;
import io.patchbay.run.RunHistory;
import io.patchbay.store.StoreBusyException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Works at replay jobs: once a second it starts as many runs as the job's rate allows. A payload that was replayed is not found
 * a second time, so a job that another replica takes over goes on behind the last one.
 */
final class ReplayWorker implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ReplayWorker.class.getName());

    private static final Duration TICK = Duration.ofSeconds(1);
    /** Others wait for so long when the program that works at a job is gone. It is renewed with each tick. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    private static final Duration KEPT = Duration.ofDays(30);
    private static final int PART = 100;
    /** Characters of a message that a job keeps. */
    private static final int LONGEST = 2_000;

    private final ReplayJobs jobs;
    private final RunHistory history;
    private final Flows flows;
    private final Clock clock;
    private final String owner = UuidCreator.getTimeOrderedEpoch().toString();
    private final Map<String, Double> credit = new HashMap<>();
    private final ScheduledExecutorService timer;
    private Instant swept = Instant.MIN;

    /** What a tick does with one payload of a job. */
    private enum Taken {
        REPLAYED,
        REFUSED,
        LATER
    }

    /** Begins to work when the first generation is taken: see {@link #start}. */
    ReplayWorker(ReplayJobs jobs, RunHistory history, Flows flows, Clock clock, ScheduledExecutorService timer) {
        this.jobs = jobs;
        this.history = history;
        this.flows = flows;
        this.clock = clock;
        this.timer = timer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a tick tells its failures itself, and ends with the timer
    void start() {
        timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Goes on with every job that is this program's. */
    void tick() {
        try {
            Instant now = clock.instant();
            if (flows.generation() == 0) {
                return; // flows are not there yet
            }
            for (ReplayJob job : jobs.claim(owner, now, LEASE)) {
                try {
                    work(job);
                } catch (RuntimeException e) { // the others do not wait for it
                    LOG.log(System.Logger.Level.WARNING, "replay job " + job.id() + " waits: " + e.getMessage());
                }
            }
            if (swept.isBefore(now.minus(KEPT.dividedBy(KEPT.toDays())))) {
                jobs.sweep(now.minus(KEPT)).join();
                swept = now;
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "replay jobs wait: " + e.getMessage());
        }
    }

    private void work(ReplayJob begun) {
        double may = Math.min(Math.max(1, begun.perSecond()), credit.getOrDefault(begun.id(), 1.0) + begun.perSecond());
        ReplayJob job = begun;
        while (may >= 1 && job.state() == ReplayJob.State.GOING) {
            RunHistory.Slice<FailedPayload> part =
                    history.failed(job.query(), job.last(), (int) Math.min(PART, Math.floor(may)));
            List<ReplayJob.Refusal> refused = new ArrayList<>();
            for (FailedPayload failed : part.data()) {
                if (failed.at().isAfter(job.begunAt())) {
                    job = job.after(ReplayJob.State.DONE, 0, 0, null, null);
                    break;
                }
                String[] why = new String[1];
                Taken taken = take(failed, job, why);
                if (taken == Taken.LATER) {
                    job = job.after(ReplayJob.State.GOING, 0, 0, null, why[0]);
                    may = 0;
                    break;
                }
                may--;
                boolean replayed = taken == Taken.REPLAYED;
                if (!replayed) {
                    refused.add(new ReplayJob.Refusal(failed.id(), String.valueOf(why[0])));
                }
                job = job.after(ReplayJob.State.GOING, replayed ? 1 : 0, replayed ? 0 : 1, failed.id(), why[0]);
            }
            if (job.state() == ReplayJob.State.GOING && part.next() == null && may > 0) {
                job = job.after(ReplayJob.State.DONE, 0, 0, null, null);
            }
            jobs.progressed(job, owner, refused).join();
        }
        if (job.state() == ReplayJob.State.GOING) {
            credit.put(job.id(), may);
        } else {
            credit.remove(job.id());
        }
    }

    private Taken take(FailedPayload failed, ReplayJob job, @Nullable String[] why) {
        try {
            // The start is durable before the payload is marked: after a crash in between it is asked for again.
            flows.replay(failed.id(), new Flows.Replay(null, job.today(), job.from(), job))
                    .join();
            return Taken.REPLAYED;
        } catch (RuntimeException e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            String said = String.valueOf(cause.getMessage());
            why[0] = said.length() > LONGEST ? said.substring(0, LONGEST) : said;
            return passes(cause) ? Taken.LATER : Taken.REFUSED;
        }
    }

    /** Whether it says nothing of the payload: the queue is full, or the store is away. What is wrong with one payload stops no job. */
    private static boolean passes(Throwable cause) {
        return cause instanceof QueueFullException
                || cause instanceof IntakeRefusedException
                || cause instanceof StoreBusyException
                || away(cause);
    }

    /** Reads of the store fail with an exception around what the database said, writes with that itself. */
    private static boolean away(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException said
                    && (said.getSQLState() != null || said instanceof SQLTransientException)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
