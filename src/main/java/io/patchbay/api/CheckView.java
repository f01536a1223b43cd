package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.camel.InstanceCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an instance stands. */
@Doc("How an instance stands")
record CheckView(
        String instance,
        InstanceStatus status,

        @Doc("Code of the failure; null when all is well") @Nullable
        String code,

        @Doc("What is the matter and what to do; null when all is well") @Nullable
        String sentence,

        @Doc("Until this was known, in milliseconds") long tookMs,
        @Doc("The requests that were made") List<RequestView> requests) {

    static CheckView of(String instance, InstanceCheck check) {
        return new CheckView(
                instance,
                check.status(),
                check.code(),
                check.sentence(),
                check.took().toMillis(),
                RequestView.all(check.requests()));
    }
}
