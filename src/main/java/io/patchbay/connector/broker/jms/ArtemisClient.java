package io.patchbay.connector.broker.jms;

import io.patchbay.connector.TlsHandshake;
import io.patchbay.connector.broker.Access;
import io.patchbay.connector.broker.Broker.Destination;
import io.patchbay.connector.broker.BrokerAddress.Server;
import io.patchbay.connector.broker.BrokerFailures;
import io.patchbay.connector.broker.BrokerTls;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.jspecify.annotations.Nullable;

/** Artemis' own protocol. */
final class ArtemisClient implements Client {

    /** Most bytes that the broker sends ahead. */
    private static final int WINDOW = 1 << 20;

    private static final Set<ActiveMQExceptionType> NO_CONNECTION = EnumSet.of(
            ActiveMQExceptionType.NOT_CONNECTED,
            ActiveMQExceptionType.DISCONNECTED,
            ActiveMQExceptionType.CONNECTION_TIMEDOUT);

    private final Access access;
    private final List<Path> files = new ArrayList<>();
    private @Nullable Map<String, Object> tls;

    ArtemisClient(Access access) {
        this.access = access;
    }

    @Override
    @SuppressWarnings("resource") // the factory ends with the connection that it made
    public Connection connect(Server server, String address) throws JMSException, StepException {
        Map<String, Object> parameters = new HashMap<>(tls());
        parameters.put(TransportConstants.HOST_PROP_NAME, address);
        if (access.tls() != null && named(server)) {
            parameters.put(TransportConstants.SNIHOST_PROP_NAME, server.host()); // what the certificate must be for
        }
        parameters.put(TransportConstants.PORT_PROP_NAME, server.port());
        parameters.put(TransportConstants.NETTY_CONNECT_TIMEOUT, (int)
                access.connectTimeout().toMillis());
        ActiveMQConnectionFactory factory = ActiveMQJMSClient.createConnectionFactoryWithoutHA(
                JMSFactoryType.CF, new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters));
        factory.setReconnectAttempts(0); // whoever uses the connection makes another
        factory.setInitialConnectAttempts(1);
        factory.setUseTopologyForLoadBalancing(false);
        factory.setCallTimeout(access.timeout().toMillis());
        factory.setConsumerWindowSize(WINDOW);
        factory.setBlockOnDurableSend(true);
        factory.setBlockOnAcknowledge(true);
        factory.setDeserializationAllowList("none"); // object messages are not read
        String user = access.user();
        try {
            Connection connection =
                    user == null ? factory.createConnection() : factory.createConnection(user, access.password());
            access.look().begin();
            return connection;
        } catch (JMSException e) {
            ActiveMQException thrown = BrokerFailures.find(e, ActiveMQException.class);
            throw thrown != null && NO_CONNECTION.contains(thrown.getType()) ? explained(e, server, address) : e;
        }
    }

    /** The client only says that there is no connection, so the way there is tried for what is wrong with it. */
    private JMSException explained(JMSException failure, Server server, String address) throws StepException {
        IOException why = new IOException("the broker ends the connection before the login"
                + (access.tls() == null ? "" : ", as one does that wants a client certificate"));
        int patience = (int) access.connectTimeout().toMillis();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, server.port()), patience);
            socket.setSoTimeout(patience);
            if (access.tls() != null) {
                TlsHandshake.on(access.tls().context(access.certificates()), socket, server.host(), server.port());
            }
        } catch (IOException e) {
            why = e;
        }
        JMSException explained = new JMSException(failure.getMessage());
        explained.initCause(why);
        return explained;
    }

    /** Whether it is a name and no address. */
    private static boolean named(Server server) {
        return server.host().indexOf(':') < 0 && !server.host().matches("[0-9.]+");
    }

    /** The client reads stores of keys from files only. */
    private synchronized Map<String, Object> tls() throws StepException {
        BrokerTls shown = access.tls();
        Map<String, Object> made = tls;
        if (shown == null || made != null) {
            return made == null ? Map.of() : made;
        }
        String password = UUID.randomUUID().toString();
        made = new HashMap<>();
        made.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        made.put(TransportConstants.VERIFY_HOST_PROP_NAME, true);
        KeyStore trusted = shown.trusted(password.toCharArray());
        if (trusted != null) {
            made.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
            made.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, write(trusted, password));
            made.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, password);
        }
        KeyStore own = shown.own(password.toCharArray());
        if (own != null) {
            made.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
            made.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, write(own, password));
            made.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, password);
        }
        tls = made;
        return made;
    }

    /** A temporary file is readable for its owner only. */
    private String write(KeyStore store, String password) throws StepException {
        try {
            Files.createDirectories(access.workFolder());
            Path file = Files.createTempFile(access.workFolder(), "broker", ".p12");
            files.add(file);
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
            return file.toString();
        } catch (IOException | GeneralSecurityException e) {
            throw new StepException(Owner.INTERNAL, "SPILL_FAILED", "certificates cannot be written to disk", e);
        }
    }

    @Override
    public void mark(Message message, String contentType, String id) throws JMSException {
        message.setStringProperty("contentType", contentType);
        message.setStringProperty("messageId", id);
        // Artemis drops a message whose id it has seen.
        message.setStringProperty("_AMQ_DUPL_ID", id);
    }

    @Override
    public @Nullable String contentType(Message message) throws JMSException {
        String type = message.getStringProperty("contentType");
        // What came by AMQP 1.0 has it there.
        return type != null ? type : message.getStringProperty("JMS_AMQP_ContentType");
    }

    @Override
    public boolean login(JMSException failure) {
        ActiveMQException thrown = BrokerFailures.find(failure, ActiveMQException.class);
        String text = String.valueOf(failure.getMessage());
        return (thrown == null || thrown.getType() == ActiveMQExceptionType.SECURITY_EXCEPTION)
                && (text.contains("AMQ229031") || text.contains("Unable to validate user"));
    }

    /** Asks before it reads: reading would make the queue. */
    @Override
    public MessageConsumer lookAt(Session session, Destination destination) throws JMSException {
        try {
            ClientSession core = ((ActiveMQSession) session).getCoreSession();
            SimpleString name = SimpleString.of(destination.name());
            boolean there = destination.topic()
                    ? core.addressQuery(name).isExists()
                    : core.queueQuery(name).isExists();
            if (!there) {
                throw new InvalidDestinationException("there is no '" + destination.name() + "'");
            }
        } catch (ActiveMQException e) {
            JMSException wrapped = new JMSException(e.getMessage());
            wrapped.initCause(e);
            throw wrapped;
        }
        return session.createConsumer(JmsBroker.destination(session, destination), "1 = 0");
    }

    @Override
    public synchronized void close() {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                System.getLogger(ArtemisClient.class.getName())
                        .log(System.Logger.Level.WARNING, "{0} cannot be deleted", file);
            }
        }
        files.clear();
        tls = null;
    }
}
