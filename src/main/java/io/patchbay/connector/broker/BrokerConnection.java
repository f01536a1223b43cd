package io.patchbay.connector.broker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Connection;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.QueueCall;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.connector.broker.jms.JmsBroker;
import io.patchbay.connector.broker.kafka.KafkaBroker;
import io.patchbay.connector.broker.rabbitmq.RabbitBroker;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.limit.Governors;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;

/** An instance that is a message broker. */
public final class BrokerConnection implements Connection {

    private final Instance instance;
    private final CallScope settings;
    private final Governors.OfInstance governors;
    private final ConnectorServices services;
    private final Access access;
    private final Broker broker;
    private volatile boolean suspect;

    /** A connection; nothing goes over the network yet. @throws StepException when a setting does not fit */
    public BrokerConnection(
            Instance instance, ObjectNode values, Governors.OfInstance governors, ConnectorServices services)
            throws StepException {
        this.instance = instance;
        this.settings = CallScope.fixed(values);
        this.governors = governors;
        this.services = services;
        this.access = Access.of(instance, settings, services.spill());
        this.broker = switch (access.address().protocol()) {
            case ARTEMIS, AMQP -> new JmsBroker(access);
            case RABBITMQ -> new RabbitBroker(access);
            case KAFKA -> new KafkaBroker(access);
        };
    }

    Instance instance() {
        return instance;
    }

    CallScope settings() {
        return settings;
    }

    Governor governor(Endpoint called) {
        return governors.of(called);
    }

    ConnectorServices services() {
        return services;
    }

    Access access() {
        return access;
    }

    /** The broker. */
    public Broker broker() {
        return broker;
    }

    /** The broker refused the login. */
    public void refused() {
        suspect = true;
    }

    @Override
    public boolean suspect() {
        return suspect;
    }

    @Override
    public Operation bind(Endpoint endpoint) throws StepException {
        if (endpoint.call() instanceof QueueCall call) {
            return new QueueOperation(endpoint, call, this);
        }
        throw new StepException(Owner.AUTHOR, "BAD_ENDPOINT", "'" + endpoint.id() + "' is no message for a broker");
    }

    @Override
    public void close() {
        broker.close();
    }
}
