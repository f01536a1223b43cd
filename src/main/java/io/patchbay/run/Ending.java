package io.patchbay.run;

import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a payload ends of which nothing goes on. */
enum Ending {
    /** It waits, and goes on in a run of its own. */
    LATER,
    /** It was left out, and nothing is wrong with it: a filter did not want it, say. */
    LEFT_OUT,
    /** Nothing was left of it but what had failed. */
    FAILED;

    /** Metadata of what a mark keeps in place of a payload of which nothing went on. */
    private static final String META = "patchbay.nothing-goes-on";
    /** Metadata of a payload that was caught when it failed. */
    private static final String CAUGHT = "error.shape";

    /** How the payload ends that a try made nothing of; none stands for all payloads at once. */
    static Ending of(Try attempt, @Nullable Payload input) {
        if (attempt.later()) {
            return LATER;
        }
        return input != null
                        && !input.meta().containsKey(CAUGHT)
                        && input.recordCount() > attempt.failedRecords().size()
                ? LEFT_OUT
                : FAILED;
    }

    /** How the payload ended whose mark keeps this; null when something went on. */
    static @Nullable Ending kept(@Nullable Payload output) {
        String kept = output == null ? null : output.meta().get(META);
        return kept == null ? null : kept.isEmpty() ? LEFT_OUT : valueOf(kept.toUpperCase(Locale.ROOT));
    }

    /** What the mark keeps, so that a run that is taken up again does not let the payload pass. */
    Payload mark(Lineage lineage) {
        return Payload.empty(lineage).withMeta(META, this == LEFT_OUT ? "" : name().toLowerCase(Locale.ROOT));
    }
}
