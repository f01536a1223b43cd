package io.patchbay.connector.broker.jms;

import io.patchbay.connector.broker.Access;
import io.patchbay.connector.broker.Broker.Destination;
import io.patchbay.connector.broker.BrokerAddress.Server;
import io.patchbay.connector.broker.BrokerTls;
import io.patchbay.payload.StepException;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.exceptions.JMSSecuritySaslException;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.policy.JmsDefaultDeserializationPolicy;
import org.apache.qpid.jms.policy.JmsDefaultPrefetchPolicy;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.proton.amqp.Symbol;
import org.jspecify.annotations.Nullable;

/** AMQP 1.0 by Qpid's client. */
final class QpidClient implements Client {

    private static final int AHEAD = 100;

    private final Access access;

    QpidClient(Access access) {
        this.access = access;
    }

    @Override
    public Connection connect(Server server, String address) throws JMSException, StepException {
        BrokerTls tls = access.tls();
        String options = "?transport.connectTimeout=" + access.connectTimeout().toMillis() + "&amqp.vhost="
                + server.host() + (tls == null ? "" : "&transport.verifyHost=true");
        JmsConnectionFactory factory = new JmsConnectionFactory(
                (tls == null ? "amqp://" : "amqps://") + new Server(address, server.port()) + options);
        if (tls != null) {
            factory.setSslContext(new NamedContext(tls.context(access.certificates()), server.host()));
        }
        long timeout = access.timeout().toMillis();
        factory.setSendTimeout(timeout);
        factory.setRequestTimeout(timeout);
        factory.setConnectTimeout(timeout);
        factory.setForceSyncSend(true);
        factory.setValidatePropertyNames(false); // other clients of AMQP may have any
        JmsDefaultPrefetchPolicy ahead = new JmsDefaultPrefetchPolicy();
        ahead.setAll(AHEAD);
        factory.setPrefetchPolicy(ahead);
        JmsDefaultDeserializationPolicy none = new JmsDefaultDeserializationPolicy();
        none.setAllowList("none"); // object messages are not read
        factory.setDeserializationPolicy(none);
        String user = access.user();
        return user == null ? factory.createConnection() : factory.createConnection(user, access.password());
    }

    @Override
    public void mark(Message message, String contentType, String id) throws JMSException {
        message.setStringProperty("messageId", id);
        if (message instanceof JmsMessage own && own.getFacade() instanceof AmqpJmsMessageFacade facade) {
            facade.setContentType(Symbol.valueOf(contentType));
        }
    }

    @Override
    public @Nullable String contentType(Message message) throws JMSException {
        if (message instanceof JmsMessage own
                && own.getFacade() instanceof AmqpJmsMessageFacade facade
                && facade.getContentType() != null) {
            return facade.getContentType().toString();
        }
        return message.getStringProperty("contentType");
    }

    @Override
    public boolean login(JMSException failure) {
        return failure instanceof JMSSecuritySaslException || failure.getCause() instanceof SecurityException;
    }

    @Override
    public MessageConsumer lookAt(Session session, Destination destination) throws JMSException {
        return session.createConsumer(JmsBroker.destination(session, destination), "1 = 0");
    }

    @Override
    public void close() {}
}
