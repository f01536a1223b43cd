package io.patchbay.trigger.intake;

import io.patchbay.trigger.Answer;
import io.patchbay.trigger.Callback;
import io.patchbay.trigger.NoAnswerException;
import io.patchbay.trigger.Starts;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Runs a callback's flow and gives its answer to the caller. */
final class CallProcessor extends AsyncProcessorSupport {

    private final Starts starts;

    CallProcessor(Starts starts) {
        this.starts = starts;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Visit visit = exchange.getProperty(Visit.PROPERTY, Visit.class);
        Door.Target target = visit.door().targets().get(0);
        Callback trigger = (Callback) target.trigger();
        CompletableFuture<Answer> call;
        try {
            call = starts.call(target.flow(), trigger.kind(), visit.body(), visit.meta(), trigger.timeout());
        } catch (RuntimeException e) {
            call = CompletableFuture.failedFuture(e);
        }
        var unused = call.whenComplete((answer, failure) -> {
            Reply reply = failure != null
                    ? failed(trigger, Failures.cause(failure))
                    : new Reply(answer.status(), answer.contentType(), answer.body(), Map.of());
            visit.reply(reply, () -> callback.done(false));
        });
        return false;
    }

    private static Reply failed(Callback trigger, Throwable failure) {
        if (failure instanceof NoAnswerException) {
            return Refusals.failed();
        }
        if (!(failure instanceof TimeoutException)) {
            return Failures.reply(failure);
        }
        Callback.OnTimeout given = trigger.onTimeout();
        return given.body() != null
                ? Reply.of(given.status(), given.body(), null)
                : Reply.problem(given.status(), "Timeout", "FLOW_TIMEOUT", "The flow did not answer in time.");
    }
}
