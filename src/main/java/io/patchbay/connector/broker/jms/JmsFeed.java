package io.patchbay.connector.broker.jms;

import io.patchbay.connector.broker.Broker.Subscription;
import io.patchbay.connector.broker.Feed;
import io.patchbay.connector.broker.Received;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Messages by JMS, in a transacted session: what is not committed goes back. */
final class JmsFeed implements Feed {

    private static final int MOST_HEADERS = 200;
    /** A client may still be fetching the content of such a message: it is read before the next one is asked for. */
    private static final int LARGE = 64 * 1024;

    private final Connection connection;
    private final Client client;
    private final Subscription subscription;
    private final Function<JMSException, StepException> failure;
    private final Session session;
    private final MessageConsumer consumer;
    private volatile @Nullable JMSException lost;

    JmsFeed(
            Connection connection,
            Client client,
            Subscription subscription,
            Function<JMSException, StepException> failure)
            throws JMSException {
        this.connection = connection;
        this.client = client;
        this.subscription = subscription;
        this.failure = failure;
        connection.setExceptionListener(why -> lost = why);
        this.session = connection.createSession(true, Session.SESSION_TRANSACTED);
        Destination from = JmsBroker.destination(session, subscription.destination());
        this.consumer =
                from instanceof Topic topic && subscription.destination().topic()
                        ? session.createSharedDurableConsumer(topic, subscription.group(), subscription.selector())
                        : session.createConsumer(from, subscription.selector());
    }

    @Override
    public List<Received> next(Duration atMost) throws StepException {
        try {
            List<Received> all = new ArrayList<>();
            Message message = consumer.receive(Math.max(1, atMost.toMillis()));
            while (message != null) {
                all.add(received(message));
                boolean room = all.size() < subscription.prefetch()
                        && all.get(all.size() - 1).size() < LARGE;
                message = room ? consumer.receiveNoWait() : null;
            }
            check();
            return all;
        } catch (JMSException e) {
            throw failure.apply(e);
        }
    }

    private void check() throws JMSException {
        JMSException why = lost;
        if (why != null) {
            throw why;
        }
    }

    private Received received(Message message) throws JMSException {
        String type = client.contentType(message);
        byte[] content = new byte[0];
        String unreadable = null;
        try {
            if (message instanceof TextMessage text) {
                content = String.valueOf(text.getText() == null ? "" : text.getText())
                        .getBytes(StandardCharsets.UTF_8);
                type = type == null ? "text/plain;charset=utf-8" : type;
            } else if (message instanceof BytesMessage bytes) {
                return received(message, type, bytes.getBodyLength(), () -> new Bytes(bytes), null);
            } else if (message instanceof MapMessage map) {
                content = json(map);
                type = "application/json";
            } else if (!plain(message)) {
                unreadable = "it is an object or a stream of Java, which only the program that wrote it can read";
            }
        } catch (JMSException | RuntimeException e) {
            unreadable = "its content cannot be read: " + e.getMessage();
        }
        byte[] all = content;
        return received(message, type, all.length, () -> new ByteArrayInputStream(all), unreadable);
    }

    private static boolean plain(Message message) {
        return !(message instanceof jakarta.jms.ObjectMessage) && !(message instanceof jakarta.jms.StreamMessage);
    }

    private static byte[] json(MapMessage map) throws JMSException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Enumeration<?> names = map.getMapNames(); names.hasMoreElements(); ) {
            String name = String.valueOf(names.nextElement());
            Object value = map.getObject(name);
            values.put(name, value instanceof Character ? value.toString() : value);
        }
        try {
            return Json.MAPPER.writeValueAsBytes(values);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("a map of scalars could not be written", e);
        }
    }

    private Received received(
            Message message, @Nullable String type, long size, Received.Content content, @Nullable String unreadable)
            throws JMSException {
        Map<String, String> facts = new LinkedHashMap<>();
        put(facts, "destination", name(message.getJMSDestination()));
        put(facts, "id", message.getJMSMessageID());
        put(facts, "correlationId", message.getJMSCorrelationID());
        put(facts, "type", message.getJMSType());
        put(facts, "key", message.getStringProperty("JMSXGroupID"));
        if (message.getJMSTimestamp() > 0) {
            put(facts, "sentAt", Instant.ofEpochMilli(message.getJMSTimestamp()).toString());
        }
        boolean again = message.getJMSRedelivered();
        return new Received(message.getJMSMessageID(), again, facts, headers(message), type, size, content, unreadable);
    }

    private String name(@Nullable Destination from) throws JMSException {
        return from instanceof Queue queue
                ? queue.getQueueName()
                : from instanceof Topic topic
                        ? topic.getTopicName()
                        : subscription.destination().name();
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            facts.put(name, value);
        }
    }

    private static Map<String, String> headers(Message message) throws JMSException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Enumeration<?> names = message.getPropertyNames();
                names.hasMoreElements() && headers.size() < MOST_HEADERS; ) {
            String name = String.valueOf(names.nextElement());
            Object value = message.getObjectProperty(name);
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                headers.put(name, value.toString());
            }
        }
        return headers;
    }

    @Override
    public void done() throws StepException {
        try {
            session.commit();
            check();
        } catch (JMSException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public void busy() throws StepException {
        JMSException why = lost;
        if (why != null) {
            throw failure.apply(why);
        }
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public void close() {
        JmsBroker.close(connection);
    }

    /** Bytes of a message, which a client may fetch while they are read. */
    private static final class Bytes extends InputStream {
        private final BytesMessage message;

        Bytes(BytesMessage message) throws IOException {
            this.message = message;
            try {
                message.reset();
            } catch (JMSException e) {
                throw new IOException("the content of a message cannot be read", e);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            try {
                byte[] part = from == 0 ? into : new byte[most];
                int read = message.readBytes(part, most);
                if (from > 0 && read > 0) {
                    System.arraycopy(part, 0, into, from, read);
                }
                return read;
            } catch (JMSException e) {
                throw new IOException("the content of a message cannot be read", e);
            }
        }
    }
}
