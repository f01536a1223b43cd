package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.patchbay.connector.broker.ArtemisServer;
import io.patchbay.connector.broker.QpidServer;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceCheck;
import io.patchbay.connector.camel.World;
import io.patchbay.connector.ftp.Ftp;
import io.patchbay.connector.mail.MailPort;
import io.patchbay.connector.sftp.Sftp;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A name that has another address a moment later: every kind connects to the address that was checked. The machine does not know
 * the name at all, so a client that looks it up by itself gets nowhere.
 */
@SuppressWarnings("try") // a test that is interrupted has failed
class CheckedAddressIT {

    private static final String HOST = "changing.test";

    @TempDir
    private Path home;

    private final AtomicInteger asked = new AtomicInteger();
    private World world;

    @BeforeEach
    void open() throws Exception {
        world = new World(home, this::addresses);
        world.secret("PASSWORD", "correct horse");
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** The first answer is where the servers are; at all others nobody listens. */
    private InetAddress[] addresses(String host) throws UnknownHostException {
        byte[] address = {127, 0, 0, (byte) (asked.getAndIncrement() == 0 ? 1 : 77)};
        return new InetAddress[] {InetAddress.getByAddress(host, address)};
    }

    private void instance(String connector, String more) throws Exception {
        String definition = "connectors/" + connector + "/connector.yaml";
        world.write(definition, Files.readString(Path.of(definition)));
        world.write(
                "connectors/" + connector + "/instances/one.yaml",
                "{instance: one, connector: " + connector + ", " + more + "}");
        world.reload();
    }

    private void assertConnected() {
        world.pause(
                "nobody but the check is to go there"); // no look at certificates, which asks for the address itself
        InstanceCheck check = new InstanceCalls(
                        world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .check("one", "check-1")
                .orElseThrow();
        assertThat(check.sentence()).isNull();
        assertThat(check.status()).isEqualTo(InstanceStatus.OPERATIONAL);
        assertThat(asked).as("looked up once").hasValue(1);
    }

    @Test
    void databases() throws Exception {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", home.toString())
                .start();
        try {
            world.write("connectors/db/connector.yaml", """
                    connector: db
                    version: 1.0.0
                    settings: {properties: {password: {}}, secrets: [password]}
                    auth: {sa: {type: basic, username: sa, password: '${settings.password}'}}
                    requester: {baseUrl: 'jdbc:h2:tcp://%s:%d/shop', database: {tls: none}, allowedHosts: [%s]}
                    check: {endpoint: one.read}
                    endpoints: {one.read: {kind: read, sql: {query: select 1 as x}}}
                    """.formatted(HOST, server.getPort(), HOST));
            world.write(
                    "connectors/db/instances/one.yaml",
                    "{instance: one, connector: db, settings: {password: '${secret.PASSWORD}'}}");
            world.reload();
            assertConnected();
        } finally {
            server.stop();
        }
    }

    @Test
    void ftpServers() throws Exception {
        try (Ftp ftp = new Ftp(home.resolve("remote"))) {
            instance(
                    "ftp",
                    "auth: password, settings: {host: " + HOST + ", port: " + ftp.port()
                            + ", user: ada, password: '${secret.PASSWORD}', security: none}");
            assertConnected();
        }
    }

    @Test
    void sftpServers() throws Exception {
        try (Sftp sftp = new Sftp(home.resolve("remote"))) {
            Path known = home.resolve("known-hosts");
            sftp.writeKnownHosts(known);
            Files.writeString(
                    known,
                    Files.readString(known, StandardCharsets.UTF_8)
                            .replaceFirst("^\\S+", "[" + HOST + "]:" + sftp.port()));
            instance(
                    "sftp",
                    "auth: password, settings: {host: " + HOST + ", port: " + sftp.port()
                            + ", user: ada, password: '${secret.PASSWORD}', knownHosts: known-hosts}");
            assertConnected();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "imap"})
    void mailServers(String protocol) throws Exception {
        boolean sends = protocol.equals("smtp");
        GreenMail server =
                new GreenMail(new ServerSetup[] {MailPort.free(sends ? ServerSetupTest.SMTP : ServerSetupTest.IMAP)});
        server.start();
        server.setUser("ada@example.com", "ada", "correct horse");
        try {
            instance(
                    protocol,
                    "auth: password, settings: {host: " + HOST + ", port: "
                            + (sends ? server.getSmtp() : server.getImap()).getPort()
                            + ", user: ada, password: '${secret.PASSWORD}', security: none"
                            + (sends ? ", from: a@example.com" : "") + "}");
            assertConnected();
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void brokersOfJms(String protocol) throws Exception {
        try (ArtemisServer server = new ArtemisServer()) {
            instance(
                    protocol,
                    "auth: password, settings: {addresses: '" + HOST + ":" + server.port(protocol)
                            + "', tls: false, user: ada, password: '${secret.PASSWORD}'}");
            assertConnected();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void brokersOfJmsBehindTlsWhoseCertificateIsForTheName(String protocol) throws Exception {
        ServerKey key = ServerKey.create(home, "dns:" + HOST);
        world.secret("CA", key.pem());
        try (ArtemisServer server = new ArtemisServer(key, null)) {
            instance(
                    protocol,
                    "auth: password, settings: {addresses: '" + HOST + ":" + server.port(protocol)
                            + "', caCertificate: '${secret.CA}', user: ada, password: '${secret.PASSWORD}'}");
            assertConnected();
        }
    }

    @Test
    void brokersOfRabbit() throws Exception {
        try (QpidServer server = new QpidServer(Files.createDirectories(home.resolve("broker")))) {
            instance(
                    "rabbitmq",
                    "auth: password, settings: {addresses: '" + HOST + ":" + server.port()
                            + "', virtualHost: shop, tls: false, user: ada, password: '${secret.PASSWORD}'}");
            assertConnected();
        }
    }

    @Test
    void systemsThatSpeakHttp() throws Exception {
        world.serve("/one", exchange -> World.json(exchange, 200, "{}"));
        world.write("connectors/web/connector.yaml", """
                connector: web
                version: 1.0.0
                requester: {baseUrl: 'http://%s:%d', allowedHosts: [%s]}
                check: {endpoint: one.get}
                endpoints: {one.get: {kind: read, method: GET, path: /one}}
                """.formatted(HOST, world.port(), HOST));
        world.write("connectors/web/instances/one.yaml", "{instance: one, connector: web}");
        world.reload();
        assertConnected();
    }
}
