package io.patchbay.run;

import io.patchbay.payload.Bucket;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.List;

/** Payloads that are to enter at a shape which the revision that takes them on does not have any more: they are kept as failed, and none goes on. */
final class Stranded {

    private Stranded() {}

    /**
     * Payloads that waited and were decided. What was decided cannot be done there, and whatever has the wait's id now would take a
     * rejected payload for an approved one.
     */
    static void withoutWait(Run run, String shape, Object body) {
        keep(
                run,
                shape,
                body,
                new StepException(
                        Owner.AUTHOR,
                        "NO_WAIT",
                        "there is no wait '" + shape + "' under revision "
                                + run.identity().revision()
                                + ", which the payload waited at under the revision that it came with; put the wait back, and replay the payload"));
    }

    /** Payloads of a replay whose shape was there when it was accepted. */
    static void withoutShape(Run run, String shape, Object body) {
        keep(
                run,
                shape,
                body,
                new StepException(
                        Owner.AUTHOR,
                        "NO_SHAPE",
                        "there is no shape '" + shape + "' under revision "
                                + run.identity().revision()
                                + ", at which the payload was to enter; put the shape back and replay the payload, or replay it from the beginning"));
    }

    /** Keeps them, and ends the run. */
    private static void keep(Run run, String shape, Object body, StepException why) {
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
