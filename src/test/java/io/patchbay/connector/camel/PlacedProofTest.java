package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and tokens that stand in a path or a body. */
class PlacedProofTest extends InWorld {

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private void serve() {
        world.serve("/api", exchange -> {
            seen.add(said(exchange));
            World.json(exchange, 200, "{}");
        });
    }

    private static String said(HttpExchange exchange) throws IOException {
        return exchange.getRequestURI().getRawPath() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void call() throws Exception {
        assertThat(world.call("connector:shop/me.post", Payload.empty(Lineage.ofRun("run-1")), attempt, null)
                        .getException())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{into: path, name: key, format: 'bot${settings.token}'} | '{path: \"/${auth.key}/send\", request: {body: {type: none}}}' | '/api/botsecret%2Fkey/send '",
                "{into: body, name: key, format: '${settings.token}'} | '{path: /s, request: {body: {template: {a: 1, api: {key: \"${auth.key}\"}}}}}' | '/api/s {\"a\":1,\"api\":{\"key\":\"secret/key\"}}'",
                "{into: body, name: key, format: '${settings.token}'} | '{path: /s, request: {body: {type: form, template: {key: \"${auth.key}\", a: b}}}}' | '/api/s key=secret%2Fkey&a=b'"
            })
    void standWhereTheirPlaceholderIs(String inject, String endpoint, String sent) throws Exception {
        serve();
        world.secret("TOKEN", "secret/key");
        world.shop(
                "{a: {type: apiKey, inject: " + inject + "}}",
                "",
                "me.post: " + endpoint.replaceFirst("\\{", "{kind: action, method: POST, ") + "\n",
                "");

        call();

        assertThat(seen).containsExactly(sent);
        assertThat(attempt.requests().toString())
                .contains("/api/")
                .doesNotContain("secret/key")
                .doesNotContain("secret%2Fkey");
    }

    @Test
    void aTokenStandsInTheHeaderOfAnEnvelopeAndIsRenewed() throws Exception {
        world.serve("/api/soap", exchange -> {
            String body = said(exchange);
            seen.add(body.replaceFirst("(?s).*<Session>(.*)</Session>.*", "$1"));
            World.json(exchange, body.contains("session-2") ? 200 : 401, "{}");
        });
        List<String> logins = new CopyOnWriteArrayList<>();
        world.serve("/api/login", exchange -> {
            logins.add("in");
            World.json(exchange, 200, "{\"token\":\"session-" + logins.size() + "\"}");
        });
        world.shop(
                "{a: {type: sessionLogin, login: {endpoint: login.post, tokenPath: '$.token'}, inject: {into: body, name: session}}}",
                "",
                """
                login.post: {kind: action, method: POST, path: /login, request: {body: {template: {p: '${settings.token}'}}}}
                me.post:
                  kind: action
                  method: POST
                  path: /soap
                  request: {body: {type: soap, soap: {header: {Session: '${auth.session}'}}, template: {Get: ''}}}
                """,
                "");

        call();
        call();

        assertThat(seen).containsExactly("session-1", "session-2", "session-2");
        assertThat(world.redactor().redact("session-2")).isEqualTo("***");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: apiKey, inject: {into: path, name: key, format: '${settings.token}'}} | /${auth.kye}/x | no auth of this connector puts 'kye' here",
                "{type: apiKey, inject: {into: query, name: key, format: '${settings.token}'}} | /${auth.key}/x | auth",
                "{type: basic, username: a, password: '${settings.token}', inject: {into: body, name: key}} | /x | only a key or a token can stand in a path or a body",
                "{type: apiKey, inject: {into: path, format: '${settings.token}'}} | /x | inject of an apiKey needs 'name'"
            })
    void areRefusedWhereTheyCannotBe(String auth, String path, String problem) {
        assertThatThrownBy(() -> world.shop(
                        "{a: " + auth + "}", "", "me.post: {kind: read, method: GET, path: '" + path + "'}\n", ""))
                .hasMessageContaining(problem);
    }
}
