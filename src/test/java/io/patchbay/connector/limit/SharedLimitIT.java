package io.patchbay.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.camel.World;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runtimes on one database, and a system that enforces what they declare together. */
class SharedLimitIT {

    private static EmbeddedPostgres postgres;

    @TempDir
    Path one;

    @TempDir
    Path two;

    private final List<World> worlds = new ArrayList<>();
    private final List<Shares> shares = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var script = SharedLimitIT.class.getResourceAsStream("/db/postgresql/042-rate-shares.sql")) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @AfterEach
    void close() {
        worlds.forEach(World::close);
    }

    private void runtimes(StrictCounter counter, String policy) throws Exception {
        for (Path home : List.of(one, two)) {
            Shares mine = new Shares(postgres.getPostgresDatabase());
            World world = new World(home, Clock.systemUTC(), mine);
            worlds.add(world);
            shares.add(mine);
            world.serve("/api/me", exchange -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextInt(8)));
                boolean allowed = counter.comes(1);
                served.incrementAndGet();
                if (!allowed) {
                    refused.incrementAndGet();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextInt(8)));
                counter.goes(1, 1);
                World.json(exchange, allowed ? 200 : 429, "{}");
            });
            world.shop(
                    "{none: {type: none}}",
                    "rateLimit: {policies: [" + policy + "]}",
                    "me.get: {kind: read, method: GET, path: /me}\n",
                    "");
        }
    }

    /** The second runtime begins when the first one has all of it. */
    private void calls(int each) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Future<Exchange>> all = new ArrayList<>();
            for (World world : worlds) {
                Callable<Exchange> call = () ->
                        world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("r")), new FakeAttempt(), null);
                assertThat(pool.submit(call).get(40, TimeUnit.SECONDS).getException())
                        .isNull();
                for (int i = 1; i < each; i++) {
                    all.add(pool.submit(call));
                }
            }
            for (Future<Exchange> future : all) {
                assertThat(future.get(60, TimeUnit.SECONDS).getException()).isNull();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(served).hasValue(2 * each);
        assertThat(refused).hasValue(0);
    }

    @Test
    void aWindowIsKeptTogether() throws Exception {
        runtimes(StrictCounter.slidingWindow(20, 300), "{algorithm: slidingWindow, limit: 20, period: 300ms}");

        calls(100);
    }

    @Test
    void aBucketIsKeptTogether() throws Exception {
        runtimes(StrictCounter.bucket(10, 50), "{algorithm: tokenBucket, limit: 10, refill: 50, period: 1s}");

        calls(80);
    }

    @Test
    void whatCannotBeDividedIsHadInTurn() throws Exception {
        runtimes(StrictCounter.concurrency(1), "{algorithm: concurrency, limit: 1}");

        calls(20);
    }

    @Test
    void theShareOfADeadRuntimeGoesToTheOthers() throws Exception {
        runtimes(StrictCounter.slidingWindow(2, 1_000), "{algorithm: slidingWindow, limit: 2, period: 1s}");
        calls(4);
        shares.get(0).stall();

        World left = worlds.get(1);
        long began = System.nanoTime();
        for (int i = 0; i < 40; i++) {
            Exchange done =
                    left.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("r")), new FakeAttempt(), null);
            assertThat(done.getException()).isNull();
        }

        assertThat(refused).hasValue(0);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began))
                .as("one a second would take 40 s")
                .isLessThan(36);
    }
}
