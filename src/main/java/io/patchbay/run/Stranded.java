package io.patchbay.run;

import io.patchbay.payload.Bucket;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.List;

/**
 * Payloads that waited and were decided, whose wait the revision that takes them on does not have any more. What was decided cannot be
 * done there, and whatever has the wait's id now would take a rejected payload for an approved one: they are kept as failed, and none goes on.
 */
final class Stranded {

    private Stranded() {}

    /** Keeps them, and ends the run. */
    static void keep(Run run, String shape, Object body) {
        StepException why = new StepException(
                Owner.AUTHOR,
                "NO_WAIT",
                "there is no wait '" + shape + "' under revision "
                        + run.identity().revision()
                        + ", which the payload waited at under the revision that it came with; put the wait back, and replay the payload");
        Iterable<Payload> all = body instanceof Bucket bucket ? bucket : List.of((Payload) body);
        for (Payload payload : all) {
            // Taken up again it may be kept already.
            if (!run.progress()
                    .failed()
                    .containsKey(shape + "|" + payload.lineage().text())) {
                run.keepFailed(shape, payload, why, 1, FailedPayload.State.OPEN);
                run.countFailure(why.getMessage() + " [" + why.code() + "]");
            }
        }
        run.stop(RunStatus.FAILED, why.getMessage() + " [" + why.code() + "]");
    }
}
