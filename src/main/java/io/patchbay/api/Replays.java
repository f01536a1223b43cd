package io.patchbay.api;

import io.patchbay.canvas.Doc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New runs with payloads that failed. */
@Doc("New runs, one for each payload that failed, and what came of the others")
record Replays(
        @Doc("Ids of the new runs") List<String> runs,

        @Doc("Payloads that could not be replayed; they stay as they are")
        List<Refused> refused,

        @Doc("Whether more are left: call again; those that are refused each time are not passed by, for which"
                + " there is a job of replays")
        boolean more,

        @Doc("Why no more of them were replayed, when the call ended in the middle; null when it did not") @Nullable
        String stopped) {

    /** A payload that could not be replayed. */
    @Doc("A failed payload that could not be replayed")
    record Refused(
            @Doc("Id of the failed payload") String failedPayload,
            @Doc("Why, in a sentence") String reason) {}

    Replays {
        runs = List.copyOf(runs);
        refused = List.copyOf(refused);
    }

    /** Before the first. */
    static Replays none(boolean more) {
        return new Replays(List.of(), List.of(), more, null);
    }

    boolean nothingDone() {
        return runs.isEmpty() && refused.isEmpty();
    }

    /** With one more run. */
    Replays begun(String run) {
        return new Replays(with(runs, run), refused, more, stopped);
    }

    /** With one that could not be replayed. */
    Replays without(String failedPayload, String reason) {
        return new Replays(runs, with(refused, new Refused(failedPayload, reason)), more, stopped);
    }

    /** Ended in the middle. */
    Replays ended(String why) {
        return new Replays(runs, refused, true, why);
    }

    private static <T> List<T> with(List<T> list, T item) {
        List<T> more = new ArrayList<>(list);
        more.add(item);
        return more;
    }
}
