package io.patchbay.run;

import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Plan;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/** The processors before and around a path whose result is kept. */
public final class KeptResults {

    private KeptResults() {}

    /** Name of the exchange property that is there while a payload goes through a path whose result somebody wants to keep. */
    public static String keeperProperty(String shape) {
        return "keeper-" + shape;
    }

    /**
     * Looks whether the result of a path is known. Camel has no cache that several programs share and in which one works a value out
     * while the others wait without a thread.
     */
    public static Processor looking(Plan.Known known, String shape) {
        return new AsyncProcessorSupport() {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is told to the callback
            public boolean process(Exchange exchange, AsyncCallback callback) {
                try {
                    CompletableFuture<Plan.Looked> look = known.look(Nodes.payload(exchange), Nodes.attempt(exchange));
                    boolean sync = look.isDone();
                    look.whenComplete((looked, failure) -> {
                        looked(exchange, shape, looked, failure);
                        callback.done(sync);
                    });
                    return sync;
                } catch (StepException e) {
                    exchange.setException(e);
                    callback.done(true);
                    return true;
                }
            }
        };
    }

    private static void looked(
            Exchange exchange, String shape, Plan.@Nullable Looked looked, @Nullable Throwable failure) {
        if (failure != null) {
            exchange.setException(failure);
        } else if (looked instanceof Plan.Hit hit) {
            exchange.setProperty(keeperProperty(shape), null);
            exchange.getMessage().setBody(hit.payload());
        } else if (looked instanceof Plan.Miss miss) {
            exchange.setProperty(keeperProperty(shape), miss.keeper());
        }
    }

    /** Around a path whose result is kept: however it ends, the keeper is told. */
    public static AsyncProcessor keeping(AsyncProcessor path, String shape) {
        return Nodes.async((exchange, callback) -> {
            Plan.Keeper keeper = exchange.getProperty(keeperProperty(shape), Plan.Keeper.class);
            path.process(exchange, done -> {
                if (keeper != null) {
                    exchange.setProperty(keeperProperty(shape), null);
                    tell(keeper, exchange);
                }
                callback.done(false);
            });
        });
    }

    /** What is thrown here fails the run: it must not go on for ever without a thread. */
    private static void tell(Plan.Keeper keeper, Exchange exchange) {
        try {
            boolean ended = exchange.isRouteStop() || exchange.getException() != null;
            if (!ended && exchange.getMessage().getBody() instanceof Payload result) {
                keeper.keep(result);
            } else {
                keeper.release();
            }
        } catch (RuntimeException | Error e) {
            exchange.setException(e);
        }
    }
}
