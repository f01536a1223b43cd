package io.patchbay.connector.broker.jms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.broker.Access;
import io.patchbay.connector.broker.Broker;
import io.patchbay.connector.broker.BrokerAddress;
import io.patchbay.connector.broker.BrokerAddress.Server;
import io.patchbay.connector.broker.BrokerFailures;
import io.patchbay.connector.broker.Feed;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker that is reached by JMS: Artemis by its own protocol, any other by AMQP 1.0. Messages are persistent. */
public final class JmsBroker implements Broker {

    private static final int MOST_IDLE = 8;

    private final Access access;
    private final Client client;
    private final BrokerFailures failures;
    private @Nullable Link link;

    /** A broker; nothing goes over the network yet. */
    public JmsBroker(Access access) {
        this.access = access;
        this.client = access.address().protocol() == BrokerAddress.Protocol.ARTEMIS
                ? new ArtemisClient(access)
                : new QpidClient(access);
        this.failures = new BrokerFailures(access.address().shown());
    }

    /** A connection and its sessions that are not in use. */
    private static final class Link {
        private final Connection connection;
        private final Deque<Sender> idle = new ArrayDeque<>();
        private volatile boolean broken;

        Link(Connection connection) {
            this.connection = connection;
        }
    }

    private record Sender(Session session, MessageProducer producer) {}

    private interface Work<T> {
        T with(Sender sender) throws JMSException;
    }

    @Override
    public ObjectNode send(Message message) throws StepException {
        return with("send to '" + message.destination().name() + "'", sender -> {
            Session session = sender.session();
            jakarta.jms.Destination to = destination(session, message.destination());
            jakarta.jms.Message out = written(session, message);
            for (Map.Entry<String, Object> header : message.headers().entrySet()) {
                out.setObjectProperty(header.getKey(), header.getValue());
            }
            if (message.key() != null) {
                out.setStringProperty("JMSXGroupID", message.key());
            }
            client.mark(out, message.contentType(), message.id());
            sender.producer().send(to, out);
            return Json.NODES.objectNode().put("brokerId", out.getJMSMessageID());
        });
    }

    private static jakarta.jms.Message written(Session session, Message message) throws JMSException {
        String type = message.contentType().toLowerCase(Locale.ROOT);
        boolean utf8 = !type.contains("charset=") || type.contains("charset=utf-8") || type.contains("charset=\"utf-8");
        if (utf8 && (type.startsWith("text/") || type.contains("json") || type.contains("xml"))) {
            TextMessage text = session.createTextMessage();
            text.setText(new String(message.body(), StandardCharsets.UTF_8));
            return text;
        }
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeBytes(message.body());
        return bytes;
    }

    static jakarta.jms.Destination destination(Session session, Destination destination) throws JMSException {
        return destination.topic() ? session.createTopic(destination.name()) : session.createQueue(destination.name());
    }

    @Override
    public void check(@Nullable Destination destination) throws StepException {
        with(destination == null ? "connect" : "find '" + destination.name() + "'", sender -> {
            if (destination != null) {
                try (MessageConsumer looking = client.lookAt(sender.session(), destination)) {
                    return looking;
                }
            }
            return sender;
        });
    }

    private <T> T with(String what, Work<T> work) throws StepException {
        Link used = link(what);
        Sender sender = null;
        boolean works = false;
        try {
            sender = sender(used);
            T result = work.with(sender);
            works = true;
            return result;
        } catch (JMSException e) {
            StepException failure = failure(what, e);
            works = !failure.retryable();
            throw failure;
        } catch (RuntimeException e) {
            throw failures.of(what, e);
        } finally {
            giveBack(used, sender, works);
        }
    }

    private synchronized Link link(String what) throws StepException {
        Link open = link;
        if (open != null && !open.broken) {
            return open;
        }
        if (open != null) {
            close(open.connection);
        }
        Connection connection = connect(what);
        Link fresh = new Link(connection);
        try {
            connection.setExceptionListener(lost -> fresh.broken = true);
        } catch (JMSException e) {
            close(connection);
            throw failure(what, e);
        }
        link = fresh;
        return fresh;
    }

    private static Sender sender(Link link) throws JMSException {
        synchronized (link) {
            Sender kept = link.idle.pollLast();
            if (kept != null) {
                return kept;
            }
        }
        Session session = link.connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(null);
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        return new Sender(session, producer);
    }

    private void giveBack(Link link, @Nullable Sender sender, boolean works) {
        if (!works) {
            link.broken = true;
        }
        if (sender == null) {
            return;
        }
        synchronized (link) {
            if (works && !link.broken && link.idle.size() < MOST_IDLE) {
                link.idle.addLast(sender);
                return;
            }
        }
        try {
            sender.session().close();
        } catch (JMSException e) {
            link.broken = true;
        }
    }

    /** Connects to the first server that takes us. */
    private Connection connect(String what) throws StepException {
        StepException last = null;
        for (Server server : access.address().servers()) {
            InetAddress address = access.hosts().address(server.host());
            Connection connection = null;
            try {
                connection = client.connect(server, address.getHostAddress());
                connection.start();
                return connection;
            } catch (JMSException | RuntimeException e) {
                if (connection != null) {
                    close(connection);
                }
                last = e instanceof JMSException jms ? failure(what, jms) : failures.of(what, e);
                if (last.code().equals("AUTH_FAILED")) {
                    throw last;
                }
            }
        }
        throw last == null ? new StepException(Owner.INTERNAL, "BAD_URL", "no server is named") : last;
    }

    private StepException failure(String what, JMSException e) {
        if (BrokerFailures.find(e, JMSSecurityException.class) != null) {
            return client.login(e) ? failures.refused(e) : failures.denied(what, e);
        }
        return BrokerFailures.find(e, InvalidDestinationException.class) != null
                ? failures.missing(what, e)
                : failures.of(what, e);
    }

    @Override
    public Feed subscribe(Subscription subscription) throws StepException {
        String what = "read from '" + subscription.destination().name() + "'";
        Connection connection = connect(what);
        try {
            return new JmsFeed(connection, client, subscription, e -> failure(what, e));
        } catch (JMSException e) {
            close(connection);
            throw failure(what, e);
        }
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (JMSException e) {
            // it is of no more use, and what it held goes back to the broker either way
        }
    }

    @Override
    public void close() {
        Link open;
        synchronized (this) {
            open = link;
            link = null;
        }
        if (open != null) {
            close(open.connection);
        }
        client.close();
    }
}
