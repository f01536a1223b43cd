package io.patchbay.trigger.intake;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;

/** Lets {@code platform-http:/hooks} and {@code platform-http:/callbacks} consume from the intake's server. */
final class IntakeEngine implements PlatformHttpEngine {

    private final IntakeServer server;

    IntakeEngine(IntakeServer server) {
        this.server = server;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new IntakeConsumer(server, endpoint, processor);
    }

    @Override
    public int getServerPort() {
        return server.port();
    }
}
