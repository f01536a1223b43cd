package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.ApiProgram;
import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.auth.MemoryTokens;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceConnect;
import io.patchbay.connector.camel.InstanceConnect.Arrival;
import io.patchbay.connector.camel.World;
import io.patchbay.store.SettableClock;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** {@code connector connect} and {@code disconnect}, spoken to the real API. */
@SpringBootTest(
        classes = {ApiProgram.class, ConnectionVerbsTest.Shops.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "patchbay.admin-token=" + ApiProgram.TOKEN)
class ConnectionVerbsTest {

    private static final String PAGE = "https://patchbay.example.com/connect/instances/shop\n";
    private static final String REDIRECT =
            "  redirect address to register at the system: https://patchbay.example.com/connect/callback\n";

    @TempDir
    static Path home;

    private static World world;

    @LocalServerPort
    private int port;

    @Autowired
    private InstanceConnect connect;

    @TestConfiguration
    static class Shops {
        @Bean
        @Primary
        InstanceConnect connectShops() {
            return new InstanceConnect(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
        }
    }

    @BeforeAll
    static void open() throws Exception {
        world = new World(
                home, new SettableClock(), new Connecting(new MemoryTokens(), "https://patchbay.example.com"));
        world.serve(
                "/token",
                exchange -> World.json(
                        exchange,
                        200,
                        "{\"access_token\":\"a-1\",\"expires_in\":600,\"refresh_token\":\"r-1\",\"scope\":\"orders\"}"));
        world.write("connectors/plain/connector.yaml", """
                {connector: plain, version: 1.0.0, requester: {baseUrl: 'https://plain.example.com'},
                 endpoints: {me.get: {kind: read, method: GET, path: /me}}}
                """);
        world.write("connectors/plain/instances/plain.yaml", "{instance: plain, connector: plain}\n");
        world.shop(
                "{a: {type: oauth2AuthorizationCode, token: {scopes: [orders, stock],"
                        + " authorizeUrl: 'https://id.example.com/authorize',"
                        + " url: 'http://127.0.0.1:${settings.port}/token'}}}",
                "",
                "me.get: {kind: read, method: GET, path: /me}\n",
                "");
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void disconnect() throws Exception {
        connect.disconnect("shop");
    }

    private Said say(String... args) {
        return Said.by(
                home,
                Map.of("PATCHBAY_URL", "http://127.0.0.1:" + port, "PATCHBAY_ADMIN_TOKEN", ApiProgram.TOKEN),
                "",
                args);
    }

    private void connected() throws Exception {
        connect.finish(connect.begin("shop").begun(), new Arrival("c0de", null, null));
    }

    @Test
    void saysWhereAnInstanceIsConnected() {
        Said said = say("connector", "connect", "shop");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).isEqualTo("shop: not connected\n  to connect it, open " + PAGE + REDIRECT);
    }

    @Test
    void saysSinceWhenItIsConnectedAndWhatWasNotGiven() throws Exception {
        connected();

        Said said = say("connector", "connect", "shop");
        Said json = say("connector", "connect", "shop", "--json");

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .startsWith("shop: connected since 20")
                .endsWith("\n  scopes not given: stock\n  to connect it again, open " + PAGE + REDIRECT);
        assertThat(json.json().path("connected").asBoolean()).isTrue();
        assertThat(json.out()).doesNotContain("a-1").doesNotContain("r-1");
    }

    @Test
    void disconnectsAndSaysWhatTheSystemDoesNotKnow() throws Exception {
        connected();

        Said said = say("connector", "disconnect", "shop");

        assertThat(said.code()).isZero();
        assertThat(said.out()).startsWith("shop: not connected\n  ");
        assertThat(connect.standing("shop").orElseThrow().connectedAt()).isNull();
    }

    @Test
    void saysThatAnInstanceNeedsNobodyOrIsNotThere() {
        assertThat(say("connector", "connect", "plain"))
                .extracting(Said::code, Said::out)
                .containsExactly(0, "plain proves itself by its settings: nobody has to connect it.\n");
        assertThat(say("connector", "disconnect", "plain").err()).contains("nobody has to connect it");
        assertThat(say("connector", "connect", "shpo"))
                .extracting(Said::code, Said::err)
                .containsExactly(2, "The runtime refuses: There is no instance 'shpo'.\n");
    }
}
