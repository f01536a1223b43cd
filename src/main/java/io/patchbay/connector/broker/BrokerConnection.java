package io.patchbay.connector.broker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.BoundConnection;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.QueueCall;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Validity;
import io.patchbay.connector.auth.Pem;
import io.patchbay.connector.broker.jms.JmsBroker;
import io.patchbay.connector.broker.kafka.KafkaBroker;
import io.patchbay.connector.broker.rabbitmq.RabbitBroker;
import io.patchbay.connector.limit.Governors;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** An instance that is a message broker. */
public final class BrokerConnection extends BoundConnection {

    private final Access access;
    private final Broker broker;

    /** A connection; nothing goes over the network yet. @throws StepException when a setting does not fit */
    public BrokerConnection(
            Instance instance, ObjectNode values, Governors.OfInstance governors, ConnectorServices services)
            throws StepException {
        super(instance, values, governors, services);
        this.access =
                Access.of(instance, settings(), services, governors.standing().certificates());
        this.broker = switch (access.address().protocol()) {
            case ARTEMIS, AMQP -> new JmsBroker(access);
            case RABBITMQ -> new RabbitBroker(access);
            case KAFKA -> new KafkaBroker(access);
        };
    }

    Access access() {
        return access;
    }

    /** The broker. */
    public Broker broker() {
        return broker;
    }

    @Override
    public @Nullable Validity certificate() {
        BrokerTls tls = access.tls();
        return tls == null ? null : Pem.validity(tls.chain());
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
        access.look().close();
        broker.close();
    }
}
