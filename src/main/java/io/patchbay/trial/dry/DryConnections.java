package io.patchbay.trial.dry;

import io.patchbay.connector.StandIn;
import io.patchbay.connector.camel.ConnectorComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The connections of all dry runs: opened with the first one and kept, so that sessions and connections are not made anew for each.
 * They have the limits and tokens of the runtime's own.
 */
public final class DryConnections implements AutoCloseable {

    private final ConnectorComponent runtime;
    private final StandIn standIn;
    private @Nullable DefaultCamelContext context;
    private @Nullable ConnectorComponent component;

    /**
     * Beside those of the runtime.
     *
     * @param standIn stands before all systems
     */
    public DryConnections(ConnectorComponent runtime, StandIn standIn) {
        this.runtime = runtime;
        this.standIn = standIn;
    }

    /** A component for the Camel context of one dry run. */
    synchronized ConnectorComponent component() {
        ConnectorComponent open = component;
        if (open == null) {
            DefaultCamelContext made = new DefaultCamelContext();
            made.disableJMX();
            open = new ConnectorComponent(runtime, standIn);
            made.addComponent(ConnectorComponent.NAME, open);
            made.start();
            context = made;
            component = open;
        }
        return new ConnectorComponent(open);
    }

    @Override
    public synchronized void close() {
        if (context != null) {
            context.stop();
            context = null;
            component = null;
        }
    }
}
