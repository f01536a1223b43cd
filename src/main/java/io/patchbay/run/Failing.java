package io.patchbay.run;

import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Step.OnError;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of payloads that fail at a step, and of the others then.
 *
 * @param scope the innermost try or branch path around the step, or null
 */
record Failing(Run run, StepRules rules, @Nullable FailureScope scope) {

    /** Whether payloads behind one that failed are still worked on. */
    boolean othersGoOn() {
        return run.goesOn() && (scope == null || scope.goesOn());
    }

    /**
     * Keeps a failed payload and decides who goes on.
     *
     * @param keep false when it was kept before
     */
    void route(Payload failed, StepException why, int attempts, boolean keep) {
        if (why.isPaused() && run.identity().journaled()) {
            run.park(run.services().redact(String.valueOf(why.getMessage())));
        }
        if (run.suspended()) {
            return; // it is worked on again
        }
        if (why.isHeld()) {
            if (keep) {
                run.keepFailed(rules.shape(), failed, why, 0, FailedPayload.State.HELD);
            }
            return;
        }
        boolean caught = scope != null && scope.catches();
        if (keep) {
            run.keepFailed(
                    rules.shape(),
                    failed,
                    why,
                    attempts,
                    caught ? FailedPayload.State.CAUGHT : FailedPayload.State.OPEN);
        }
        String message = run.services().redact(String.valueOf(why.getMessage()));
        if (scope != null) {
            run.reaching().allOrNothing(); // what a scope does about a failure may still be to come
        }
        if (caught && scope != null) {
            scope.take(failed, rules.shape(), why, message, attempts);
            return;
        }
        String what = Outcome.sentence(rules.shape(), message, why.code());
        if (keep) {
            run.countFailure(what);
        }
        if (rules.onError() == OnError.STOP) {
            if (scope != null) {
                scope.end();
            } else {
                run.stop(RunStatus.FAILED, what);
            }
        }
    }

    /** One of many payloads that a step was given fails; answers whether the others go on. */
    boolean aside(Payload failed, StepException why) {
        String key = rules.shape() + "|" + failed.lineage().text();
        route(failed, why, 1, !run.progress().failed().containsKey(key));
        return othersGoOn();
    }

    /** Keeps a payload that nothing is wrong with, but that is not worked on any further. */
    void hold(Payload payload, String why) {
        run.keepFailed(rules.shape(), payload, StepException.held(why), 0, FailedPayload.State.HELD);
    }
}
