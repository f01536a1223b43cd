package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.service.report.Item;
import io.patchbay.service.report.ItemStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An item of a service. */
@Doc("The newest that is known of an item of a service")
record ItemView(
        @Doc("What people know it by; null for what failed before that could be read") @Nullable
        String reference,

        @Doc(
                "'ok': the destination took it; 'sent': it was handed over to a destination that confirms nothing; 'pending': it is or will"
                        + " be tried again; 'failed': nothing tries it again by itself")
        ItemStatus status,

        @Doc("Since when") Instant at,

        @Doc("The run in which that happened; of one that is sent again, the new one")
        String run,

        @Doc("How often it has failed since it was last sent; 1 for one that was sent")
        int attempts,

        @Doc("The shape in which it failed") @Nullable String shape,
        @Doc("Name of the failure, like HTTP_422") @Nullable String code,
        @Doc("What went wrong") @Nullable String reason,
        @Doc("The failed payload that holds it") @Nullable String failedPayload,
        @Doc("Whether it can be sent again") boolean resync) {

    static ItemView of(Item item) {
        return new ItemView(
                item.reference(),
                item.status(),
                item.at(),
                item.run(),
                item.tries(),
                item.shape(),
                item.code(),
                item.reason(),
                item.failedPayload(),
                item.resync());
    }
}
