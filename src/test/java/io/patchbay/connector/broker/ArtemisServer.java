package io.patchbay.connector.broker;

import static org.awaitility.Awaitility.await;

import io.patchbay.FreePorts;
import io.patchbay.connector.ServerKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Connection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.jspecify.annotations.Nullable;

/** A broker in this process that speaks Artemis' own protocol and AMQP 1.0; user ada with the password 'correct horse'. */
@SuppressWarnings("try") // a test that is interrupted has failed
public final class ArtemisServer implements AutoCloseable {

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final int core = FreePorts.next();
    private final int amqp = FreePorts.next();

    public ArtemisServer() throws Exception {
        this("");
    }

    /** A broker whose way is TLS with this key, and which wants a certificate of its clients, when there is one to trust. */
    public ArtemisServer(ServerKey key, @Nullable Path trusted) throws Exception {
        this(";sslEnabled=true;keyStoreType=PKCS12;keyStorePath=" + key.store() + ";keyStorePassword="
                + ServerKey.PASSWORD
                + (trusted == null
                        ? ""
                        : ";needClientAuth=true;trustStoreType=PKCS12;trustStorePath=" + trusted
                                + ";trustStorePassword=" + ServerKey.PASSWORD));
    }

    private ArtemisServer(String tls) throws Exception {
        for (String chatty : List.of("org.apache.activemq.audit", "org.apache.activemq.artemis")) {
            ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger(chatty))
                    .setLevel(ch.qos.logback.classic.Level.ERROR);
        }
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setJMXManagementEnabled(false)
                .setSecurityEnabled(true)
                .addAcceptorConfiguration("core", "tcp://127.0.0.1:" + core + "?protocols=CORE" + tls)
                .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + amqp + "?protocols=AMQP" + tls)
                .addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(-1));
        Role all = new Role("all", true, true, true, true, true, true, true, true, true, true, false, false);
        configuration.putSecurityRoles("#", Set.of(all));
        configuration.putSecurityRoles(
                "closed.#",
                Set.of(new Role("nobody", true, true, true, true, true, true, true, true, true, true, false, false)));
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser("ada", "correct horse");
        users.addRole("ada", "all");
        users.setDefaultUser("ada"); // who shows a certificate and no password
        server.setConfiguration(configuration);
        server.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        server.start();
    }

    public int port(String protocol) {
        return protocol.equals("amqp") ? amqp : core;
    }

    public void queue(String name) throws Exception {
        server.getActiveMQServer()
                .createQueue(QueueConfiguration.of(name).setAddress(name).setRoutingType(RoutingType.ANYCAST));
    }

    public void topic(String name) throws Exception {
        server.getActiveMQServer()
                .addAddressInfo(new org.apache.activemq.artemis.core.server.impl.AddressInfo(
                        SimpleString.of(name), RoutingType.MULTICAST));
    }

    /** Messages that are in the queue or in hand of a reader. */
    public long held(String queue) {
        Queue found = server.getActiveMQServer().locateQueue(queue);
        return found == null ? -1 : found.getMessageCount();
    }

    /** Cuts all connections. When it returns nothing comes over them any more, such as an acknowledgement. */
    public void cut() {
        List<Connection> cut = new ArrayList<>();
        for (RemotingConnection one :
                server.getActiveMQServer().getRemotingService().getConnections()) {
            cut.add(one.getTransportConnection());
            one.fail(new ActiveMQDisconnectedException("cut"));
        }
        await().until(() -> cut.stream().noneMatch(Connection::isOpen));
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
