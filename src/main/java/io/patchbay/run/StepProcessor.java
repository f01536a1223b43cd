package io.patchbay.run;

import io.patchbay.payload.Bucket;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the work of one shape and owns everything around it: retries, timeout, capture, counts, checkpoints and where a
 * failure goes. Camel's own error handler is off in compiled routes, because redelivery there ends at the edges of splitters
 * and multicasts, while a step means the same everywhere.
 */
public final class StepProcessor extends AsyncProcessorSupport {

    /** Says of an exchange that its payload had passed a step, but that the run had ended by then. */
    static final String PASSED_BEFORE_END = "patchbay.passedBeforeEnd";

    private final StepRules rules;
    private final AsyncProcessor work;

    /** A step around work that takes the exchange's body and leaves the result there. */
    public StepProcessor(StepRules rules, AsyncProcessor work) {
        this.rules = rules;
        this.work = work;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Run run = Run.of(exchange);
        FailureScope scope = exchange.getProperty(FailureScope.PROPERTY, FailureScope.class);
        if (!run.goesOn() || (scope != null && !scope.goesOn())) {
            if (exchange.getProperty(PASSED_BEFORE_END) != null) {
                hold(run, exchange.getMessage().getBody());
            }
            end(exchange);
            callback.done(true);
            return true;
        }
        Object body = exchange.getMessage().getBody();
        Payload input = body instanceof Payload payload ? payload : null;
        Bucket bucket = body instanceof Bucket all ? all : null;
        if (bucket != null && !whole(run, bucket)) {
            end(exchange);
            callback.done(true);
            return true;
        }
        return new Passage(this, run, scope, exchange, callback, input, bucket).begin();
    }

    /** A bucket that is not all on disk must not pass for all that there is: the run is taken up again, or fails, and no step goes on with it. */
    private static boolean whole(Run run, Bucket bucket) {
        try {
            bucket.written();
            return true;
        } catch (RuntimeException | Error e) {
            run.breaks(e);
            return false;
        }
    }

    /** What had passed a step when the run ended there: it is kept here, so that a replay goes on behind that step. */
    private void hold(Run run, @Nullable Object body) {
        StepException held = StepException.held("the run ended when this had passed the shape before");
        if (body instanceof Payload payload && payload.recordCount() > 0) {
            run.keepFailed(rules.shape(), payload, held, 0, FailedPayload.State.HELD);
        } else if (body instanceof Bucket all && all.whole()) {
            all.forEach(payload -> run.keepFailed(rules.shape(), payload, held, 0, FailedPayload.State.HELD));
        }
    }

    StepRules rules() {
        return rules;
    }

    AsyncProcessor work() {
        return work;
    }

    /** The payload ends here: nothing behind this step sees the exchange. */
    static void end(Exchange exchange) {
        exchange.getMessage().setBody(null);
        exchange.setRouteStop(true);
    }
}
