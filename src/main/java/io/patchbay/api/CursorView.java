package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.payload.CursorKind;
import io.patchbay.run.PullCursor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far the runs of a flow came in a list that grows. */
@Doc("How far the runs of a flow came in a list that grows")
record CursorView(
        String flow,
        String instance,
        String endpoint,

        @Doc("Tells its inputs from others of the endpoint; empty for none")
        String digest,

        @Doc("What the endpoint is given, as JSON: secrets hidden, cut where it is long; empty for nothing")
        String inputs,

        @Doc("What the position is made of") CursorKind kind,

        @Doc("Where the next run begins: a time in ISO 8601, a number, or the system's own token")
        String position,

        @Doc("When it came there") Instant movedAt,

        @Doc("The run that moved it; null when an operator did") @Nullable
        String run) {

    static CursorView of(PullCursor cursor) {
        PullCursor.Key key = cursor.key();
        return new CursorView(
                key.flow(),
                key.instance(),
                key.endpoint(),
                key.digest(),
                cursor.inputs(),
                cursor.kind(),
                cursor.position(),
                cursor.movedAt(),
                cursor.run());
    }

    /** What lists are sorted by. */
    String key() {
        return flow + "/" + instance + "/" + endpoint + "/" + digest;
    }
}
