package io.patchbay.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.connector.Instance;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.Use;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** An instance {@code db} of a connector with these endpoints. */
final class SqlWorld implements AutoCloseable {

    final World world;
    final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final String address;
    private final String user;
    private boolean trusts;

    SqlWorld(Path home, String address, String user) throws Exception {
        this.world = new World(home);
        this.address = address;
        this.user = user;
        world.secret("PASSWORD", "correct horse");
    }

    void endpoints(String tls, String endpoints) throws Exception {
        behind("tls: " + tls, endpoints);
    }

    /** The certificate that it trusts. */
    void trust(String pem) {
        world.secret("CA", pem);
        trusts = true;
    }

    /** The folder of the connector as it is shipped, with its instance {@code db}. */
    void shipped(Map<String, Object> settings) throws Exception {
        Files.delete(world.home().resolve("connectors/db/instances/db.yaml"));
        world.write("connectors/sql/connector.yaml", Files.readString(Path.of("connectors/sql/connector.yaml")));
        String own = settings.entrySet().stream()
                .map(one -> one.getKey() + ": " + one.getValue() + ", ")
                .collect(Collectors.joining());
        world.write("connectors/sql/instances/db.yaml", """
                {instance: db, connector: sql, settings: {%suser: %s, password: '${secret.PASSWORD}'%s}}
                """.formatted(own, user, trusts ? ", ca: '${secret.CA}'" : ""));
        world.reload();
    }

    /** @param database how it is reached */
    void behind(String database, String endpoints) throws Exception {
        world.write("connectors/db/connector.yaml", """
                connector: db
                version: 1.0.0
                settings: {properties: {user: {}, ca: {required: false}}, secrets: [password]}
                auth: {password: {type: basic, username: '${settings.user}', password: '${settings.password}'}}
                requester: {baseUrl: '%s', database: {%s}, allowedHosts: [127.0.0.1, localhost], timeout: 5s, maxConnections: 2}
                endpoints:
                %s
                """.formatted(address, database, endpoints.indent(2)));
        world.write("connectors/db/instances/db.yaml", """
                {instance: db, connector: db, settings: {user: %s, password: '${secret.PASSWORD}'%s}}
                """.formatted(user, trusts ? ", ca: '${secret.CA}'" : ""));
        world.reload();
    }

    Exchange exchange(String endpoint, Map<String, Object> with, Payload payload) {
        return world.context().createProducerTemplate().request("connector:db/" + endpoint, e -> {
            e.setProperty(Use.WITH, with);
            e.setProperty(Attempt.PROPERTY, attempt);
            e.getMessage().setBody(payload);
        });
    }

    Payload call(String endpoint, Map<String, Object> with, Payload payload) throws Exception {
        Exchange exchange = exchange(endpoint, with, payload);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return (Payload) exchange.getMessage().getBody();
    }

    Payload read(String endpoint, Map<String, Object> with) throws Exception {
        return call(endpoint, with, Payload.empty(Lineage.ofRun("run-1")));
    }

    StepException failure(String endpoint, Map<String, Object> with, String payload) throws Exception {
        Exchange exchange = exchange(endpoint, with, World.payload(payload));
        assertThat(exchange.getException()).isInstanceOf(StepException.class);
        return (StepException) exchange.getException();
    }

    /** What the database showed of itself, once it was looked at. */
    List<ServerCertificates.Seen> certificates() {
        InstanceCalls calls =
                new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
        Instance instance = Objects.requireNonNull(calls.catalog().instance("db"));
        await().atMost(Duration.ofMinutes(5))
                .until(() -> !calls.serverCertificates(instance).isEmpty());
        return calls.serverCertificates(instance);
    }

    /** All records of all pages, as text. */
    List<String> records(String endpoint, Map<String, Object> with) throws Exception {
        Exchange exchange = exchange(endpoint, with, Payload.empty(Lineage.ofRun("run-1")));
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        List<String> records = new ArrayList<>();
        try (Pull pull = (Pull) exchange.getMessage().getBody()) {
            while (pull.next() instanceof Pull.Page page) {
                page.payload().records().forEach(record -> records.add(record.toString()));
            }
        }
        return records;
    }

    List<Pull.Element> pull(String endpoint, FakeAttempt by) throws Exception {
        return world.pull("connector:db/" + endpoint, by, null);
    }

    @Override
    public void close() {
        world.close();
    }
}
