package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.FreePorts;
import io.patchbay.connector.InstanceStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check of a shipped folder says in plain words why its server is not reached, and does so soon. */
class CheckBeyondHttpTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path home;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        world.secret("PASSWORD", "correct horse");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private InstanceCheck check(String connector, String settings) throws Exception {
        world.write(
                "connectors/" + connector + "/connector.yaml",
                Files.readString(Path.of("connectors/" + connector + "/connector.yaml"))
                        .replace("timeout: 30s", "timeout: 2s"));
        world.write("connectors/" + connector + "/instances/it.yaml", """
                {instance: it, connector: %s, %s settings: {%s, user: ada, password: '${secret.PASSWORD}'}}
                """.formatted(
                        connector, connector.equals("sql") ? "" : "auth: password,", settings));
        world.write(
                "known",
                "other.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl");
        world.reload();
        return new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .check("it", "check-1")
                .orElseThrow();
    }

    private static String at(String connector, String host, int port) {
        return switch (connector) {
            case "kafka", "rabbitmq", "artemis", "amqp" -> "addresses: '" + host + ":" + port + "'";
            case "sql" -> "host: " + host + ", port: " + port + ", database: shop";
            case "smtp" -> "host: " + host + ", port: " + port + ", from: shop@example.com";
            case "sftp" -> "host: " + host + ", port: " + port + ", knownHosts: known";
            default -> "host: " + host + ", port: " + port;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "rabbitmq", "artemis", "amqp", "sql", "ftp", "sftp", "smtp", "imap"})
    void saysThatNothingListens(String connector) throws Exception {
        InstanceCheck check = check(connector, at(connector, "127.0.0.1", FreePorts.next()));

        assertThat(check.status()).isEqualTo(InstanceStatus.UNREACHABLE);
        assertThat(check.code()).isEqualTo("CONNECT_FAILED");
        assertThat(check.sentence()).contains("see that the port in the settings of the instance is right");
        assertThat(check.took()).isLessThan(SOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "rabbitmq", "artemis", "amqp", "sql", "ftp", "sftp", "smtp", "imap"})
    void saysThatAHostIsNotKnown(String connector) throws Exception {
        InstanceCheck check = check(connector, at(connector, "no-such-host.invalid", 1));

        assertThat(check.code()).isEqualTo("UNKNOWN_HOST");
        assertThat(check.sentence()).contains("'no-such-host.invalid' is not known", "set the host's name right");
        assertThat(check.took()).isLessThan(SOON);
    }

    @Test
    void saysThatThePasswordIsWrong() throws Exception {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", home.toString())
                .start();
        String url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/shop";
        try (Connection other = DriverManager.getConnection(url, "ada", "another horse")) {
            InstanceCheck check =
                    check("sql", "kind: 'h2:tcp', tls: none, " + at("sql", "127.0.0.1", server.getPort()));

            assertThat(other.isClosed()).isFalse();
            assertThat(check.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
            assertThat(check.sentence()).contains("set user and password, or the key, of the instance right");
        } finally {
            server.stop();
        }
    }

    @Test
    void saysThatNoClusterOfKafkaAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            InstanceCheck check = check("kafka", at("kafka", "127.0.0.1", silent.getLocalPort()));

            assertThat(check.code()).isEqualTo("TIMEOUT");
            assertThat(check.sentence())
                    .contains("no answer in the way of Kafka", "speaks TLS or not as the instance says");
            assertThat(check.took()).isLessThan(SOON);
        }
    }
}
