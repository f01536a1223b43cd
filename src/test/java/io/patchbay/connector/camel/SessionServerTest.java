package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What else a login's answer says: the server for further calls, and a token that is a part of a text or a number. */
class SessionServerTest extends InWorld {

    private static final String LOGIN = """
            login.post: {kind: action, method: POST, path: /login, request: {body: {template: {secret: '${settings.token}'}}}}
            logout.post: {kind: action, method: POST, path: /logout, request: {body: {type: none}}}
            me.get: {kind: read, method: GET, path: /me}
            """;

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch out = new CountDownLatch(1);
    private volatile String answer = "";
    private volatile String accepted = "";

    @BeforeEach
    void serve() {
        world.serve("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            seen.add(exchange.getRequestHeaders().getFirst("Host").replaceFirst(":.*", "") + path + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            boolean refused = path.endsWith("/me")
                    && !exchange.getRequestHeaders().getFirst("Authorization").contains(accepted);
            World.json(exchange, refused ? 401 : 200, path.endsWith("/login") ? answer : "{}");
            if (path.endsWith("/logout")) {
                out.countDown();
            }
        });
    }

    private void shop(String login, String endpoints) throws Exception {
        world.shop(
                "{a: {type: sessionLogin, login: {endpoint: login.post, tokenPath: $.Token, " + login
                        + "}, inject: {into: header, name: Authorization}}}",
                "",
                LOGIN + endpoints,
                "");
        world.rewrite("['127.0.0.1']", "['127.0.0.1', localhost]");
    }

    private void named(String token, String server) {
        answer = "{\"Token\":\"" + token + "\",\"Server\":\"" + server.replace("PORT", String.valueOf(world.port()))
                + "\"}";
        accepted = token;
    }

    private StepException call() throws Exception {
        return (StepException) world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("run-1")), attempt, null)
                .getException();
    }

    @Test
    void callsGoToTheServerThatTheSessionNames() throws Exception {
        shop("serverPath: $.Server", "");
        named("session-1", "http://localhost:PORT/eu/");

        assertThat(call()).isNull();
        assertThat(call()).isNull();

        assertThat(seen)
                .containsExactly("127.0.0.1/api/login null", "localhost/eu/me session-1", "localhost/eu/me session-1");
    }

    @Test
    void anotherSessionMayNameAnotherServer() throws Exception {
        shop("serverPath: $.Server", "");
        named("session-1", "http://localhost:PORT/eu");
        assertThat(call()).isNull();
        named("session-2", "http://127.0.0.1:PORT/us");

        assertThat(call()).isNull();

        assertThat(seen).endsWith("localhost/eu/me session-1", "127.0.0.1/api/login null", "127.0.0.1/us/me session-2");
    }

    @Test
    void theSessionIsEndedThere() throws Exception {
        shop("serverPath: $.Server, logoutEndpoint: logout.post", "");
        named("session-1", "http://localhost:PORT/eu");
        assertThat(call()).isNull();

        world.context().stop();

        assertThat(out.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).last().isEqualTo("localhost/eu/logout session-1");
    }

    @Test
    void nextPagesAndGivenAddressesMayBeThere() throws Exception {
        shop("serverPath: $.Server", """
                items.list:
                  kind: read
                  method: GET
                  path: /items
                  recordSelector: {path: '$.items[*]'}
                  paginator: {type: nextUrl, cursorPath: $.next}
                file.get: {kind: read, method: GET, url: 'http://localhost:${settings.port}/file'}
                """);
        named("session-1", "http://localhost:PORT/eu");
        world.serve("/eu/items", exchange -> {
            boolean first = exchange.getRequestURI().getRawQuery() == null;
            String next = "\"http://localhost:" + world.port() + "/eu/items?page=2\"";
            World.json(exchange, 200, "{\"items\":[{\"id\":1}],\"next\":" + (first ? next : "null") + "}");
        });

        assertThat(world.call("connector:shop/file.get", Payload.empty(Lineage.ofRun("run-1")), attempt, null)
                        .getException())
                .isNull();
        List<Pull.Element> all = world.pull("connector:shop/items.list", attempt, null);

        assertThat(seen).endsWith("localhost/file session-1");
        assertThat(all).hasSize(3).last().isInstanceOf(Pull.End.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://evil.example.com | leads to host 'evil.example.com', which is not among the instance's allowedHosts",
                "http://localhost:1/eu   | leads to port 1 of host 'localhost'",
                "http://a@localhost/eu   | is not a plain http address",
                "ftp://localhost/eu      | is not a plain http address",
                "http://localhost/?x=1   | is more than an address",
                "http://localhost/eu/%2e%2e/us | leads upwards ('..' in its path)",
                "'a b'                   | is not a plain http address"
            })
    void aServerThatIsNotAllowedGetsNothing(String server, String why) throws Exception {
        shop("serverPath: $.Server", "");
        named("session-1", server);

        assertThat(call())
                .hasMessage("the server that the answer of the login 'login.post' names " + why)
                .extracting(StepException::code)
                .isEqualTo("FOREIGN_LINK");
        assertThat(seen).containsExactly("127.0.0.1/api/login null");
    }

    @Test
    void anAnswerWithoutAServerIsSaid() throws Exception {
        shop("serverPath: $.Server", "");
        answer = "{\"Token\":\"session-1\"}";

        assertThat(call()).hasMessage("the answer of the login 'login.post' names no server at $.Server");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'.*,(.+)' | session-1", "'acme,.+' | acme,session-1"})
    void theTokenMayBeAPartOfAText(String pattern, String sent) throws Exception {
        shop("tokenPattern: '" + pattern + "'", "");
        answer = "{\"Token\":\"acme,session-1\"}";

        assertThat(call()).isNull();

        assertThat(seen).last().isEqualTo("127.0.0.1/api/me " + sent);
        assertThat(world.redactor().redact("it was " + sent)).doesNotContain("session-1");
    }

    @Test
    void aTextOfAnotherFormIsNoToken() throws Exception {
        shop("tokenPattern: '.*,(.+)'", "");
        answer = "{\"Token\":\"Wrong password\"}";

        assertThat(call())
                .hasMessage("the answer of the login 'login.post' has no token of the form .*,(.+) at $.Token");
    }

    @Test
    void aNumberAndFurtherValuesStandInBodies() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        world.serve("/api/rpc", exchange -> {
            bodies.add(body(exchange));
            World.json(exchange, 200, "{}");
        });
        world.shop(
                "{a: {type: sessionLogin, login: {endpoint: login.post, tokenPath: $.result}, inject: {into: body, name: uid},"
                        + " values: {key: '${settings.token}'}}}",
                "",
                LOGIN + """
                        rpc.post:
                          kind: action
                          method: POST
                          path: /rpc
                          request: {body: {template: {args: [db, '${auth.uid}', '${auth.key}']}}}
                        """,
                "");
        answer = "{\"result\":4217}";

        assertThat(world.call("connector:shop/rpc.post", Payload.empty(Lineage.ofRun("run-1")), attempt, null)
                        .getException())
                .isNull();

        assertThat(bodies).containsExactly("{\"args\":[\"db\",4217,\"t0ken-value\"]}");
        assertThat(world.redactor().redact("order 4217 t0ken-value")).isEqualTo("order 4217 ***");
        assertThat(attempt.requests().toString()).doesNotContain("t0ken-value");
    }

    private static String body(HttpExchange exchange) throws java.io.IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }
}
