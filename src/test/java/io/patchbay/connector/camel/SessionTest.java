package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.store.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session that a call of the connector opens. */
class SessionTest {

    private static final String ENDPOINTS = """
            me.get: {kind: read, method: GET, path: /me}
            login.post:
              kind: action
              method: POST
              path: /login
              inputs: {tenant: {default: main}}
              request:
                query: {tenant: '${with.tenant}'}
                body: {template: {user: ada, password: '${settings.token}'}}
            logout.post: {kind: action, method: POST, path: /logout, request: {body: {type: none}}}
            """;

    @TempDir
    Path home;

    private World world;
    private final SettableClock clock = new SettableClock();
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch out = new CountDownLatch(1);
    private volatile String accepted = "";

    @BeforeEach
    void open() throws Exception {
        world = new World(home, clock);
        world.serve("/api/login", this::login);
        world.serve("/api/logout", exchange -> {
            seen.add("out " + sent(exchange));
            World.json(exchange, 200, "{}");
            out.countDown();
        });
        world.serve("/api/me", exchange -> {
            seen.add(sent(exchange));
            World.json(exchange, sent(exchange).contains(accepted) ? 200 : 401, "{}");
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void login(HttpExchange exchange) throws IOException {
        logins.add(exchange.getRequestURI().getRawQuery() + " " + sent(exchange) + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        accepted = "session-" + logins.size();
        exchange.getResponseHeaders().add("Set-Cookie", "lang=en; Path=/");
        exchange.getResponseHeaders().add("Set-Cookie", "sid=" + accepted + "; HttpOnly; Path=/");
        exchange.getResponseHeaders().set("X-Session", accepted);
        World.json(exchange, 200, "{\"data\":{\"token\":\"" + accepted + "\"}}");
    }

    private static String sent(HttpExchange exchange) {
        List<String> all = new ArrayList<>();
        for (String name : List.of("Authorization", "Cookie", "X-Auth")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                all.add(value);
            }
        }
        return String.join(" ", all);
    }

    private void shop(String login, String more) throws Exception {
        world.shop(
                "{a: {type: sessionLogin, login: {endpoint: login.post, " + login + "}" + more + "}}",
                "",
                ENDPOINTS,
                "");
    }

    private void logsInAt(String path) throws Exception {
        world.rewrite("path: /login", "path: " + path);
    }

    private Exchange call() throws Exception {
        return world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("run-1")), attempt, null);
    }

    private void succeeds() throws Exception {
        assertThat(call().getException()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenPath: '$.data.token' | '' | Bearer session-1",
                "tokenPath: '$.data.token' | ', inject: {name: X-Auth}' | session-1",
                "tokenPath: '$.data.token' | ', inject: {format: \"Token ${auth.accessToken}\"}' | Token session-1",
                "header: X-Session | ', inject: {into: cookie, name: s}' | s=session-1",
                "cookie: sid | '' | sid=session-1",
                "cookie: '*' | '' | lang=en; sid=session-1",
                "cookie: sid | ', inject: {name: X-Auth}' | session-1"
            })
    void logsInOnceAndSendsWhatItGot(String login, String more, String proof) throws Exception {
        shop(login, more);

        succeeds();
        succeeds();

        assertThat(logins).containsExactly("tenant=main  {\"user\":\"ada\",\"password\":\"t0ken-value\"}");
        assertThat(seen).containsExactly(proof, proof);
        assertThat(attempt.requests().toString()).doesNotContain("session-1").doesNotContain("t0ken-value");
        assertThat(world.redactor().redact("it was session-1")).isEqualTo("it was ***");
    }

    @Test
    void logsInAgainWhenTheSessionIsRefusedAndRepeatsOnce() throws Exception {
        shop("tokenPath: '$.data.token'", "");
        succeeds();
        accepted = "ended";

        succeeds();

        assertThat(seen).containsExactly("Bearer session-1", "Bearer session-1", "Bearer session-2");
    }

    @Test
    void logsInAgainWhenTheTimeIsOver() throws Exception {
        shop("tokenPath: '$.data.token', ttl: 10m", "");
        succeeds();
        clock.forward(Duration.ofMinutes(10));
        succeeds();

        assertThat(seen).containsExactly("Bearer session-1", "Bearer session-2");
    }

    @Test
    void logsInOnceForManyCallers() throws Exception {
        shop("tokenPath: '$.data.token'", "");

        World.allSucceed(32, this::call);

        assertThat(logins).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenPath: '$.token' | the answer of the login 'login.post' has no token at $.token",
                "header: X-Other | the answer of the login 'login.post' has no token in header X-Other",
                "cookie: other | the answer of the login 'login.post' sets no cookie 'other'"
            })
    void saysThatTheLoginGaveNothing(String login, String message) throws Exception {
        shop(login, "");

        StepException why = (StepException) call().getException();

        assertThat(why.code()).isEqualTo("NO_TOKEN");
        assertThat(why.getMessage()).isEqualTo(message);
    }

    @Test
    void saysThatTheLoginWasRefused() throws Exception {
        shop("tokenPath: '$.t', logoutEndpoint: logout.post", "");
        logsInAt("/denied");
        world.serve("/api/denied", exchange -> World.json(exchange, 401, "{\"message\":\"t0ken-value is wrong\"}"));

        StepException why = (StepException) call().getException();

        assertThat(why.code()).isEqualTo("HTTP_401");
        assertThat(why.getMessage())
                .isEqualTo("instance 'shop' answered 401 to 'login.post': *** is wrong; look at the secrets that"
                        + " connectors/shop/instances/shop.yaml names");
    }

    @Test
    void sendsARefusedPasswordOnceInAWhile() throws Exception {
        shop("tokenPath: '$.data.token'", "");
        logsInAt("/wrong");
        world.serve("/api/wrong", exchange -> {
            logins.add("refused");
            World.json(exchange, 401, "{}");
        });

        Exception first = call().getException();
        clock.forward(Duration.ofSeconds(29));
        Exception second = call().getException();
        assertThat(second).hasMessage(first.getMessage());
        assertThat(logins).hasSize(1);

        clock.forward(Duration.ofSeconds(1));
        call();
        assertThat(logins).hasSize(2);
    }

    @Test
    void logsInNoMoreForAWhileWhenTheSessionIsNotWhatIsRefused() throws Exception {
        shop("tokenPath: '$.data.token'", "");
        succeeds();
        accepted = "nobody's";
        logsInAt("/fresh");
        world.serve("/api/fresh", exchange -> {
            logins.add("again");
            World.json(exchange, 200, "{\"data\":{\"token\":\"other-" + logins.size() + "\"}}");
        });

        for (int i = 0; i < 20; i++) {
            assertThat(call().getException()).hasMessageStartingWith("instance 'shop' answered 401 to 'me.get'");
        }
        assertThat(logins).hasSize(3); // one before, and two that did not help
        accepted = "other-3";
        succeeds(); // the last session goes on
        accepted = "nobody's";

        clock.forward(Duration.ofSeconds(61));
        call();
        assertThat(logins).hasSizeBetween(4, 5);
    }

    @Test
    void endsTheSessionWhenTheConnectionIsClosed() throws Exception {
        shop("tokenPath: '$.data.token', logoutEndpoint: logout.post", "");
        succeeds();

        world.context().stop();

        assertThat(out.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).containsExactly("Bearer session-1", "out Bearer session-1");
    }

    @Test
    void hidesEveryCookieOfASession() throws Exception {
        shop("cookie: '*'", "");
        logsInAt("/many");
        world.serve("/api/many", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "theme=orders");
            for (int i = 0; i < 6; i++) {
                exchange.getResponseHeaders().add("Set-Cookie", "c" + i + "=value-of-" + i);
            }
            World.json(exchange, 200, "{}");
        });

        succeeds();

        assertThat(seen).hasSize(1).first().asString().startsWith("theme=orders; c0=value-of-0; c1=value-of-1");
        assertThat(world.redactor().redact("value-of-0 value-of-5")).isEqualTo("*** ***");
        assertThat(world.redactor().redact("12 orders")).isEqualTo("12 orders");
    }
}
