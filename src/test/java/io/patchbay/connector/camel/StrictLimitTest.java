package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.limit.StrictCounter;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A system that enforces what the connector declares, down to the last call, never has to refuse one. */
class StrictLimitTest {

    private static final String GET = "me.get: {kind: read, method: GET, path: /me}\n";

    @TempDir
    Path home;

    private World world;
    private final Random random = new Random(7);
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private synchronized long jitter() {
        return TimeUnit.MILLISECONDS.toNanos(random.nextInt(8));
    }

    private synchronized int below(int bound) {
        return random.nextInt(bound);
    }

    /** Serves a path, under a counter, where each call costs something between 1 and its weight. */
    private void serve(String path, StrictCounter counter, int weight) {
        world.serve(path, exchange -> {
            LockSupport.parkNanos(jitter());
            boolean allowed = counter.comes(weight);
            served.incrementAndGet();
            if (!allowed) {
                refused.incrementAndGet();
            }
            LockSupport.parkNanos(jitter());
            int cost = weight == 1 ? 1 : 1 + below(weight);
            counter.goes(weight, cost);
            World.json(
                    exchange,
                    allowed ? 200 : 429,
                    "{\"cost\": {\"requested\": " + weight + ", \"actual\": " + cost + ", \"left\": "
                            + counter.remaining() + "}}");
        });
    }

    private void calls(int callers, int each, String... uris) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        try {
            List<Callable<Exchange>> all = new ArrayList<>();
            for (int i = 0; i < callers * each; i++) {
                String uri = uris[i % uris.length];
                all.add(() -> world.call(uri, Payload.empty(Lineage.ofRun("r")), new FakeAttempt(), null));
            }
            for (Future<Exchange> one : pool.invokeAll(all)) {
                assertThat(one.get().getException()).isNull();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(served).hasValue(callers * each);
        assertThat(refused).hasValue(0);
    }

    private void declare(String rateLimit) throws Exception {
        world.shop("{none: {type: none}}", "rateLimit: " + rateLimit, GET, "");
    }

    private void second(String more) throws Exception {
        world.write("connectors/shop/instances/other.yaml", """
                {instance: other, connector: shop,
                 settings: {port: %d, token: '${secret.TOKEN}', clientId: '${secret.ID}', clientSecret: '${secret.SECRET}'}%s}
                """.formatted(world.port(), more));
        world.reload();
    }

    @Test
    void aFixedWindowIsKeptWhereverItBegins() throws Exception {
        serve("/api/me", StrictCounter.fixedWindow(20, 200), 1);
        declare("{policies: [{algorithm: fixedWindow, limit: 20, period: 200ms}]}");

        calls(8, 12, "connector:shop/me.get");
    }

    @Test
    void aSlidingWindowIsKept() throws Exception {
        serve("/api/me", StrictCounter.slidingWindow(20, 200), 1);
        declare("{policies: [{algorithm: slidingWindow, limit: 20, period: 200ms}]}");

        calls(8, 12, "connector:shop/me.get");
    }

    @Test
    void aBucketIsNeverEmptied() throws Exception {
        serve("/api/me", StrictCounter.bucket(5, 80), 1);
        declare("{policies: [{algorithm: tokenBucket, limit: 5, refill: 80, period: 1s}]}");

        calls(8, 10, "connector:shop/me.get");
    }

    @Test
    void aLeakyBucketWithoutRefillSpacesCallsEvenly() throws Exception {
        serve("/api/me", StrictCounter.bucket(1, 50), 1);
        declare("{policies: [{algorithm: leakyBucket, limit: 50, period: 1s}]}");

        calls(4, 8, "connector:shop/me.get");
    }

    @Test
    void noMoreCallsAreOnTheirWayThanDeclared() throws Exception {
        serve("/api/me", StrictCounter.concurrency(3), 1);
        declare("{policies: [{algorithm: concurrency, limit: 3}]}");

        calls(8, 12, "connector:shop/me.get");
    }

    @Test
    void instancesWithOneTokenShareItsLimit() throws Exception {
        serve("/api/me", StrictCounter.slidingWindow(20, 200), 1);
        declare("{scope: token, policies: [{algorithm: slidingWindow, limit: 20, period: 200ms}]}");
        second("");

        calls(8, 12, "connector:shop/me.get", "connector:other/me.get");
    }

    @Test
    void instancesShareALimitOfTheConnectorAndKeepTheirOwn() throws Exception {
        serve("/api/me", StrictCounter.concurrency(3), 1);
        declare("{scope: connector, policies: [{algorithm: concurrency, limit: 3}]}");
        second(", rateLimit: {policies: [{algorithm: fixedWindow, limit: 10, period: 100ms}]}");

        calls(8, 12, "connector:shop/me.get", "connector:other/me.get");
    }

    @Test
    void pointsAreCountedByWhatCallsCost() throws Exception {
        serve("/api/me", StrictCounter.bucket(100, 1000), 10);
        declare("""
                {policies: [{algorithm: cost, limit: 100, refill: 1000, period: 1s, weight: 20}],
                 observe: [{from: body, name: $.cost.requested, format: requestedCost},
                           {from: body, name: $.cost.actual, format: cost},
                           {from: body, name: $.cost.left, format: remaining}]}""");
        long began = System.nanoTime();

        calls(8, 20, "connector:shop/me.get");

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                .as("by the weight alone it would take 3 s")
                .isLessThan(2_500);
    }

    @Test
    void anEndpointCountsByItsOwnWeightAndItsOwnLimits() throws Exception {
        serve("/api/me", StrictCounter.bucket(10, 100), 1);
        world.shop(
                "{none: {type: none}}",
                "rateLimit: {policies: [{algorithm: tokenBucket, limit: 10, refill: 100, period: 1s}], maxWait: 100ms}",
                GET + """
                        dear.get: {kind: read, method: GET, path: /me, rateLimit: {weight: 10}}
                        free.get: {kind: read, method: GET, path: /me, rateLimit: {weight: 0}}
                        rare.get:
                          kind: read
                          method: GET
                          path: /me
                          rateLimit: {policies: [{algorithm: fixedWindow, limit: 1, period: 1m}]}
                        """,
                "");

        assertThat(one("dear.get")).isNull();
        assertThat(one("free.get")).as("takes no place").isNull();
        assertThat(one("rare.get")).isNull();
        assertThat(one("rare.get")).isInstanceOf(StepException.class);
        assertThat(one("me.get")).as("is under no limit of its neighbour").isNull();
    }

    @Test
    void aLimitHoldsForTheCallsThatItMatches() throws Exception {
        serve("/api", StrictCounter.concurrency(50), 1);
        world.shop("{none: {type: none}}", """
                rateLimit:
                  maxWait: 50ms
                  policies:
                    - {algorithm: fixedWindow, limit: 1, period: 1m, match: {method: [POST], path: '/orders/**'}}""", """
                order.pay: {kind: action, method: POST, path: '/orders/1/pay', request: {body: {type: none}}}
                order.get: {kind: read, method: GET, path: '/orders/1'}
                stock.set: {kind: action, method: POST, path: '/stock', request: {body: {type: none}}}
                """, "");

        assertThat(one("order.pay")).isNull();
        assertThat(one("order.pay")).isInstanceOf(StepException.class);
        for (int i = 0; i < 3; i++) {
            assertThat(one("order.get")).isNull();
            assertThat(one("stock.set")).isNull();
        }
    }

    private Exception one(String endpoint) throws Exception {
        return world.call("connector:shop/" + endpoint, Payload.empty(Lineage.ofRun("r")), new FakeAttempt(), null)
                .getException();
    }

    /** Answers by two redirects, each a request under the counter. */
    private void redirecting(StrictCounter counter) {
        serve("/api/there", counter, 1);
        for (String step : List.of("me", "there/on")) {
            world.serve("/api/" + step, exchange -> {
                boolean allowed = counter.comes(1);
                LockSupport.parkNanos(jitter());
                served.incrementAndGet();
                refused.addAndGet(allowed ? 0 : 1);
                counter.goes(1, 1);
                exchange.getResponseHeaders().set("Location", step.equals("me") ? "/api/there/on" : "/api/there?n=1");
                World.json(exchange, allowed ? 302 : 429, "");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{policies: [{algorithm: fixedWindow, limit: 10, period: 100ms}]}",
                "{policies: [{algorithm: tokenBucket, limit: 5, refill: 10, period: 100ms}, {algorithm: concurrency, limit: 2}]}"
            })
    void requestsThatFollowRedirectsAreCountedToo(String limit) throws Exception {
        redirecting(limit.contains("fixed") ? StrictCounter.fixedWindow(10, 100) : StrictCounter.bucket(5, 100));
        declare(limit);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Exchange>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                all.add(() -> world.call(
                        "connector:shop/me.get", Payload.empty(Lineage.ofRun("r")), new FakeAttempt(), null));
            }
            for (Future<Exchange> one : pool.invokeAll(all)) {
                assertThat(one.get().getException()).isNull();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(refused).hasValue(0);
        assertThat(served).hasValue(24 * 3);
    }

    @Test
    void eachRequestThatFollowsARedirectStandsInTheRecord() throws Exception {
        redirecting(StrictCounter.fixedWindow(10, 100));
        declare("{policies: [{algorithm: concurrency, limit: 1}]}");
        FakeAttempt attempt = new FakeAttempt();

        world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("r")), attempt, null);

        String here = "http://127.0.0.1:" + world.port() + "/api/";
        assertThat(attempt.requests())
                .extracting(request -> request.status() + " " + request.target())
                .containsExactly("302 " + here + "me", "302 " + here + "there/on", "200 " + here + "there?n=1");
    }

    @Test
    void theRepetitionWithANewProofIsCountedToo() throws Exception {
        StrictCounter counter = StrictCounter.fixedWindow(6, 150);
        AtomicInteger session = new AtomicInteger();
        Set<String> used = ConcurrentHashMap.newKeySet(); // each session is good for one call
        world.serve(
                "/api/login",
                exchange -> World.json(exchange, 200, "{\"token\": \"s-" + session.incrementAndGet() + "\"}"));
        world.serve("/api/me", exchange -> {
            boolean allowed = counter.comes(1);
            served.incrementAndGet();
            refused.addAndGet(allowed ? 0 : 1);
            counter.goes(1, 1);
            boolean first = used.add(exchange.getRequestHeaders().getFirst("X-Session"));
            World.json(exchange, !allowed ? 429 : first ? 200 : 401, "{}");
        });
        world.shop(
                "{a: {type: sessionLogin, login: {endpoint: login.post, tokenPath: $.token}, inject: {into: header, name: X-Session}}}",
                "rateLimit: {policies: [{algorithm: fixedWindow, limit: 6, period: 150ms}, {algorithm: concurrency, limit: 1}]}",
                GET + "login.post: {kind: action, method: POST, path: /login}\n",
                "");

        for (int i = 0; i < 12; i++) {
            assertThat(world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("r")), new FakeAttempt(), null)
                            .getException())
                    .isNull();
        }

        assertThat(refused).hasValue(0);
        assertThat(served).hasValue(23);
    }
}
