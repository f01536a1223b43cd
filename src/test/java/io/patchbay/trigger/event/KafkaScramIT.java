package io.patchbay.trigger.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.ServerKey;
import io.patchbay.connector.broker.KafkaServer;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceCheck;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of Kafka that prove by SCRAM (RFC 5802, RFC 7677) that they know their password. */
class KafkaScramIT {

    /** With all that means something where Kafka's clients take a login from. */
    private static final String PASSWORD = "it's \"one\" horse\\; = 100% ü";

    @TempDir
    private static Path keys;

    private static ServerKey key;
    private static KafkaServer server;

    @TempDir
    private Path home;

    private Messages messages;

    @BeforeAll
    static void start() throws Exception {
        key = ServerKey.create(keys, "ip:127.0.0.1,dns:localhost");
        server = new KafkaServer(key);
        server.scramUser("berta", PASSWORD);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        messages = new Messages(home);
        messages.world.secret("PASSWORD", PASSWORD);
        messages.world.secret("CA", key.pem());
    }

    @AfterEach
    void close() throws Exception {
        messages.close();
    }

    private void instance(String user, String mechanism) throws Exception {
        messages.instance(
                "kafka",
                "timeout: 10s, auth: password, settings: {addresses: '" + server.addresses() + "', user: " + user
                        + ", password: '${secret.PASSWORD}', caCertificate: '${secret.CA}'" + mechanism + "}");
    }

    private InstanceCheck check() {
        return new InstanceCalls(
                        messages.world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .check("broker", "check-1")
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-512"})
    void sendsAndReads(String mechanism) throws Exception {
        String topic = "orders." + mechanism;
        server.topic(topic, 1);
        instance("berta", ", mechanism: " + mechanism);

        messages.send(topic, "{\"n\":1}", Map.of());
        messages.listen(Messages.on(topic));

        messages.awaitStarts(1);
        assertThat(messages.started).extracting(Messages.Started::text).containsExactly("{\"n\":1}");
    }

    @Test
    void theFolderAsItIsShippedLogsInByScram() throws Exception {
        instance("berta", "");

        assertThat(check().sentence()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-512"})
    void aWrongPasswordAndAnUnknownUserAreRefused(String mechanism) throws Exception {
        instance("nobody", ", mechanism: " + mechanism);
        assertRefused(check());

        messages.world.secret("PASSWORD", "wrong horse");
        instance("berta", ", mechanism: " + mechanism);
        assertRefused(check());
    }

    private static void assertRefused(InstanceCheck check) {
        assertThat(check.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
        assertThat(check.code()).isEqualTo("AUTH_FAILED");
        assertThat(check.sentence()).doesNotContain("horse");
    }
}
