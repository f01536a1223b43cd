package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A token endpoint that is asked with GET, and the secrets in its address. */
class TokenByGetTest {

    private static final String ME = "me.get: {kind: read, method: GET, path: /me}\n";
    private static final String CLIENT =
            "{a: {type: oauth2ClientCredentials, token: {url: 'http://127.0.0.1:${settings.port}/token', method: GET%s}}}";

    @TempDir
    Path home;

    private World world;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        world.serve("/api/me", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            World.json(exchange, 200, "{}");
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void tokens(int status, String answer) {
        world.serve("/token", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            World.json(exchange, status, answer);
        });
    }

    private StepException call() throws Exception {
        return (StepException) world.call(
                        "connector:shop/me.get",
                        Payload.empty(Lineage.ofRun("run-1")),
                        new FakeAttempt(Map.of(), Map.of(), null, 0),
                        null)
                .getException();
    }

    @Test
    void asksWithAllParametersInTheQuery() throws Exception {
        tokens(200, "{\"access_token\":\"access-1\"}");
        world.shop(CLIENT.formatted(", clientAuth: query, scopes: [a, b], parameters: {audience: 'x&y'}"), "", ME, "");

        assertThat(call()).isNull();

        assertThat(asked)
                .containsExactly("GET /token?grant_type=client_credentials&client_id=client-id"
                        + "&client_secret=client-secret&scope=a+b&audience=x%26y null");
        assertThat(seen).containsExactly("Bearer access-1");
    }

    @Test
    void keepsTheSecretOutOfTheAddressWhereTheServerTakesAHeader() throws Exception {
        tokens(200, "{\"access_token\":\"access-1\"}");
        world.shop(CLIENT.formatted(""), "", ME, "");

        assertThat(call()).isNull();

        String basic = Base64.getEncoder().encodeToString("client-id:client-secret".getBytes(StandardCharsets.UTF_8));
        assertThat(asked).containsExactly("GET /token?grant_type=client_credentials Basic " + basic);
    }

    @Test
    void showsNothingOfTheQueryWhateverTheServerDoesWithIt() throws Exception {
        world.secret("SECRET", "s+3ntinel&val");
        world.shop(CLIENT.formatted(", clientAuth: query, parameters: {pin: '4711'}"), "", ME, "");
        world.secret("SECRET", "s+3ntinel&val");
        world.reload();
        world.serve("/token", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            switch (asked.size()) {
                case 1 -> World.json(exchange, 400, "{\"error\":\"" + exchange.getRequestURI() + "\"}");
                case 2 -> World.answer(exchange, 200, "text/html", "<p>" + exchange.getRequestURI());
                case 3 -> exchange.close();
                case 4 -> World.json(exchange, 200, "{\"token\":\"" + exchange.getRequestURI() + "\"}");
                default -> {
                    exchange.getResponseHeaders()
                            .set("Location", exchange.getRequestURI().toString());
                    World.json(exchange, 302, "{}");
                }
            }
        });
        List<String> codes = new ArrayList<>();
        StringWriter failures = new StringWriter();
        try (Logged logged = new Logged()) {
            for (int i = 0; i < 5; i++) {
                StepException failed = call();
                assertThat(failed).isNotNull();
                codes.add(failed.code());
                failed.printStackTrace(new PrintWriter(failures));
            }

            assertThat(asked).hasSizeGreaterThanOrEqualTo(5).allMatch(uri -> uri.contains("s%2B3ntinel%26val"));
            assertThat(logged.text()).contains("GET /token?"); // so an address was logged
            for (String shown : List.of(
                    world.redactor().redact(failures.toString()),
                    world.redactor().redact(logged.text()))) {
                assertThat(shown).doesNotContain("3ntinel", "4711", "client-id", "client_secret");
            }
        }
        assertThat(codes).containsExactly("TOKEN_REFUSED", "NOT_JSON", "NO_ANSWER", "NO_TOKEN", "REDIRECTS");
        assertThat(failures.toString()).doesNotContain("3ntinel", "client_secret");
    }

    /** What the libraries log about requests, in all detail. */
    private static final class Logged implements AutoCloseable {
        private final List<Logger> loggers = List.of((Logger) LoggerFactory.getLogger("org.apache.hc.client5"), (Logger)
                LoggerFactory.getLogger("org.apache.camel.component.http"));
        private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

        Logged() {
            lines.start();
            for (Logger logger : loggers) {
                logger.setLevel(Level.DEBUG);
                logger.setAdditive(false);
                logger.addAppender(lines);
            }
        }

        String text() {
            return lines.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
        }

        @Override
        public void close() {
            for (Logger logger : loggers) {
                logger.detachAppender(lines);
                logger.setAdditive(true);
                logger.setLevel(null);
            }
        }
    }
}
