package io.patchbay.route.plain;

import io.patchbay.payload.Attempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** Passes a payload through steps; the route is there while the producer is started. */
final class StepsProducer extends DefaultAsyncProducer {

    private final StepsComponent.Steps endpoint;
    private @Nullable AsyncProducer entry;

    StepsProducer(StepsComponent.Steps endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (entry == null) {
            entry = endpoint.steps().acquire(endpoint.name());
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        if (entry != null) {
            entry = null;
            endpoint.steps().release(endpoint.name());
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Payload payload = exchange.getMessage().getBody(Payload.class);
        Attempt attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        Exchange inner = new DefaultExchange(endpoint.steps().context(), ExchangePattern.InOut);
        StepMessage message;
        try {
            message = StepMessage.fill(inner, payload);
        } catch (StepException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        return Objects.requireNonNull(entry, "started").process(inner, sync -> {
            try {
                exchange.getMessage().setBody(result(message, inner, attempt));
            } catch (StepException e) {
                exchange.setException(e);
            } catch (RuntimeException e) {
                exchange.setException(StepFailures.of(e));
            } finally {
                message.close();
            }
            callback.done(sync);
        });
    }

    private @Nullable Object result(StepMessage message, Exchange inner, Attempt attempt) throws StepException {
        Exception failed = inner.getException();
        if (failed != null) {
            throw StepFailures.of(failed);
        }
        if (inner.isRollbackOnly()) {
            throw new StepException(Owner.AUTHOR, "ROLLED_BACK", "the steps rolled back");
        }
        return endpoint.many() ? message.payloads(inner, attempt) : message.payload(inner);
    }
}
