package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.http.NtlmServer;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that checks NTLMv2 per connection. */
class NtlmCallTest {

    @TempDir
    Path home;

    private World world;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> shownTo = new CopyOnWriteArrayList<>();
    private NtlmServer server = new NtlmServer("ada", "ACME", "t0ken-value");

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        world.shop(
                "{a: {type: ntlm, username: 'ACME\\ada', password: '${settings.token}'}}",
                "",
                """
                orders.add: {kind: write, method: POST, path: /orders}
                orders.odd: {kind: write, method: POST, path: /orders/odd}
                orders.far: {kind: read, method: GET, url: 'http://localhost:%d/api/orders', sendCredentials: true}
                """.formatted(world.port()),
                "");
        world.rewrite("allowedHosts: ['127.0.0.1']", "allowedHosts: ['127.0.0.1', localhost]");
        world.serve("/api/orders", this::serve);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            shownTo.add(exchange.getRequestHeaders().getFirst("Host"));
        }
        if (server.lets(exchange)) {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            World.json(exchange, 201, "{\"ok\":true}");
        }
    }

    private Exchange call(String endpoint) throws Exception {
        return world.call(
                "connector:shop/" + endpoint,
                World.payload("{\"order\":1}"),
                new FakeAttempt(Map.of(), Map.of(), null, 0),
                null);
    }

    @Test
    void aConnectionLogsInOnceAndCarriesFurtherCalls() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(call("orders.add").getException()).isNull();
        }

        assertThat(bodies).hasSize(3).containsOnly("{\"order\":1}");
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void aServerThatForgotIsLoggedInAtAgainWithinTheCall() throws Exception {
        call("orders.add");
        server.forget();

        assertThat(call("orders.add").getException()).isNull();
        assertThat(server.logins()).isEqualTo(2);
        assertThat(bodies).hasSize(2);
    }

    @Test
    void callsAtTheSameTimeHaveAConnectionEachThatLogsIn() throws Exception {
        World.allSucceed(6, () -> call("orders.add"));

        assertThat(bodies).hasSize(6);
        assertThat(server.logins()).isBetween(1, 6);
    }

    @Test
    void aWrongPasswordFailsTheCallAndSaysWhereToLook() throws Exception {
        server = new NtlmServer("ada", "ACME", "another");

        Throwable thrown = call("orders.add").getException();

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.code()).isEqualTo("HTTP_401"))
                .hasMessageContaining("instance 'shop'")
                .hasMessageNotContaining("t0ken-value");
        assertThat(bodies).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bm9uc2Vuc2U=, HTTP_401",
        "TlRMTVNTUAACAAAA, HTTP_401",
        "%%%, HTTP_401",
        "TlRMTVNTUAACAAAA/MwsNfC4RgkFAooA3YWrqNXZvvdoCPO1cuWQARK4GSe6W7X2fhvaKLQEm/DkrteNsV178vwMNOmpneTvOw==, BAD_CHALLENGE"
    })
    void aChallengeThatIsNoneIsASentence(String challenge, String code) throws Exception {
        world.serve("/api/orders/odd", exchange -> {
            String said = exchange.getRequestHeaders().getFirst("Authorization");
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("WWW-Authenticate", said == null ? "NTLM" : "NTLM " + challenge);
            exchange.sendResponseHeaders(401, -1);
        });

        Throwable thrown = call("orders.odd").getException();

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.code()).isEqualTo(code));
    }

    @Test
    void theLoginIsShownToTheHostOfBaseUrlOnly() throws Exception {
        Throwable thrown = call("orders.far").getException();

        assertThat(thrown).isInstanceOf(StepException.class);
        assertThat(shownTo).isEmpty();
    }
}
