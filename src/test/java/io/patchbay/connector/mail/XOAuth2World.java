package io.patchbay.connector.mail;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.Use;
import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.auth.MemoryTokens;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceCheck;
import io.patchbay.connector.camel.InstanceConnect;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.store.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The mail connectors as they are shipped, with an instance {@code box} that a person connected; Google's and Microsoft's token
 * endpoints are the one here, whose tokens are named by their number and live for ten minutes.
 */
final class XOAuth2World implements AutoCloseable {

    static final String PAGE = "https://patchbay.example.com/connect/instances/box";

    final World world;
    final SettableClock clock = new SettableClock();
    /** What the token endpoint was asked. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    XOAuth2World(Path home) throws Exception {
        world = new World(home, clock, new Connecting(new MemoryTokens(), "https://patchbay.example.com"));
        world.secret("CLIENT", "client-secret");
        world.serve("/token", this::token);
    }

    private String connector = "";

    private void token(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        World.json(
                exchange,
                200,
                "{\"access_token\":\"access-%1$d\",\"expires_in\":600,\"refresh_token\":\"refresh-%1$d\"}"
                        .formatted(asked.size()));
    }

    /** Writes a connector and the instance, at a mail server on this port. */
    void into(String connector, String auth, int port, String more) throws Exception {
        this.connector = connector;
        String file = "connectors/" + connector + "/connector.yaml";
        String here = "http://127.0.0.1:" + world.port() + "/token";
        world.write(
                file,
                Files.readString(Path.of(file))
                        .replace("https://oauth2.googleapis.com/token", here)
                        .replace("https://login.microsoftonline.com/${settings.tenant}/oauth2/v2.0/token", here)
                        .replace("allowedHosts: [", "allowedHosts: ['127.0.0.1', "));
        world.write("connectors/" + connector + "/instances/box.yaml", """
                instance: box
                connector: %s
                auth: %s
                settings: {host: 127.0.0.1, port: %d, security: none, user: ada@example.com, clientId: client-id, clientSecret: '${secret.CLIENT}'%s}
                """.formatted(connector, auth, port, more));
        world.reload();
    }

    private ConnectorComponent component() {
        return world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class);
    }

    /** A person lets the instance in. */
    void connect() throws Exception {
        InstanceConnect connect = new InstanceConnect(component());
        connect.finish(connect.begin("box").begun(), new InstanceConnect.Arrival("c0de", null, null));
    }

    /** Has the next call log in anew. */
    void reconnect() throws IOException {
        Path file = world.home().resolve("connectors").resolve(connector).resolve("instances/box.yaml");
        Files.writeString(file, Files.readString(file) + "# changed\n");
        world.reload();
    }

    /** Sends a mail. @return why it failed, or null */
    StepException send() {
        return (StepException) world.context()
                .createProducerTemplate()
                .request("connector:box/mails.send", e -> {
                    e.setProperty(
                            Use.WITH,
                            Map.of(
                                    "to", Json.NODES.textNode("ada@example.com"),
                                    "subject", Json.NODES.textNode("Hello"),
                                    "text", Json.NODES.textNode("Hello")));
                    e.setProperty(Attempt.PROPERTY, new FakeAttempt(Map.of(), Map.of(), null, 0));
                    e.getMessage().setBody(World.payload("{}"));
                })
                .getException();
    }

    InstanceCheck check() {
        return new InstanceCalls(component()).check("box", "check-1").orElseThrow();
    }

    @Override
    public void close() {
        world.close();
    }
}
