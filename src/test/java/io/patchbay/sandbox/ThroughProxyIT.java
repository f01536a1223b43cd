package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A company's network: the internet is behind a proxy that wants a login, looks names up, and looks into TLS with its own authority. */
class ThroughProxyIT {

    @TempDir
    private Path folder;

    private static final class Shop implements SandboxSystem {
        @Override
        public boolean answersAs(String host) {
            return host.equals("api.shop.test");
        }

        @Override
        public Answer answer(Call call) {
            return call.header("X-Token").equals("t0ken-of-the-shop")
                    ? Answer.json(200, "[{\"id\": 1}, {\"id\": 2}]")
                    : Answer.json(401, "{}");
        }
    }

    @Test
    void callsReachTheirSystemsAndTheLoginReachesTheProxyAlone() throws Exception {
        try (Sandbox sandbox = new Sandbox(folder, new Shop())) {
            sandbox.write("connectors/shop/connector.yaml", """
                connector: shop
                version: 1.0.0
                settings: { properties: { token: {} }, secrets: [token] }
                auth: { token: { type: apiKey, inject: { into: header, name: X-Token, format: '${settings.token}' } } }
                requester: { baseUrl: 'https://api.shop.test' }
                endpoints: { orders.list: { kind: read, method: GET, path: /orders, recordSelector: { path: '$[*]' } } }
                """);
            sandbox.write(
                    "connectors/shop/instances/shop.yaml",
                    "{instance: shop, connector: shop, auth: token, settings: {token: '${secret.TOKEN}'}}");
            sandbox.write("routes/orders.flow.yaml", """
                flow: orders
                status: active
                shapes:
                  - id: pull
                    connection: { instance: shop, endpoint: orders.list }
                """);
            sandbox.secret("TOKEN", "t0ken-of-the-shop");
            sandbox.start();

            Sandbox.Run run = sandbox.run("orders");

            assertThat(run.status()).as(run.toString()).isEqualTo("succeeded");
            assertThat(sandbox.calls()).singleElement().satisfies(asked -> {
                assertThat(asked.call().address()).hasToString("https://api.shop.test/orders");
                assertThat(asked.call().headers().getOrDefault("proxy-authorization", List.of()))
                        .isEmpty();
            });
        }
    }
}
