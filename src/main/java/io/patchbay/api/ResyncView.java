package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.service.report.Resync;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Items that were sent again. */
@Doc("What became of items that were to be sent again")
record ResyncView(
        @Doc("The items, in the order of the report") List<Again> data,

        @Doc("Give it as 'after' to send those behind again; null at the end") @Nullable
        String next) {

    ResyncView {
        data = List.copyOf(data);
    }

    /** An item. */
    @Doc("An item that was to be sent again")
    record Again(
            @Nullable String reference,

            @Doc("The new run; items that failed together are sent again together") @Nullable
            String run,

            @Doc("Why it is not sent again") @Nullable String refused) {

        /** One that was named and that no item has. */
        static Again unknown(String reference) {
            return new Again(reference, null, "no such item is known");
        }
    }

    static ResyncView of(Resync.Done done) {
        return new ResyncView(
                done.outcomes().stream()
                        .map(one -> new Again(one.item().reference(), one.run(), one.refused()))
                        .toList(),
                done.next());
    }
}
