package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The addresses of {@link ForeignAddressesTest} in the other places from which an address may come: the answer of a login, the
 * result of a job, and settings in the addresses of tokens. Nothing is sent there, credentials least of all.
 */
class ForeignServersTest extends ShopCalls {

    private static final String BEARER = "{main: {type: bearer, inject: {format: 'Bearer ${settings.token}'}}}";

    private volatile String named = "";

    @BeforeEach
    void system() {
        serve("/", exchange -> World.json(exchange, 200, "{}"));
        serve(
                "/api/login",
                exchange -> World.json(
                        exchange, 200, Json.MAPPER.writeValueAsString(Map.of("Token", "session-1", "Server", named))));
        serve("/api/start", exchange -> World.json(exchange, 200, "{\"id\": \"7\"}"));
        serve(
                "/api/state",
                exchange -> World.json(
                        exchange, 200, Json.MAPPER.writeValueAsString(Map.of("status", "DONE", "url", named))));
    }

    /** All but one: the port of baseUrl is allowed, but nothing speaks TLS there. */
    private static List<String> foreign() {
        return ForeignAddressesTest.foreign()
                .filter(address -> !address.startsWith("https://127.0.0.1:"))
                .toList();
    }

    private void name(String address) {
        named = address.replace("PORT", String.valueOf(world.port()));
        asked.clear();
    }

    /** An instance for each address, so that none has the session of another one. */
    private void instances() throws IOException {
        for (int i = 0; i < foreign().size(); i++) {
            world.write("connectors/shop/instances/shop-" + i + ".yaml", """
                    instance: shop-%d
                    connector: shop
                    settings: {port: %d, token: '${secret.TOKEN}', clientId: '${secret.ID}', clientSecret: '${secret.SECRET}'}
                    """.formatted(i, world.port()));
        }
        world.reload();
    }

    @Test
    void aLoginNamesNoServerElsewhere() throws Exception {
        world.shop(
                "{a: {type: sessionLogin, login: {endpoint: login.post, tokenPath: $.Token, serverPath: $.Server}, inject: {into:"
                        + " header, name: Authorization}}}",
                "",
                """
                login.post: {kind: action, method: POST, path: /login, request: {body: {template: {secret: '${settings.token}'}}}}
                me.get: {kind: read, method: GET, path: /me}
                """,
                "");
        instances();
        for (int i = 0; i < foreign().size(); i++) {
            String address = foreign().get(i);
            name(address);

            StepException why = failure("connector:shop-" + i + "/me.get");

            assertThat(why.code()).as(address).isEqualTo("FOREIGN_LINK");
            assertThat(asked).as(address).containsExactly("POST /api/login");
        }
    }

    @Test
    void theResultOfAJobIsNotElsewhere() throws Exception {
        world.shop(BEARER, "", """
                all.export:
                  kind: read
                  asyncJob: {create: job.start, jobPath: $.id, poll: job.state, statusPath: $.status, statusMap: {completed: [DONE]}, urlPath: $.url, download: job.file, pollAfter: 1ms, pollMax: 2ms, timeout: 2s}
                job.start: {kind: action, method: POST, path: /start}
                job.state: {kind: read, inputs: {job: {}}, method: GET, path: /state}
                job.file: {kind: read, inputs: {url: {}}, method: GET, url: '${with.url}', recordSelector: {path: '$.items[*]'}}
                """, "");
        for (String address : foreign()) {
            name(address);

            Exchange exchange = world.call("connector:shop/all.export", nothing(), new FakeAttempt(), null);

            assertThat(exchange.getException()).as(address).isInstanceOf(StepException.class);
            assertThat(asked).as(address).containsExactly("POST /api/start", "GET /api/state");
        }
    }

    @Test
    void noSettingLeadsATokenElsewhere() throws Exception {
        for (String token : new String[] {
            "{type: oauth2ClientCredentials, token: {url: 'http://${settings.region}:${settings.port}/token'}}",
            "{type: oauth2Password, token: {url: 'http://${settings.region}:${settings.port}/token'}, username: someone, password: '${settings.token}'}"
        }) {
            for (String host : ForeignAddressesTest.PRIVATE) {
                world.shop("{main: " + token + "}", "", "me.get: {kind: read, method: GET, path: /me}", "");
                world.rewrite("region: {default: eu}", "region: {default: '" + host + "'}");
                name("");
                if (host.startsWith("127.0.0.1")) {
                    continue; // the one that is allowed, and what can be said to be it
                }

                StepException why = failure("connector:shop/me.get");

                assertThat(why.code()).as(host).isIn("HOST_NOT_ALLOWED", "BAD_URL", "UNKNOWN_HOST");
                assertThat(asked).as(host).isEmpty();
            }
        }
    }
}
