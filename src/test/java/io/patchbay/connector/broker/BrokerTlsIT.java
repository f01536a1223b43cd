package io.patchbay.connector.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.connector.Instance;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.ServerKey;
import io.patchbay.connector.Validity;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceCheck;
import io.patchbay.connector.camel.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers behind TLS: whom they are trusted by, and certificates that are shown to them. */
class BrokerTlsIT {

    @TempDir
    private static Path keys;

    private static ServerKey key;
    private static ServerKey other;
    private static ServerKey client;
    private static ArtemisServer artemis;
    private static ArtemisServer strict;
    private static QpidServer qpid;
    private static KafkaServer kafka;

    @TempDir
    private Path home;

    private World world;

    @BeforeAll
    static void start() throws Exception {
        key = ServerKey.create(keys, "ip:127.0.0.1,dns:localhost");
        other = ServerKey.create(keys, "dns:other.example.com");
        client = ServerKey.create(keys, "dns:client.example.com");
        artemis = new ArtemisServer(key, null);
        strict = new ArtemisServer(key, client.trusted());
        qpid = new QpidServer(Files.createDirectories(keys.resolve("qpid")), key, client);
        kafka = new KafkaServer(key);
    }

    @AfterAll
    static void stop() throws Exception {
        kafka.close();
        qpid.close();
        strict.close();
        artemis.close();
    }

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        world.secret("PASSWORD", "correct horse");
        world.secret("CA", key.pem());
        world.secret("OTHER", other.pem());
        world.secret("CERTIFICATE", client.pem());
        world.secret("KEY", client.keyPem());
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String address(String protocol, boolean wantsCertificate) {
        return switch (protocol) {
            case "kafka" -> kafka.addresses();
            case "rabbitmq" -> "127.0.0.1:" + (wantsCertificate ? qpid.certificatePort() : qpid.tlsPort());
            default -> "127.0.0.1:" + (wantsCertificate ? strict : artemis).port(protocol);
        };
    }

    private InstanceCheck check(String protocol, boolean wantsCertificate, String auth, String settings)
            throws Exception {
        String definition = "connectors/" + protocol + "/connector.yaml";
        world.write(definition, Files.readString(Path.of(definition)));
        String more = protocol.equals("rabbitmq")
                ? "virtualHost: shop, "
                : protocol.equals("kafka") ? "mechanism: PLAIN, " : "";
        world.write(
                "connectors/" + protocol + "/instances/one.yaml",
                "{instance: one, connector: " + protocol + ", timeout: 5s, auth: " + auth + ", settings: {addresses: '"
                        + address(protocol, wantsCertificate) + "', " + more + settings + "}}");
        world.reload();
        return calls().check("one", "check-1").orElseThrow();
    }

    private InstanceCalls calls() {
        return new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
    }

    private static void assertOperational(InstanceCheck check) {
        assertThat(check.sentence()).isNull();
        assertThat(check.status()).isEqualTo(InstanceStatus.OPERATIONAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp", "rabbitmq", "kafka"})
    void logsInBehindTls(String protocol) throws Exception {
        assertOperational(check(
                protocol,
                false,
                "password",
                "caCertificate: '${secret.CA}', user: ada, password: '${secret.PASSWORD}'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp", "rabbitmq", "kafka"})
    void knowsWhenTheCertificateOfTheBrokerEnds(String protocol) throws Exception {
        check(protocol, false, "password", "caCertificate: '${secret.CA}', user: ada, password: '${secret.PASSWORD}'");

        InstanceCalls calls = calls();
        Instance instance = Objects.requireNonNull(calls.catalog().instance("one"));
        // Artemis' client shows it to nobody: it is looked at beside.
        await().atMost(Duration.ofMinutes(5))
                .until(() -> !calls.serverCertificates(instance).isEmpty());
        assertThat(calls.serverCertificates(instance)).allSatisfy(seen -> {
            assertThat(seen.server()).isEqualTo(address(protocol, false));
            assertThat(seen.ends()).isEqualTo(key.certificate().getNotAfter().toInstant());
        });
    }

    @Test
    void knowsWhenTheOwnCertificateEnds() throws Exception {
        check(
                "artemis",
                true,
                "certificate",
                "caCertificate: '${secret.CA}', clientCertificate: '${secret.CERTIFICATE}', privateKey: '${secret.KEY}'");

        assertThat(calls().certificate(Objects.requireNonNull(calls().catalog().instance("one"))))
                .isEqualTo(new Validity(
                        client.certificate().getNotBefore().toInstant(),
                        client.certificate().getNotAfter().toInstant()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp", "rabbitmq", "kafka"})
    void leavesABrokerThatIsNotTrusted(String protocol) throws Exception {
        InstanceCheck check = check(
                protocol,
                false,
                "password",
                "caCertificate: '${secret.OTHER}', user: ada, password: '${secret.PASSWORD}'");

        assertThat(check.status()).isEqualTo(InstanceStatus.UNREACHABLE);
        assertThat(check.code()).isEqualTo("TLS_FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp", "rabbitmq", "kafka"})
    void aWrongPasswordIsToldApart(String protocol) throws Exception {
        world.secret("PASSWORD", "wrong horse");

        assertThat(check(
                                protocol,
                                false,
                                "password",
                                "caCertificate: '${secret.CA}', user: ada, password: '${secret.PASSWORD}'")
                        .code())
                .isEqualTo("AUTH_FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp", "rabbitmq"})
    void showsItsCertificateWhereThatIsTheLogin(String protocol) throws Exception {
        assertOperational(
                check(
                        protocol,
                        true,
                        "certificate",
                        "caCertificate: '${secret.CA}', clientCertificate: '${secret.CERTIFICATE}', privateKey: '${secret.KEY}'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp", "rabbitmq"})
    void aBrokerThatWantsACertificateTakesNobodyWithout(String protocol) throws Exception {
        InstanceCheck check = check(
                protocol, true, "password", "caCertificate: '${secret.CA}', user: ada, password: '${secret.PASSWORD}'");

        assertThat(check.status())
                .as(check.code() + " " + check.sentence())
                .isIn(InstanceStatus.UNREACHABLE, InstanceStatus.FAILED_AUTHENTICATION);
        assertThat(check.sentence()).isNotBlank();
    }
}
