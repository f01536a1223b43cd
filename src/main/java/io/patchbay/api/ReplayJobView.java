package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.ReplayJob;
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

        @Doc("Why the last one could not be, or what it waits for") @Nullable
        String message) {

    static ReplayJobView of(ReplayJob job) {
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
                job.message());
    }
}
