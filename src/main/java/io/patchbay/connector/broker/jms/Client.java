package io.patchbay.connector.broker.jms;

import io.patchbay.connector.broker.Broker.Destination;
import io.patchbay.connector.broker.BrokerAddress.Server;
import io.patchbay.payload.StepException;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.jspecify.annotations.Nullable;

/** What clients of JMS do each in their own way. */
interface Client extends AutoCloseable {

    /**
     * Connects to one server, and to no other that it may tell of.
     *
     * @param address of the server, to which it connects; a certificate must still be for the server's name
     */
    Connection connect(Server server, String address) throws JMSException, StepException;

    /** Writes the content's type and the id that is the same for every try. */
    void mark(Message message, String contentType, String id) throws JMSException;

    /** The content's type as the sender wrote it, or null. */
    @Nullable
    String contentType(Message message) throws JMSException;

    /** Whether a security failure is about the login, not about what the user may do. */
    boolean login(JMSException failure);

    /** A reader of a destination that takes nothing; fails when there is none. */
    MessageConsumer lookAt(Session session, Destination destination) throws JMSException;

    @Override
    void close();
}
