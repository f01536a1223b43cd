package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunStatus;
import io.patchbay.shape.trackdata.Direction;
import io.patchbay.shape.trackdata.Sighting;
import io.patchbay.shape.trackdata.Tracked;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A value of a record that passed a flow. */
@Doc("A value of a record that passed a trackData")
record SightingView(
        @Doc("What kind of thing the value names") String entity,
        @Doc("The value, cut to 255 characters") String value,
        @Doc("The path at which it stood in the record") String field,
        @Doc("Which way the record went") Direction direction,

        @Doc("Whether the record met the shape's condition; what came behind the shape is not looked at")
        boolean success,

        @Doc("Which system it is about") @Nullable String source,
        String flow,
        String shape,
        String run,
        Instant seenAt,

        @Doc("How its run ended, or goes on; null when the run is not kept") @Nullable
        RunStatus runStatus,

        @Doc("The shape at which the same value failed in the same run; null when it is not known to have failed")
        @Nullable
        String failedAt,

        @Doc("What became of that since") FailedPayload.@Nullable State failedState) {

    static SightingView of(Tracked.Found found) {
        Sighting one = found.sighting();
        Tracked.Failed failed = found.failed();
        return new SightingView(
                one.entity(),
                one.value(),
                one.field(),
                one.direction(),
                one.success(),
                one.source(),
                one.flow(),
                one.shape(),
                one.run(),
                one.seenAt(),
                found.runStatus() == null
                        ? null
                        : RunStatus.valueOf(found.runStatus().toUpperCase(Locale.ROOT)),
                failed == null ? null : failed.shape(),
                failed == null
                        ? null
                        : FailedPayload.State.valueOf(failed.state().toUpperCase(Locale.ROOT)));
    }
}
