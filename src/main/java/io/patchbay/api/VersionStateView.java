package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.flow.Flow;
import io.patchbay.route.Held;
import io.patchbay.route.Versions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which version of a flow runs, and how its file stands to it. */
@Doc("Which version of a flow runs, and how its file stands to it")
record VersionStateView(
        String flow,

        @Doc("Number of the version that new runs run under; null when none runs") @Nullable
        Integer running,

        @Doc("The revision of that version") @Nullable String revision,

        @Doc(
                "Whether the file is what runs ('runs'), says something else that waits to be deployed ('draft'), or is not right ('errors')")
        Versions.FileState fileState,

        @Doc("What the file would run under; null when it is not right") @Nullable
        String fileRevision,

        @Doc("'auto' when what the file says runs as soon as it is right, 'manual' when somebody has to deploy it")
        Flow.Deploy deploy,

        @Doc("The version that is held in place of the file; null when the file counts") @Nullable
        HeldView held) {

    /** A version that is held. */
    @Doc("A version that runs whatever the file says, until somebody deploys the flow")
    record HeldView(
            @Doc(
                    "Its number. What runs has another one when tables or connectors that the version names have changed since")
            @Nullable
            Integer number,

            @Doc("Its revision") String revision,

            @Doc(
                    "'rollback' when somebody went back to it, 'deploy' when it was deployed, 'pinned' when it ran as the flow began to wait to be deployed")
            Held.Why why,

            Instant since,
            @Doc("Who wanted it") @Nullable String by,
            @Doc("What they said") @Nullable String note) {}

    static VersionStateView of(Versions.State state) {
        Held held = state.held();
        return new VersionStateView(
                state.flow(),
                state.runningNumber(),
                state.running(),
                state.fileState(),
                state.fileRevision(),
                state.deploy(),
                held == null
                        ? null
                        : new HeldView(
                                state.heldNumber(), held.revision(), held.why(), held.since(), held.by(), held.note()));
    }
}
