package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.shape.wait.Waits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of an event. */
@Doc("What came of an event")
record ToldView(
        @Doc("The runs that take on the payloads which waited for it")
        List<String> runs,

        @Doc("Until when it is kept for a payload that comes later; null when it is not") @Nullable
        Instant keptUntil,

        @Doc("Whether it was told before, so that nothing more followed")
        boolean before,

        @Doc("How many more waited for it: they go on within seconds, or when the replica that has their content runs")
        long left) {

    static ToldView of(Waits.Told told) {
        return new ToldView(told.runs(), told.kept(), told.before(), told.left());
    }
}
