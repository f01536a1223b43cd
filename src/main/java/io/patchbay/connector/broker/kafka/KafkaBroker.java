package io.patchbay.connector.broker.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.broker.Access;
import io.patchbay.connector.broker.Broker;
import io.patchbay.connector.broker.BrokerAddress.Server;
import io.patchbay.connector.broker.BrokerFailures;
import io.patchbay.connector.broker.Feed;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** A cluster of Kafka. A record counts as sent when all replicas in sync have it. */
public final class KafkaBroker implements Broker {

    private final Access access;
    private final KafkaSettings settings;
    private final BrokerFailures failures;
    private @Nullable Producer<byte[], byte[]> producer;

    /** A cluster; nothing goes over the network yet. @throws StepException when certificates and key cannot be used for TLS */
    public KafkaBroker(Access access) throws StepException {
        this.access = access;
        this.settings = new KafkaSettings(access);
        this.failures = new BrokerFailures(access.address().shown());
    }

    @Override
    public ObjectNode send(Message message) throws StepException {
        String topic = message.destination().name();
        String what = "send to '" + topic + "'";
        byte[] key = message.key() == null ? null : bytes(message.key());
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, message.body());
        message.headers().forEach((name, value) -> record.headers().add(name, bytes(value.toString())));
        record.headers().add("content-type", bytes(message.contentType()));
        record.headers().add("message-id", bytes(message.id()));
        try {
            RecordMetadata place =
                    producer(what).send(record).get(access.timeout().toMillis() + 1_000, TimeUnit.MILLISECONDS);
            return Json.NODES.objectNode().put("partition", place.partition()).put("offset", place.offset());
        } catch (ExecutionException e) {
            throw failure(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failures.unconfirmed(what, e);
        } catch (KafkaException e) {
            throw failure(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepException(Owner.INTERNAL, "INTERRUPTED", "the wait for the broker was interrupted", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private synchronized Producer<byte[], byte[]> producer(String what) throws StepException {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            look(what, null);
            open = new KafkaProducer<>(settings.producer());
            producer = open;
        }
        return open;
    }

    @Override
    public void check(@Nullable Destination destination) throws StepException {
        look(destination == null ? "connect" : "find topic '" + destination.name() + "'", destination);
    }

    /**
     * Asks the cluster for its servers, to which clients will turn by themselves: they must be allowed as well.
     *
     * @param topic that must be there, or null
     */
    private void look(String what, @Nullable Destination topic) throws StepException {
        for (Server server : access.address().servers()) {
            access.hosts().check(server.host());
        }
        reach(what);
        Properties properties = settings.admin();
        try (Admin admin = Admin.create(properties)) {
            for (Node node : settings.wait(admin.describeCluster().nodes())) {
                access.hosts().check(node.host());
            }
            if (topic != null) {
                settings.wait(admin.describeTopics(List.of(topic.name())).allTopicNames());
            }
        } catch (ExecutionException e) {
            throw failure(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw failure(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepException(Owner.INTERNAL, "INTERRUPTED", "the wait for the broker was interrupted", e);
        }
    }

    /** Kafka's client tries until its time is over, and does not say then why nobody took its connection. */
    private void reach(String what) throws StepException {
        IOException last = null;
        for (Server server : access.address().servers()) {
            try (Socket socket = new Socket()) {
                InetSocketAddress to = new InetSocketAddress(access.hosts().address(server.host()), server.port());
                socket.connect(to, (int) access.connectTimeout().toMillis());
                return;
            } catch (IOException e) {
                last = e;
            }
        }
        if (last != null) {
            throw failures.of(what, last);
        }
    }

    StepException failure(String what, Throwable thrown) {
        if (BrokerFailures.find(thrown, SslAuthenticationException.class) != null) {
            return failures.of(what, thrown);
        }
        if (BrokerFailures.find(thrown, AuthenticationException.class) != null) {
            return failures.refused(thrown);
        }
        if (BrokerFailures.find(thrown, AuthorizationException.class) != null) {
            return failures.denied(what, thrown);
        }
        if (BrokerFailures.find(thrown, RecordTooLargeException.class) != null) {
            return failures.tooLarge(what, thrown);
        }
        if (BrokerFailures.find(thrown, UnknownTopicOrPartitionException.class) != null
                || String.valueOf(thrown.getMessage()).contains("not present in metadata")) {
            return failures.missing(what, thrown);
        }
        return thrown instanceof org.apache.kafka.common.errors.TimeoutException
                ? failures.of(what, new TimeoutException("no answer in the way of Kafka came in time"))
                : failures.of(what, thrown);
    }

    @Override
    public Feed subscribe(Subscription subscription) throws StepException {
        String topic = subscription.destination().name();
        String what = "read from '" + topic + "'";
        look(what, subscription.destination());
        try {
            KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumer(subscription));
            return new KafkaFeed(consumer, topic, access.timeout(), thrown -> failure(what, thrown));
        } catch (KafkaException e) {
            throw failure(what, e);
        }
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> open;
        synchronized (this) {
            open = producer;
            producer = null;
        }
        if (open != null) {
            open.close(access.connectTimeout());
        }
    }
}
