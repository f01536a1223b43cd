package io.patchbay.connector.broker.rabbitmq;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Address;
import com.rabbitmq.client.AddressResolver;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ResolvedInetAddress;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import io.patchbay.connector.broker.Access;
import io.patchbay.connector.broker.Broker;
import io.patchbay.connector.broker.BrokerAddress.Server;
import io.patchbay.connector.broker.BrokerFailures;
import io.patchbay.connector.broker.BrokerTls;
import io.patchbay.connector.broker.Feed;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A broker of AMQP 0-9-1. Messages are persistent and mandatory: one that reaches no queue is a failure. */
public final class RabbitBroker implements Broker {

    private static final int MOST_IDLE = 8;
    private static final int HEARTBEAT_SECONDS = 30;
    private static final int PERSISTENT = 2;

    private final Access access;
    private final BrokerFailures failures;
    private final Deque<Sender> idle = new ArrayDeque<>();
    private @Nullable Connection connection;

    /** A broker; nothing goes over the network yet. */
    public RabbitBroker(Access access) {
        this.access = access;
        this.failures = new BrokerFailures(access.address().shown());
    }

    /** A channel in confirm mode; used by one thread at a time. */
    private record Sender(Channel channel, AtomicReference<@Nullable Return> returned) {}

    @Override
    public ObjectNode send(Message message) throws StepException {
        String what = "send to '" + message.destination().name() + "'";
        Sender sender = null;
        boolean works = false;
        try {
            sender = take(what);
            sender.returned().set(null);
            boolean toExchange = message.key() != null;
            String exchange = toExchange ? message.destination().name() : "";
            String routingKey =
                    toExchange ? message.key() : message.destination().name();
            sender.channel().basicPublish(exchange, routingKey, true, properties(message), message.body());
            boolean confirmed =
                    sender.channel().waitForConfirms(access.timeout().toMillis());
            Return back = sender.returned().get();
            works = confirmed;
            if (back != null) {
                throw new StepException(
                        Owner.REMOTE,
                        "NOT_ROUTED",
                        "cannot " + what + " at " + access.address().shown() + ": "
                                + (toExchange
                                        ? "no queue is bound there for the key '" + routingKey + "'"
                                        : "there is no such queue"));
            }
            if (!confirmed) {
                throw new StepException(
                        Owner.REMOTE,
                        "NOT_CONFIRMED",
                        "cannot " + what + " at " + access.address().shown()
                                + ": the broker did not take the message; no queue is there for it, or it has no room",
                        null,
                        true,
                        null);
            }
            return Json.NODES.objectNode();
        } catch (TimeoutException e) {
            throw failures.unconfirmed(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepException(Owner.INTERNAL, "INTERRUPTED", "the wait for the broker was interrupted", e);
        } catch (IOException | ShutdownSignalException e) {
            throw failure(what, e);
        } finally {
            giveBack(sender, works);
        }
    }

    private static AMQP.BasicProperties properties(Message message) {
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .contentType(message.contentType())
                .messageId(message.id())
                .headers(message.headers().isEmpty() ? null : message.headers())
                .build();
    }

    @Override
    public void check(@Nullable Destination destination) throws StepException {
        String what = destination == null ? "connect" : "find queue '" + destination.name() + "'";
        try {
            Channel channel = connection(what).createChannel();
            if (channel == null) {
                throw failures.of(what, new IOException("the broker gives no more channels"));
            }
            if (destination != null) {
                channel.queueDeclarePassive(destination.name());
            }
            channel.abort();
        } catch (IOException | ShutdownSignalException e) {
            throw failure(what, e);
        }
    }

    private Sender take(String what) throws StepException, IOException {
        Connection open = connection(what);
        synchronized (idle) {
            for (Sender kept = idle.pollLast(); kept != null; kept = idle.pollLast()) {
                if (kept.channel().isOpen() && kept.channel().getConnection() == open) {
                    return kept;
                }
            }
        }
        Channel channel = open.createChannel();
        if (channel == null) {
            throw failures.of(what, new IOException("the broker gives no more channels"));
        }
        channel.confirmSelect();
        AtomicReference<@Nullable Return> returned = new AtomicReference<>();
        channel.addReturnListener(returned::set);
        return new Sender(channel, returned);
    }

    private void giveBack(@Nullable Sender sender, boolean works) {
        if (sender == null) {
            return;
        }
        synchronized (idle) {
            if (works && sender.channel().isOpen() && idle.size() < MOST_IDLE) {
                idle.addLast(sender);
                return;
            }
        }
        try {
            sender.channel().abort();
        } catch (IOException e) {
            // abort says nothing
        }
    }

    private synchronized Connection connection(String what) throws StepException {
        Connection open = connection;
        if (open == null || !open.isOpen()) {
            open = connect(what);
            connection = open;
        }
        return open;
    }

    /** Connects to the first server that takes us. */
    private Connection connect(String what) throws StepException {
        ConnectionFactory factory = factory();
        StepException last = null;
        for (Server server : access.address().servers()) {
            // With the host's name in it, which the certificate must be for.
            Address address = new ResolvedInetAddress(server.host(), named(server.host()), server.port());
            try {
                AddressResolver found = () -> List.of(address); // a list alone would be looked up
                return factory.newConnection(null, found, "patchbay");
            } catch (IOException | TimeoutException | RuntimeException e) {
                last = failure(what, e);
                if (last.code().equals("AUTH_FAILED")) {
                    throw last;
                }
            }
        }
        throw last == null ? new StepException(Owner.INTERNAL, "BAD_URL", "no server is named") : last;
    }

    private InetAddress named(String host) throws StepException {
        byte[] checked = access.hosts().address(host).getAddress();
        try {
            return InetAddress.getByAddress(host, checked);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has as many bytes as addresses have", e);
        }
    }

    private ConnectionFactory factory() throws StepException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setVirtualHost(access.address().virtualHost());
        factory.setAutomaticRecoveryEnabled(false); // whoever uses the connection makes another
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout((int) access.connectTimeout().toMillis());
        factory.setHandshakeTimeout((int) access.timeout().toMillis());
        factory.setChannelRpcTimeout((int) access.timeout().toMillis());
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        if (access.user() != null) {
            factory.setUsername(access.user());
            factory.setPassword(access.password());
        }
        BrokerTls tls = access.tls();
        if (tls != null) {
            factory.useSslProtocol(tls.context(access.certificates()));
            factory.enableHostnameVerification();
            if (tls.key() != null) {
                factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
            }
        }
        return factory;
    }

    /** By the reply codes of the protocol. */
    StepException failure(String what, Throwable thrown) {
        if (BrokerFailures.find(thrown, AuthenticationFailureException.class) != null
                || BrokerFailures.find(thrown, PossibleAuthenticationFailureException.class) != null) {
            return failures.refused(thrown);
        }
        ShutdownSignalException ended = BrokerFailures.find(thrown, ShutdownSignalException.class);
        int code = ended == null
                ? 0
                : ended.getReason() instanceof AMQP.Channel.Close channel
                        ? channel.getReplyCode()
                        : ended.getReason() instanceof AMQP.Connection.Close whole ? whole.getReplyCode() : 0;
        return switch (code) {
            case AMQP.NOT_FOUND -> failures.missing(what, thrown);
            case AMQP.ACCESS_REFUSED, AMQP.NOT_ALLOWED -> failures.denied(what, thrown);
            case AMQP.CONTENT_TOO_LARGE -> failures.tooLarge(what, thrown);
            default -> failures.of(what, thrown);
        };
    }

    @Override
    public Feed subscribe(Subscription subscription) throws StepException {
        String what = "read from '" + subscription.destination().name() + "'";
        Connection own = connect(what);
        try {
            return new RabbitFeed(own, subscription, thrown -> failure(what, thrown));
        } catch (IOException | ShutdownSignalException e) {
            own.abort();
            throw failure(what, e);
        }
    }

    @Override
    public void close() {
        Connection open;
        synchronized (this) {
            open = connection;
            connection = null;
        }
        if (open != null) {
            open.abort();
        }
    }
}
