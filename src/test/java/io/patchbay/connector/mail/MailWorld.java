package io.patchbay.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Use;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceCheck;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;

/** The connector as it is shipped, with the instance {@code post}. */
final class MailWorld implements AutoCloseable {

    final World world;
    final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    MailWorld(Path home) throws Exception {
        world = new World(home);
        world.secret("PASSWORD", "correct horse");
    }

    /** @param more further settings */
    void post(int port, String auth, String more) throws Exception {
        String definition = "connectors/smtp/connector.yaml";
        world.write(definition, Files.readString(Path.of(definition)));
        world.write(
                "connectors/smtp/instances/post.yaml",
                "{instance: post, connector: smtp, auth: " + auth + ", settings: {host: 127.0.0.1, port: " + port
                        + ", from: 'Shop <shop@example.com>', user: ada, password: '${secret.PASSWORD}', " + more
                        + "}}");
        world.reload();
    }

    /** Adds an endpoint {@code mails.own} with this mail to the connector. */
    void own(String mail) throws Exception {
        Path file = world.home().resolve("connectors/smtp/connector.yaml");
        String text = Files.readString(file);
        world.write(
                "connectors/smtp/connector.yaml",
                text.replace("endpoints:\n", "endpoints:\n  mails.own:\n    kind: action\n" + mail.indent(4)));
        world.reload();
    }

    InstanceCheck check() {
        return calls().check("post", "check-1").orElseThrow();
    }

    InstanceCalls calls() {
        return new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
    }

    Exchange exchange(String endpoint, Map<String, Object> with, Payload payload) {
        return world.context().createProducerTemplate().request("connector:post/" + endpoint, e -> {
            e.setProperty(Use.WITH, with);
            e.setProperty(Attempt.PROPERTY, attempt);
            e.getMessage().setBody(payload);
        });
    }

    Payload send(String endpoint, Map<String, Object> with, Payload payload) throws Exception {
        Exchange exchange = exchange(endpoint, with, payload);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return (Payload) exchange.getMessage().getBody();
    }

    StepException failure(String endpoint, Map<String, Object> with, String payload) throws Exception {
        Exchange exchange = exchange(endpoint, with, World.payload(payload));
        assertThat(exchange.getException()).isInstanceOf(StepException.class);
        return (StepException) exchange.getException();
    }

    @Override
    public void close() {
        world.close();
    }
}
