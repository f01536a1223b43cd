package io.patchbay.connector;

import io.patchbay.connector.limit.Governor;

/** What operations of the kinds beside HTTP share: their endpoint with its inputs and limits, on one connection. */
public abstract class BoundOperation implements Operation {

    private final Endpoint endpoint;
    private final BoundConnection connection;
    private final Inputs inputs;
    private final Governor governor;

    /** An operation of an endpoint. */
    protected BoundOperation(Endpoint endpoint, BoundConnection connection) {
        this.endpoint = endpoint;
        this.connection = connection;
        this.inputs = new Inputs(endpoint.id(), endpoint.config().inputs());
        this.governor = connection.governor(endpoint);
    }

    @Override
    public final Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public final boolean fresh() {
        return !connection.suspect();
    }

    @Override
    public final Inputs inputs() {
        return inputs;
    }

    @Override
    public final Governor governor() {
        return governor;
    }

    @Override
    public final CallScope scope(Request request) {
        return new CallScope(connection.settings().settings(), request.with(), request.payload(), request.queuedAt());
    }
}
