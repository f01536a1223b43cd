package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.Standing;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.store.SettableClock;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real calls tell of how an instance stands. */
class InstanceStandingTest {

    private static final String GET = "shop.get: {kind: read, method: GET, path: /shop}\n";
    private static final String KEY = "{key: {type: apiKey, inject: {name: X-Token, format: '${settings.token}'}}}";
    private static final String ONE_TRY = "errorHandler: {backoff: {maxAttempts: 1}}";

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock();
    private final Instant noon = clock.instant();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Logger log = Logger.getLogger(Standing.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getLevel() + " " + MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private World world;
    private volatile World.Answering answering = exchange -> World.json(exchange, 200, "{}");

    @BeforeEach
    void open() throws Exception {
        world = new World(home, clock);
        world.serve("/api/shop", exchange -> answering.answer(exchange));
        log.addHandler(handler);
    }

    @AfterEach
    void close() {
        log.removeHandler(handler);
        world.close();
    }

    private Standing.View standing() {
        return new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .standing(world.catalog().instance("shop"));
    }

    private InstanceStatus status() {
        return standing().status();
    }

    private void call() throws Exception {
        world.call(
                "connector:shop/shop.get",
                Payload.empty(Lineage.ofRun("run-1")),
                new FakeAttempt(Map.of(), Map.of(), null, 0),
                null);
    }

    private void answers(int status) throws Exception {
        answering = exchange -> World.json(exchange, status, "{}");
        call();
    }

    @Test
    void nothingIsKnownBeforeTheFirstCallAndThenHowItWent() throws Exception {
        world.shop(KEY, ONE_TRY, GET, "");
        assertThat(standing()).isEqualTo(Standing.View.NOTHING);

        answers(200);

        assertThat(standing()).isEqualTo(new Standing.View(InstanceStatus.OPERATIONAL, noon, noon, null));
        assertThat(said).containsExactly("INFO instance shop is operational");
    }

    @Test
    void aSystemThatTakesNoConnectionIsUnreachableUntilItAnswers() throws Exception {
        world.shop(KEY, ONE_TRY, GET, "");
        String file = "connectors/shop/instances/shop.yaml";
        world.rewrite("127.0.0.1:${settings.port}", "127.0.0.1:1");

        call();
        clock.forward(Duration.ofSeconds(60));
        call();

        assertThat(standing()).satisfies(view -> {
            assertThat(view.status()).isEqualTo(InstanceStatus.UNREACHABLE);
            assertThat(view.since()).isEqualTo(noon);
            assertThat(view.lastSuccess()).isNull();
            assertThat(view.lastFailure().code()).isEqualTo("CONNECT_FAILED");
            assertThat(view.lastFailure().sentence()).contains("127.0.0.1 takes no connection");
            assertThat(view.lastFailure().at()).isEqualTo(noon.plusSeconds(60));
        });
        world.rewrite("127.0.0.1:1", "127.0.0.1:${settings.port}");
        answers(200);
        assertThat(status()).isEqualTo(InstanceStatus.OPERATIONAL);
        assertThat(said).hasSize(2).first().asString().startsWith("WARNING instance shop is unreachable: 127.0.0.1");
        assertThat(home.resolve(file)).exists();
    }

    @Test
    void aConnectionThatBreaksAndAnAnswerThatDoesNotComeAreUnreachable() throws Exception {
        world.shop(KEY, ONE_TRY, GET, "");
        answers(200);

        answering = exchange -> exchange.close();
        call();
        assertThat(standing().lastFailure().code()).isEqualTo("NO_ANSWER");
        assertThat(status()).isEqualTo(InstanceStatus.UNREACHABLE);

        answers(200);
        answering = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.close();
        };
        call();
        assertThat(standing().lastFailure().code()).isIn("TRUNCATED", "IO");
        assertThat(status()).isEqualTo(InstanceStatus.UNREACHABLE);
    }

    @Test
    void aRefusedProofIsTheCredentialsMatterAndNoSecretIsShown() throws Exception {
        world.shop(KEY, ONE_TRY, GET, "");
        answering = exchange -> World.json(exchange, 401, "{\"error\":\"the key t0ken-value is unknown\"}");
        call();

        assertThat(status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
        assertThat(standing().lastFailure().sentence()).contains("the key *** is unknown");
        assertThat(said).singleElement().asString().contains("failedAuthentication", "[HTTP_401]");

        answers(200);
        answers(403);
        assertThat(status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
    }

    @Test
    void aTokenThatIsNotToBeHadIsTheCredentialsMatter() throws Exception {
        world.shop("""
                {m2m: {type: oauth2ClientCredentials, clientId: '${settings.clientId}', clientSecret: '${settings.clientSecret}',
                 token: {url: 'http://127.0.0.1:${settings.port}/token'}}}""", ONE_TRY, GET, "");
        world.serve("/token", exchange -> World.json(exchange, 400, "{\"error\":\"invalid_client\"}"));

        call();

        assertThat(status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
        assertThat(standing().lastFailure().code()).isEqualTo("TOKEN_REFUSED");
    }

    @Test
    void aSecretThatIsNotThereIsTheCredentialsMatter() throws Exception {
        world.shop(KEY, ONE_TRY, GET, "");
        world.nowhere("GONE");

        call();

        assertThat(status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
        assertThat(standing().lastFailure().code()).isEqualTo("NO_SECRET");
    }

    @Test
    void whatARuleCallsAuthIsTheCredentialsMatterWhateverTheStatus() throws Exception {
        world.shop(KEY, """
                errorHandler:
                  rules: [{match: {bodyPath: $.denied}, action: fail, failureType: auth, message: Give the app its scope.}]
                """, GET, "");
        answering = exchange -> World.json(exchange, 200, "{\"denied\":true}");

        call();

        assertThat(status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
    }

    @Test
    void aRefusalOfWhatWasSentIsAGoodSignAndAnErrorOfTheSystemChangesNothing() throws Exception {
        world.shop(KEY, ONE_TRY, GET, "");
        answers(404);
        assertThat(status()).isEqualTo(InstanceStatus.OPERATIONAL);
        assertThat(standing().lastSuccess()).isNull();

        answers(500);
        assertThat(status()).isEqualTo(InstanceStatus.OPERATIONAL);
        assertThat(standing().lastFailure().code()).isEqualTo("HTTP_500");
    }

    @Test
    void isLimitedAsLongAsThePauseLastsThatTheSystemAsksFor() throws Exception {
        world.shop(KEY, ONE_TRY, GET, "");
        answers(200);
        answering = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "30");
            World.json(exchange, 429, "{}");
        };
        clock.forward(Duration.ofSeconds(5));
        call();

        assertThat(status()).isEqualTo(InstanceStatus.LIMITED);
        assertThat(standing().since()).isEqualTo(noon.plusSeconds(5));
        clock.forward(Duration.ofSeconds(29));
        assertThat(status()).isEqualTo(InstanceStatus.LIMITED);
        clock.forward(Duration.ofSeconds(2));
        assertThat(standing()).satisfies(view -> {
            assertThat(view.status()).isEqualTo(InstanceStatus.OPERATIONAL);
            assertThat(view.since()).isEqualTo(noon);
            assertThat(view.lastFailure().code()).isEqualTo("HTTP_429");
        });
        assertThat(said).last().asString().isEqualTo("WARNING instance shop is limited for 30s");
    }

    @Test
    void isLimitedWhileItsOwnLimitHoldsCallsAndTheLogDoesNotSayThat() throws Exception {
        world.shop(
                KEY, "rateLimit: {policies: [{algorithm: fixedWindow, limit: 1, period: 1h}], onLimit: fail}", GET, "");
        answers(200);
        assertThat(status()).isEqualTo(InstanceStatus.OPERATIONAL);

        call();

        assertThat(status()).isEqualTo(InstanceStatus.LIMITED);
        assertThat(standing().lastFailure().code()).isEqualTo("RATE_LIMITED");
        clock.forward(Duration.ofSeconds(3_601));
        assertThat(status()).isEqualTo(InstanceStatus.OPERATIONAL);
        assertThat(said).hasSize(1);
    }

    @Test
    void whatWasSeenIsGoneWhenTheInstancesFileIsAnother() throws Exception {
        world.shop(KEY, ONE_TRY, GET, "");
        answers(401);

        world.shop(KEY, ONE_TRY, GET, "timeout: 1s");

        assertThat(status()).isEqualTo(InstanceStatus.UNKNOWN);
    }

    @Test
    void aSystemThatComesAndGoesIsNotToldOfWithEachCall() throws Exception {
        world.shop(KEY, ONE_TRY, GET, "");
        for (int i = 0; i < 20; i++) {
            answers(i % 2 == 0 ? 200 : 503);
        }
        assertThat(said).hasSize(6);

        clock.forward(Duration.ofSeconds(61));
        answers(200);

        assertThat(said).hasSize(7).last().asString().isEqualTo("INFO instance shop is operational");
    }

    @Test
    void aCheckTellsTooAndCallsThatAreGivenUpDoNot() throws Exception {
        world.shop(KEY, "check: {endpoint: shop.get}", GET, "");
        answering = exchange -> World.json(exchange, 401, "{}");
        new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .check("shop", "call-1");
        assertThat(status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);

        answers(200);
        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
        answering = exchange -> {
            attempt.cancel();
            exchange.close();
        };
        world.call("connector:shop/shop.get", Payload.empty(Lineage.ofRun("run-1")), attempt, null);
        assertThat(status()).isEqualTo(InstanceStatus.OPERATIONAL);
    }
}
