package io.patchbay.connector.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.Use;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.StepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls to a message broker tell of how its instance stands. */
class BrokerStandingIT {

    @TempDir
    private Path home;

    private World world;
    private ArtemisServer server;

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        server = new ArtemisServer();
        server.queue("orders.new");
    }

    @AfterEach
    void close() throws Exception {
        world.close();
        server.close();
    }

    private void instance(String protocol, String password, String more) throws Exception {
        String definition = "connectors/" + protocol + "/connector.yaml";
        world.write(definition, Files.readString(Path.of(definition)));
        world.write(
                "connectors/" + protocol + "/instances/one.yaml",
                "{instance: one, connector: " + protocol
                        + ", timeout: 5s, auth: password, settings: {addresses: '127.0.0.1:"
                        + server.port(protocol) + "', tls: false, user: ada, password: '${secret.PASSWORD}'" + more
                        + "}}");
        world.secret("PASSWORD", password);
        world.reload();
    }

    private Exception send(String destination) {
        Exchange sent = world.context().createProducerTemplate().request("connector:one/messages.send", exchange -> {
            exchange.setProperty(Use.WITH, Map.of("destination", destination));
            exchange.setProperty(Attempt.PROPERTY, new FakeAttempt(Map.of(), Map.of(), null, 0));
            exchange.getMessage().setBody(World.payload("{}"));
        });
        return sent.getException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void tellsHowTheInstanceStands(String protocol) throws Exception {
        instance(protocol, "correct horse", "");
        assertThat(send("orders.new")).isNull();
        assertThat(world.standing("one").status()).isEqualTo(InstanceStatus.OPERATIONAL);

        instance(protocol, "wrong horse", ", caCertificate: ''");
        assertThat(send("orders.new")).isInstanceOf(StepException.class);
        assertThat(world.standing("one")).satisfies(view -> {
            assertThat(view.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
            assertThat(view.lastFailure().code()).isEqualTo("AUTH_FAILED");
        });

        server.close();
        assertThat(send("orders.new")).isInstanceOf(StepException.class);
        assertThat(world.standing("one").status()).isEqualTo(InstanceStatus.UNREACHABLE);
    }
}
