package io.patchbay.api;

import io.patchbay.canvas.Doc;
import java.util.List;

/** New runs with payloads that failed. */
@Doc("New runs, one for each payload that failed")
record Replays(
        @Doc("Ids of the new runs") List<String> runs,
        @Doc("Whether more are left: call again") boolean more) {

    Replays {
        runs = List.copyOf(runs);
    }
}
