package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which failed payloads are meant. */
@Doc("Which failed payloads are meant: those for which all that is said holds")
record ReplayFilter(
        @Doc("Only this flow's") @Nullable String flow,
        @Doc("Only of this run") @Nullable String run,

        @Doc("Only those that failed in this shape") @Nullable
        String shape,

        @Doc("Only failures of this name, like HTTP_422") @Nullable
        String code,

        @Doc("Text that the message holds") @Nullable String q,
        @Doc("Failed at this instant or later") @Nullable Instant since,
        @Doc("Failed before this instant") @Nullable Instant until,

        @Doc("Only those with a record of this business key") @Nullable
        String businessKey,

        @Doc("Only those of this cause") @Nullable String cause,

        @Doc("Only these") List<FailedPayload.State> states) {

    ReplayFilter {
        states = List.copyOf(states);
    }

    static ReplayFilter of(FailedQuery query) {
        return new ReplayFilter(
                query.flow(),
                query.run(),
                query.shape(),
                query.code(),
                query.q(),
                query.since(),
                query.until(),
                query.businessKey(),
                query.cause(),
                query.states().stream().sorted().toList());
    }
}
