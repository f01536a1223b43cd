package io.patchbay.shape.runflow;

import io.patchbay.canvas.Durations;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Plan;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A payload that waits for the end of a run. */
record Awaited(String flow, Duration timeout, FlowCalls.Call call, Payload payload, Attempt attempt, Plan.Then then) {

    void begin(Clock clock) {
        Duration left = timeout.minus(Duration.between(call.since(), clock.instant()));
        attempt.awaits(call.end(), left.isNegative() ? Duration.ZERO : left, this::over);
    }

    /** The run has ended, or the time is over, or the waiting run is to end. */
    private void over() {
        CompletableFuture<FlowCalls.Ended> end = call.end();
        if (end.isDone() && !end.isCancelled()) { // another try of the same payload may have given it up
            ended(end);
            return;
        }
        end.cancel(false); // nobody waits any more
        then.fails(
                attempt.cancelled()
                        ? StepException.held("the run ended while it waited for run " + call.run())
                        : new StepException(
                                Owner.LIMIT,
                                "CALL_TIMEOUT",
                                "run " + call.run() + " of flow '" + flow + "' did not end within "
                                        + Durations.format(timeout) + "; it goes on by itself"));
    }

    private void ended(CompletableFuture<FlowCalls.Ended> end) {
        FlowCalls.Ended how;
        try {
            how = end.join();
        } catch (CompletionException e) {
            then.fails(
                    e.getCause() instanceof StepException why
                            ? why
                            : new StepException(
                                    Owner.INTERNAL,
                                    "CALL_UNKNOWN",
                                    "what came of run " + call.run() + " is not known",
                                    e,
                                    true,
                                    null));
            return;
        }
        StepException why = how.why();
        if (why != null) {
            then.fails(why);
            return;
        }
        if (how.partial()) {
            attempt.log(
                    LogLevel.WARN,
                    "run " + call.run() + " of flow '" + flow + "' is partial: what failed in it is kept there");
        }
        Payload result = how.payload();
        then.goesOn(result == null ? null : result.withLineage(payload.lineage()));
    }
}
