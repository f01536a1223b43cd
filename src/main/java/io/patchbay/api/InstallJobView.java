package io.patchbay.api;

import io.patchbay.blueprint.InstallJobs;
import io.patchbay.blueprint.Plan;
import io.patchbay.canvas.Doc;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An install, upgrade or removal that goes on or ended. */
@Doc("An install, upgrade or removal that goes on or ended")
record InstallJobView(
        String id,
        @Doc("What it is") Plan.Verb verb,
        @Doc("Name of the install") String name,
        @Doc("Id of the blueprint, with versions") String blueprint,

        @Doc("How it stands; of a failed one nothing was changed")
        InstallJobs.State state,

        @Doc("How many tests ran") int tests,
        @Doc("Why it failed; empty for others") String message,
        Instant begunAt,
        @Doc("Null while it goes on") @Nullable Instant endedAt) {

    static InstallJobView of(InstallJobs.Job job, UnaryOperator<String> redacted) {
        return new InstallJobView(
                job.id(),
                job.verb(),
                job.name(),
                job.blueprint(),
                job.state(),
                job.tests(),
                redacted.apply(job.message()),
                job.begunAt(),
                job.endedAt());
    }
}
