package io.patchbay.connector.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import io.patchbay.connector.broker.Broker.Subscription;
import io.patchbay.connector.broker.Feed;
import io.patchbay.connector.broker.Received;
import io.patchbay.payload.StepException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Messages of a queue, as many in hand as the prefetch says; acknowledged by hand. */
final class RabbitFeed implements Feed {

    private final Connection connection;
    private final Subscription subscription;
    private final Function<Throwable, StepException> failure;
    private final Channel channel;
    private final BlockingQueue<Delivery> inHand = new LinkedBlockingQueue<>();
    private volatile @Nullable Throwable lost;
    private long last;

    RabbitFeed(Connection connection, Subscription subscription, Function<Throwable, StepException> failure)
            throws IOException {
        this.connection = connection;
        this.subscription = subscription;
        this.failure = failure;
        Channel opened = connection.createChannel();
        if (opened == null) {
            throw new IOException("the broker gives no channel");
        }
        this.channel = opened;
        channel.addShutdownListener(why -> lost = why);
        channel.basicQos(subscription.prefetch());
        channel.basicConsume(
                subscription.destination().name(),
                false,
                (tag, delivery) -> inHand.add(delivery),
                tag -> lost = new IOException("the broker ended the reading: the queue was deleted, perhaps"));
    }

    @Override
    public List<Received> next(Duration atMost) throws StepException {
        List<Received> all = new ArrayList<>();
        try {
            Delivery first = inHand.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            busy();
            for (Delivery one = first; one != null; one = inHand.poll()) {
                last = one.getEnvelope().getDeliveryTag();
                all.add(received(one));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return all;
    }

    private Received received(Delivery delivery) {
        AMQP.BasicProperties properties = delivery.getProperties();
        Map<String, String> facts = new LinkedHashMap<>();
        put(facts, "destination", subscription.destination().name());
        put(facts, "id", properties.getMessageId());
        put(facts, "correlationId", properties.getCorrelationId());
        put(facts, "type", properties.getType());
        put(facts, "exchange", delivery.getEnvelope().getExchange());
        put(facts, "key", delivery.getEnvelope().getRoutingKey());
        if (properties.getTimestamp() != null) {
            put(facts, "sentAt", properties.getTimestamp().toInstant().toString());
        }
        String encoding = properties.getContentEncoding();
        boolean plain = encoding == null
                || encoding.isBlank()
                || encoding.equalsIgnoreCase("identity")
                || encoding.equalsIgnoreCase("utf-8")
                || encoding.equalsIgnoreCase("utf8");
        String id = properties.getMessageId();
        return new Received(
                id == null || id.isBlank() ? null : id,
                delivery.getEnvelope().isRedeliver(),
                facts,
                headers(properties.getHeaders()),
                properties.getContentType(),
                delivery.getBody().length,
                () -> new ByteArrayInputStream(delivery.getBody()),
                plain ? null : "its content is encoded as '" + encoding + "', which is not read here");
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            facts.put(name, value);
        }
    }

    /** Lists and tables stand for no text and are left out. */
    private static Map<String, String> headers(@Nullable Map<String, Object> given) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((name, value) -> {
                boolean scalar = value instanceof CharSequence
                        || value instanceof com.rabbitmq.client.LongString
                        || value instanceof Number
                        || value instanceof Boolean;
                if (scalar) {
                    headers.put(name, value.toString());
                }
            });
        }
        return headers;
    }

    @Override
    public void done() throws StepException {
        try {
            channel.basicAck(last, true);
        } catch (IOException | ShutdownSignalException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public void busy() throws StepException {
        Throwable why = lost;
        if (why != null) {
            throw failure.apply(why);
        }
    }

    @Override
    public boolean exact() {
        return false;
    }

    /** An orderly end, so that an acknowledgement that was sent also comes to the broker. */
    @Override
    public void close() {
        try {
            connection.close(5_000);
        } catch (IOException | ShutdownSignalException e) {
            connection.abort();
        }
    }
}
