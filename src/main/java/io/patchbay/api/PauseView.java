package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.route.Pauses;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that is paused. */
@Doc("Something that is paused: nothing of it is lost, and it goes on when the pause ends")
record PauseView(
        Pauses.Kind kind,

        @Doc("Id of the flow or name of the instance; empty for the intake")
        String name,

        Instant since,

        @Doc("'operator': until somebody ends it; 'unreachable': until a call of the instance gets an answer")
        Pauses.By by,

        @Doc("Why, in a sentence") @Nullable String reason) {

    static PauseView of(Pauses.Paused pause) {
        return new PauseView(pause.kind(), pause.name(), pause.since(), pause.by(), pause.reason());
    }
}
