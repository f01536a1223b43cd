package io.patchbay.connector.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.patchbay.FreePorts;
import io.patchbay.connector.ServerKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/** Apache Qpid Broker-J in this process, speaking AMQP 0-9-1 as RabbitMQ does; user ada with the password 'correct horse'. */
@SuppressWarnings("try") // a test that is interrupted has failed
public final class QpidServer implements AutoCloseable {

    private static final String CONFIGURATION = """
            {"name": "broker", "modelVersion": "9.1", %s
             "authenticationproviders": [{"name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
               "users": [{"name": "ada", "type": "managed", "password": "correct horse"}]},
               {"name": "external", "type": "External"}],
             "ports": [{"name": "amqp", "port": %d, "bindingAddress": "127.0.0.1",
               "authenticationProvider": "plain", "protocols": ["AMQP_0_9_1"],
               "virtualhostaliases": [{"name": "nameAlias", "type": "nameAlias"}]}%s],
             "virtualhostnodes": [{"name": "shop", "type": "Memory", "defaultVirtualHostNode": "true",
               "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"}]}
            """;

    private static final String STORES = """
            "keystores": [{"name": "keys", "type": "FileKeyStore", "storeUrl": "%s", "password": "changeit",
               "keyStoreType": "PKCS12"}],
             "truststores": [{"name": "clients", "type": "FileTrustStore", "storeUrl": "%s", "password": "changeit",
               "trustStoreType": "PKCS12"}],
            """;

    private static final String TLS = """
            , {"name": "amqps", "port": %d, "bindingAddress": "127.0.0.1", "transports": ["SSL"], "keyStore": "keys",
               "authenticationProvider": "plain", "protocols": ["AMQP_0_9_1"],
               "virtualhostaliases": [{"name": "nameAlias", "type": "nameAlias"}]},
              {"name": "certificates", "port": %d, "bindingAddress": "127.0.0.1", "transports": ["SSL"],
               "keyStore": "keys", "trustStores": ["clients"], "needClientAuth": true,
               "authenticationProvider": "external", "protocols": ["AMQP_0_9_1"],
               "virtualhostaliases": [{"name": "nameAlias", "type": "nameAlias"}]}
            """;

    private final SystemLauncher launcher = new SystemLauncher();
    private final int port = FreePorts.next();
    private final int tlsPort = FreePorts.next();
    private final int certificatePort = FreePorts.next();
    private final Connection operator;

    public QpidServer(Path folder) throws Exception {
        this(folder, null, null);
    }

    /** A broker with two further ports behind TLS; one of them wants the certificate of this client. */
    public QpidServer(Path folder, @Nullable ServerKey key, @Nullable ServerKey client) throws Exception {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("qpid"))
                .setLevel(ch.qos.logback.classic.Level.WARN);
        Path file = folder.resolve("broker.json");
        Files.writeString(
                file,
                CONFIGURATION.formatted(
                        key == null || client == null
                                ? ""
                                : STORES.formatted(
                                        key.store().toUri(), client.trusted().toUri()),
                        port,
                        key == null ? "" : TLS.formatted(tlsPort, certificatePort)));
        Map<String, Object> settings = new HashMap<>();
        settings.put(SystemConfig.TYPE, "Memory");
        settings.put(SystemConfig.INITIAL_CONFIGURATION_LOCATION, file.toUri().toString());
        settings.put(SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT, false);
        Path none = Files.createFile(folder.resolve("system.properties"));
        settings.put(SystemConfig.INITIAL_SYSTEM_PROPERTIES_LOCATION, none.toString());
        settings.put("qpid.work_dir", folder.toString());
        launcher.startup(settings);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setUsername("ada");
        factory.setPassword("correct horse");
        factory.setVirtualHost("shop");
        operator = factory.newConnection();
    }

    public int port() {
        return port;
    }

    public int tlsPort() {
        return tlsPort;
    }

    public int certificatePort() {
        return certificatePort;
    }

    public void queue(String name) throws Exception {
        try (Channel channel = operator.createChannel()) {
            channel.queueDeclare(name, true, false, false, null);
        }
    }

    public void exchange(String name, String queue, String routingKey) throws Exception {
        try (Channel channel = operator.createChannel()) {
            channel.exchangeDeclare(name, "topic", true);
            channel.queueBind(queue, name, routingKey);
        }
    }

    /** A channel of the operator, for what a test sends by itself. */
    public Channel channel() throws Exception {
        return operator.createChannel();
    }

    /** Messages that are there, those in hand of a reader among them. */
    public long depth(String queue) throws Exception {
        try (Channel channel = operator.createChannel()) {
            return channel.messageCount(queue);
        }
    }

    @Override
    public void close() throws Exception {
        operator.abort();
        launcher.shutdown();
    }
}
