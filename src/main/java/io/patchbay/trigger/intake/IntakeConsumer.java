package io.patchbay.trigger.intake;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.support.DefaultConsumer;

/**
 * Takes admitted requests of one area into a Camel route. Own code because Camel's consumer fills the message's headers from
 * the network and waits on a worker thread until the route is done; here the message stays empty, the request travels as an
 * exchange property, and the route runs asynchronously from the event loop.
 */
final class IntakeConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable, Desk {

    private static final System.Logger LOG = System.getLogger(IntakeConsumer.class.getName());

    private final IntakeServer server;

    IntakeConsumer(IntakeServer server, PlatformHttpEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.server = server;
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return (PlatformHttpEndpoint) super.getEndpoint();
    }

    @Override
    public void take(Visit visit, Runnable done) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        exchange.setProperty(Visit.PROPERTY, visit);
        getAsyncProcessor().process(exchange, anyThread -> {
            Exception failure = exchange.getException();
            releaseExchange(exchange, false);
            if (failure != null) {
                LOG.log(System.Logger.Level.ERROR, "a request could not be worked on", failure);
                visit.reply(Refusals.failed());
            }
            done.run();
        });
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        server.open(getEndpoint().getPath(), this);
    }

    @Override
    protected void doStop() throws Exception {
        server.close(getEndpoint().getPath());
        super.doStop();
    }

    @Override
    protected void doSuspend() throws Exception {
        server.close(getEndpoint().getPath());
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        server.open(getEndpoint().getPath(), this);
    }
}
