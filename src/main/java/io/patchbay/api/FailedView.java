package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.payload.Owner;
import io.patchbay.run.FailedPayload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A payload that used up its tries. Its content is had at {@code …/body}. */
@Doc("A payload that used up its tries, kept whole for replay; its content is had at …/body")
record FailedView(
        String id,
        @Doc("The run in which it failed") String runId,
        String flow,
        @Doc("What ran") String revision,

        @Doc("The shape in which it failed; a replay begins there")
        String shape,

        @Doc("Where the payload comes from") String lineage,
        @Doc("Media type of its content") String contentType,
        @Doc("The payload's metadata") Map<String, String> meta,
        @Doc("Whose job it is to mend") Owner owner,
        @Doc("Stable name of the failure") String code,
        @Doc("A sentence") String message,
        @Doc("How many tries it had") int attempts,
        Instant at,
        @Doc("What became of it") FailedPayload.State state,

        @Doc("What its records are about, at most ten of them")
        List<String> businessKeys,

        @Doc("The run that was started with it last; null for none") @Nullable
        String replayRun) {

    FailedView {
        businessKeys = List.copyOf(businessKeys);
    }

    static FailedView of(FailedPayload failed) {
        return new FailedView(
                failed.id(),
                failed.runId(),
                failed.flow(),
                failed.revision(),
                failed.shape(),
                failed.payload().lineage().text(),
                failed.payload().body().contentType(),
                failed.payload().meta(),
                failed.owner(),
                failed.code(),
                failed.message(),
                failed.attempts(),
                failed.at(),
                failed.state(),
                failed.keys().values(),
                failed.replayRun());
    }
}
