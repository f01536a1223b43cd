package io.patchbay.run;

import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import java.nio.file.Files;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payload that used up its tries, kept whole for replay.
 *
 * @param id UUIDv7
 * @param runId the run in which it failed
 * @param flow the flow's id
 * @param revision what ran
 * @param shape the shape in which it failed; a replay begins there
 * @param payload the payload as it reached the shape
 * @param owner whose job it is to mend
 * @param code stable name of the failure
 * @param message a sentence for the user
 * @param attempts how many tries it had
 * @param at when it failed
 * @param state what became of it
 * @param keys what its records are about
 * @param replayRun the run that was started with it last; null for none
 */
public record FailedPayload(
        String id,
        String runId,
        String flow,
        String revision,
        String shape,
        Payload payload,
        Owner owner,
        String code,
        String message,
        int attempts,
        Instant at,
        State state,
        BusinessKeys keys,
        @Nullable String replayRun) {

    /** One of which nobody said what its records are about. */
    public FailedPayload(
            String id,
            String runId,
            String flow,
            String revision,
            String shape,
            Payload payload,
            Owner owner,
            String code,
            String message,
            int attempts,
            Instant at,
            State state) {
        this(
                id,
                runId,
                flow,
                revision,
                shape,
                payload,
                owner,
                code,
                message,
                attempts,
                at,
                state,
                BusinessKeys.NONE,
                null);
    }

    /** The same about something else. */
    public FailedPayload with(BusinessKeys other) {
        return new FailedPayload(
                id, runId, flow, revision, shape, payload, owner, code, message, attempts, at, state, other, replayRun);
    }

    /** What to say when its content was a file that is not there any more; null while it can be read. */
    public @Nullable String lost() {
        return payload.body() instanceof Body.Stored stored && !Files.exists(stored.file())
                ? "the content of the failed payload is not there any more, its file is missing: data/bodies/"
                        + stored.file().getFileName()
                        + "; bring the file back from a backup, replay it with edited content, or resolve it"
                : null;
    }

    /** What became of a failed payload. */
    public enum State {
        /** Waits for someone. */
        OPEN,
        /** A catch took it. */
        CAUGHT,
        /** Did not fail itself: the run stopped before it could go on. */
        HELD,
        /** A new run was started with it. */
        REPLAYED,
        /** Someone said it is done, its replay succeeded, or its records passed in a later run. */
        RESOLVED
    }
}
