package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.auth.AuthorizationServer;
import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.auth.Person;
import io.patchbay.connector.auth.TokenStore;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceConnect;
import io.patchbay.connector.camel.InstanceConnect.Arrival;
import io.patchbay.connector.camel.InstanceConnect.Departure;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Seal;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Two programs on one PostgreSQL, and a Spring Authorization Server that gives each refresh token once. */
class TokensOnPostgresIT {

    private static final TokenStore.Key SHOP = new TokenStore.Key("shop", "a");

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private static AuthorizationServer server;
    private static EmbeddedPostgres postgres;
    private Replica one;
    private Replica two;

    /** A program: its store, and its connectors. */
    private record Replica(Store store, JdbcTokens tokens, World world) {
        Exchange call() throws Exception {
            FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
            return world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("run-1")), attempt, null);
        }

        InstanceConnect connect() {
            return new InstanceConnect(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
        }

        void close() throws Exception {
            world.close();
            store.close();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        server = new AuthorizationServer(Duration.ofMinutes(10), AuthorizationServer.REDIRECT);
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        postgres.close();
    }

    @BeforeEach
    void open() throws Exception {
        server.asked().grants().clear();
        one = replica("one");
        two = replica("two");
        one.world().serve("/api/me", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            World.json(exchange, 200, "{}");
        });
        for (Replica replica : List.of(one, two)) {
            replica.world().shop("""
                    {a: {type: oauth2AuthorizationCode, token: {scopes: [orders], rotatesRefreshToken: true,
                      authorizeUrl: '%1$s/oauth2/authorize', url: '%1$s/oauth2/token', revokeUrl: '%1$s/oauth2/revoke'}}}""".formatted(server.url()), "", "me.get: {kind: read, method: GET, path: /me}\n", "");
            replica.world()
                    .rewrite(
                            "http://127.0.0.1:${settings.port}/api",
                            "http://127.0.0.1:" + one.world().port() + "/api");
        }
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        one.close();
        two.close();
    }

    private Replica replica(String name) throws Exception {
        Store store = Store.open(
                new StoreProperties(
                        postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                home.resolve(name + "-data"),
                Clock.systemUTC());
        JdbcTokens tokens = new JdbcTokens(store, seal(), clock);
        return new Replica(
                store,
                tokens,
                new World(home.resolve(name), clock, new Connecting(tokens, "https://patchbay.example.com")));
    }

    private static Seal seal() {
        return Seal.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", new SecureRandom());
    }

    private void connected() throws Exception {
        Departure departure = one.connect().begin("shop");
        Map<String, String> answer = new Person("ada", "lovelace").consents(departure.address());
        assertThat(departure.begun().is(answer.get("state"))).isTrue();
        one.connect()
                .finish(departure.begun(), new Arrival(answer.get("code"), answer.get("iss"), answer.get("error")));
    }

    private String row(String column) throws Exception {
        try (Connection connection = one.store().database().dataSource().getConnection();
                ResultSet rows =
                        connection.createStatement().executeQuery("select " + column + " from instance_token")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    @Test
    void renewsOnceForSixtyFourThreadsOfTwoPrograms() throws Exception {
        connected();
        clock.forward(Duration.ofMinutes(11));
        server.asked().hold();

        Future<?> first = threads.submit(() -> {
            World.allSucceed(32, one::call);
            return null;
        });
        Future<?> second = threads.submit(() -> {
            World.allSucceed(32, two::call);
            return null;
        });
        server.asked().awaitOne();
        server.asked().go();
        first.get();
        second.get();

        assertThat(server.asked().grants()).containsExactly("authorization_code", "refresh_token");
        assertThat(seen).hasSize(64);
        assertThat(seen.stream().distinct()).hasSize(1);
    }

    @Test
    void goesOnWithRotatingTokensInTurn() throws Exception {
        connected();
        for (int i = 0; i < 3; i++) {
            clock.forward(Duration.ofMinutes(11));
            assertThat(one.call().getException()).isNull();
            clock.forward(Duration.ofMinutes(11));
            assertThat(two.call().getException()).isNull();
        }

        assertThat(server.asked().grants()).hasSize(7);
        assertThat(seen.stream().distinct()).hasSize(6);
    }

    @Test
    void aProgramThatEndedBetweenGettingAndStoringIsNotWaitedForForever() throws Exception {
        connected();
        clock.forward(Duration.ofMinutes(11));
        TokenStore.Kept kept = one.tokens().find(SHOP);
        assertThat(one.tokens().claim(SHOP, kept.revision(), Duration.ofSeconds(30)))
                .isNotNull(); // and it is gone

        TokenStore.Kept seenByTwo = two.tokens().find(SHOP);
        assertThat(two.tokens().claim(SHOP, seenByTwo.revision(), Duration.ofSeconds(30)))
                .isNull();
        assertThat(two.tokens().claim(SHOP, seenByTwo.revision(), Duration.ZERO))
                .isNotNull();
        two.tokens().release(SHOP, two.tokens().find(SHOP).revision());

        // the server had not rotated: nothing is lost
        assertThat(two.call().getException()).isNull();
    }

    @Test
    void tokensThatWereRotatedAndNeverStoredAreSaidToBeLost() throws Exception {
        connected();
        clock.forward(Duration.ofMinutes(11));
        // Another program got fresh tokens and ended before it stored them: the server knows the old ones no more.
        String used = one.tokens().find(SHOP).tokens().refreshToken();
        new Person("", "").refresh(server.url() + "/oauth2/token", used);

        StepException why = (StepException) two.call().getException();

        assertThat(why.code()).isEqualTo("NOT_CONNECTED");
        assertThat(why)
                .hasMessageEndingWith("(invalid_grant): connect instance 'shop' again at"
                        + " https://patchbay.example.com/connect/instances/shop");
        connected();
        assertThat(two.call().getException()).isNull();
    }

    @Test
    void aLateProgramOverwritesNothing() throws Exception {
        connected();
        TokenStore.Kept kept = one.tokens().find(SHOP);
        long late = one.tokens().claim(SHOP, kept.revision(), Duration.ofSeconds(30));
        connected(); // somebody connects it again meanwhile

        assertThat(one.tokens().replace(SHOP, late, kept.tokens())).isFalse();
        assertThat(two.tokens().remove(SHOP, late)).isFalse();
        assertThat(two.call().getException()).isNull();
    }

    @Test
    void disconnectsAtTheServerToo() throws Exception {
        connected();
        String refresh = one.tokens().find(SHOP).tokens().refreshToken();

        assertThat(two.connect().disconnect("shop")).isNull();

        assertThat(row("sealed")).isNull();
        assertThatThrownBy(() -> new Person("", "").refresh(server.url() + "/oauth2/token", refresh))
                .hasMessageContaining("invalid_grant");
    }

    @Test
    void keepsNoTokenThatCanBeRead() throws Exception {
        connected();
        String sealed = row("sealed");

        assertThat(sealed)
                .doesNotContain(one.tokens().find(SHOP).tokens().refreshToken())
                .doesNotContain("refresh");
    }
}
