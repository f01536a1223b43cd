package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.ReplayJob;
import io.patchbay.run.ReplayJobs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job that replays many failed payloads. */
@Doc("A job that replays many failed payloads")
record ReplayJobView(
        String id,
        @Doc("Which ones") ReplayFilter filter,

        @Doc("The shape at which they enter; null for the one in which each failed") @Nullable
        String from,

        @Doc("Whether they run under the flow as it is now") boolean today,
        @Doc("At most so many a second") double perSecond,
        Instant begunAt,
        @Doc("What it does") ReplayJob.State state,
        @Doc("How many runs were started") long replayed,

        @Doc("How many payloads could not be replayed; they stay as they are")
        long refused,

        @Doc("How many payloads it has yet to take, counted up to 10,000; null when it does not go on") @Nullable
        Integer waiting,

        @Doc("Why the last one could not be, or what it waits for") @Nullable
        String message) {

    static ReplayJobView of(ReplayJob job, ReplayJobs jobs) {
        return new ReplayJobView(
                job.id(),
                ReplayFilter.of(job.query()),
                job.from(),
                job.today(),
                job.perSecond(),
                job.begunAt(),
                job.state(),
                job.replayed(),
                job.refused(),
                job.state() == ReplayJob.State.GOING ? jobs.waiting(job) : null,
                job.message());
    }
}
