package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.InstanceStatus;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows that call one instance by different versions of its connector. */
class PinnedVersionTest {

    @TempDir
    Path home;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        world.serve("/v1", exchange -> World.json(exchange, 200, "{\"version\": 1}"));
        world.serve(
                "/v2",
                exchange -> World.json(
                        exchange,
                        200,
                        "{\"version\": \"" + exchange.getRequestHeaders().getFirst("X-Token") + "\"}"));
        write("versions/1.4.0/", "1.4.0", "v1", "");
        write("", "2.0.0", "v2", """
                rateLimit: {policies: [{algorithm: fixedWindow, limit: 3, period: 1h}], onLimit: fail}
                """);
        world.write("connectors/shop/instances/one.yaml", """
                {instance: one, connector: shop, settings: {port: %d, token: '${secret.TOKEN}'}}
                """.formatted(world.port()));
        world.secret("TOKEN", "t0ken-value");
        world.reload();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void write(String folder, String version, String path, String more) throws Exception {
        world.write("connectors/shop/" + folder + "connector.yaml", """
                connector: shop
                version: %s
                settings: {properties: {port: {type: integer}}, secrets: [token]}
                auth: {key: {type: apiKey, inject: {into: header, name: X-Token, format: '${settings.token}'}}}
                requester: {baseUrl: 'http://127.0.0.1:${settings.port}', allowedHosts: ['127.0.0.1'], timeout: 2s}
                %sendpoints:
                  me.get: {kind: read, method: GET, path: /%s}
                """.formatted(version, more, path));
    }

    private String hash(String pin) {
        return world.catalog()
                .pinned("one", pin, Location.of("f"), new Problems())
                .connector()
                .hash();
    }

    private Exchange called(String query) throws Exception {
        return world.call("connector:one/me.get" + query, Payload.empty(Lineage.ofRun("r")), new FakeAttempt(), null);
    }

    private String answer(String query) throws Exception {
        Exchange exchange = called(query);
        assertThat(exchange.getException()).isNull();
        return ((Payload) exchange.getMessage().getBody())
                .tree()
                .path("version")
                .asText();
    }

    @Test
    void eachCallsByItsVersionWithTheSettingsOfTheOneInstance() throws Exception {
        assertThat(answer("?revision=" + hash("shop@1"))).isEqualTo("1");
        assertThat(answer("")).isEqualTo("t0ken-value");
    }

    @Test
    void allVersionsShareTheLimitsOfTheInstance() throws Exception {
        String old = "?revision=" + hash("shop@1");
        assertThat(answer(old)).isEqualTo("1");
        assertThat(answer("")).isEqualTo("t0ken-value");
        assertThat(answer(old)).isEqualTo("1");

        assertThat(called(old).getException())
                .isInstanceOfSatisfying(
                        StepException.class,
                        failure -> assertThat(failure.code()).isEqualTo("RATE_LIMITED"));
        assertThat(called("").getException()).isInstanceOf(StepException.class);
    }

    @Test
    void allVersionsTellOfTheOneStandingOfTheInstance() throws Exception {
        ConnectorComponent component = world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class);
        answer("?revision=" + hash("shop@1"));

        assertThat(new InstanceCalls(component)
                        .standing(world.catalog().instance("one"))
                        .status())
                .isEqualTo(InstanceStatus.OPERATIONAL);
    }

    @Test
    void anUpdateOfTheNewestChangesNothingForWhoAskedForTheOld() throws Exception {
        String old = hash("shop@1");
        assertThat(answer("?revision=" + old)).isEqualTo("1");
        write("", "2.1.0", "v1", "");
        world.reload();

        assertThat(hash("shop@1")).isEqualTo(old);
        assertThat(answer("?revision=" + old)).isEqualTo("1");
        assertThat(answer("")).isEqualTo("1");
    }
}
