package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.auth.MemoryTokens;
import io.patchbay.connector.auth.Tokens.Term;
import io.patchbay.connector.camel.InstanceConnect.Arrival;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.store.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an instance stays connected that a person connected. */
class RefreshTermTest {

    private static final String AUTH =
            "{type: oauth2AuthorizationCode, token: {authorizeUrl: 'https://id.example.com/authorize',"
                    + " url: 'http://127.0.0.1:${settings.port}/token'%s}}";

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock();
    private World world;
    private InstanceConnect connect;
    private volatile String answer = "";
    private Instant begun;

    @BeforeEach
    void open() throws Exception {
        world = new World(home, clock, new Connecting(new MemoryTokens(), "https://patchbay.example.com/"));
        connect = new InstanceConnect(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
        world.serve("/token", exchange -> {
            exchange.getRequestBody().readAllBytes();
            World.json(
                    exchange,
                    200,
                    "{\"access_token\":\"a-" + System.nanoTime() + "\",\"expires_in\":600" + answer + "}");
        });
        world.serve("/api/me", exchange -> World.json(exchange, 200, "{}"));
        begun = clock.instant();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void connector(String more) throws Exception {
        world.shop("{a: " + AUTH.formatted(more) + "}", "", "me.get: {kind: read, method: GET, path: /me}\n", "");
    }

    private void connected(String more, String given) throws Exception {
        connector(more);
        answer = given;
        connect.finish(connect.begin("shop").begun(), new Arrival("c0de", null, null));
    }

    /** The access token is over, and the next call renews it. */
    private void renewed(String given) throws Exception {
        answer = given;
        clock.forward(Duration.ofHours(1));
        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
        assertThat(world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("run-1")), attempt, null)
                        .getException())
                .isNull();
    }

    private Term term() throws Exception {
        return connect.terms().get("shop");
    }

    private Term days(Instant from, long days) {
        return new Term(from, from.plus(Duration.ofDays(days)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', refresh_token_expires_in",
        "'', x_refresh_token_expires_in",
        "'', refresh_expires_in",
        "', refreshExpiresInPath: $.life', life"
    })
    void isReadFromTheAnswer(String more, String name) throws Exception {
        connected(more, ",\"refresh_token\":\"r-1\",\"" + name + "\":864000");

        assertThat(term()).isEqualTo(days(begun, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"refresh_expires_in\":0", ",\"refresh_token_expires_in\":\"never\""})
    void isNotKnownWhereNobodySays(String more) throws Exception {
        connected("", ",\"refresh_token\":\"r-1\"" + more);

        assertThat(connect.terms()).isEmpty();
    }

    @Test
    void isTheConnectorsWhereTheAnswerDoesNotSayAndBeginsWithEachNewToken() throws Exception {
        connected(", refreshTtl: 60d", ",\"refresh_token\":\"r-1\"");
        assertThat(term()).isEqualTo(days(begun, 60));

        renewed("");
        assertThat(term()).as("the same token").isEqualTo(days(begun, 60));

        renewed(",\"refresh_token\":\"r-2\"");
        assertThat(term()).isEqualTo(days(begun.plus(Duration.ofHours(2)), 60));
    }

    @Test
    void ofATokenThatStaysBeginsWhereItWasGiven() throws Exception {
        connected("", ",\"refresh_token\":\"r-1\",\"refresh_token_expires_in\":7200");
        renewed(",\"refresh_token\":\"r-1\",\"refresh_token_expires_in\":3600");

        assertThat(term()).isEqualTo(new Term(begun, begun.plus(Duration.ofHours(2))));
    }

    @Test
    void ofATokenFromBeforeItWasKnownBeginsWithTheConnection() throws Exception {
        connected("", ",\"refresh_token\":\"r-1\"");
        connector(", refreshTtl: 60d");
        assertThat(connect.terms()).isEmpty();

        renewed("");
        assertThat(term()).isEqualTo(days(begun, 60));
        renewed(",\"refresh_token\":\"r-1\"");
        assertThat(term()).isEqualTo(days(begun, 60));
    }

    @ParameterizedTest
    @ValueSource(strings = {", refreshTtl: 30m", ", refreshTtl: 60d, rotatesRefreshToken: true"})
    void ofATokenFromBeforeItWasKnownIsNotGuessedWhereItMayBeAYoungerOne(String more) throws Exception {
        connected("", ",\"refresh_token\":\"r-1\"");
        connector(more);

        renewed(",\"refresh_token\":\"r-1\"");
        assertThat(connect.terms()).isEmpty();
    }

    @Test
    void isThatOfTheOnlyTokenWhereNothingRenewsIt() throws Exception {
        connected("", "");

        assertThat(term()).isEqualTo(new Term(begun, begun.plusSeconds(600)));
    }

    @Test
    void isGoneWithTheConnection() throws Exception {
        connected(", refreshTtl: 60d", ",\"refresh_token\":\"r-1\"");
        connect.disconnect("shop");

        assertThat(connect.terms()).isEmpty();
    }
}
