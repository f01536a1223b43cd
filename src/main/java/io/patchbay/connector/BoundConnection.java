package io.patchbay.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.limit.Governors;
import io.patchbay.payload.StepException;

/** What connections of every kind have: their instance with its settings and limits, and whether its login was refused. */
public abstract class BoundConnection implements Connection {

    private final Instance instance;
    private final CallScope settings;
    private final Governors.OfInstance governors;
    private final ConnectorServices services;
    private volatile boolean suspect;

    /**
     * A connection; nothing goes over the network yet.
     *
     * @param values the instance's settings, with secrets
     * @param governors keep its limits
     */
    protected BoundConnection(
            Instance instance, ObjectNode values, Governors.OfInstance governors, ConnectorServices services) {
        this.instance = instance;
        this.settings = CallScope.fixed(values);
        this.governors = governors;
        this.services = services;
    }

    /** The instance. */
    public final Instance instance() {
        return instance;
    }

    /** Where placeholders read that are the same for all calls. */
    public final CallScope settings() {
        return settings;
    }

    /** What a call may use. */
    public final ConnectorServices services() {
        return services;
    }

    /** Keeps the limits of an endpoint's calls. */
    public final Governor governor(Endpoint called) {
        return governors.of(called);
    }

    /** A call went well. */
    public final void answered() {
        governors.standing().answered();
    }

    /** A call failed; when the login was refused, the next one has the secrets of then. */
    public final void failed(StepException why) {
        suspect |= why.code().equals("AUTH_FAILED");
        governors.standing().failed(why);
    }

    /** Whether the way to log in asks nobody for a while: one in its place would know nothing of that, and ask. */
    protected boolean paused() {
        return false;
    }

    @Override
    public final boolean suspect() {
        return suspect && !paused();
    }
}
