package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system on the other side sees of the limits that a connector declares. */
class LimitTest {

    /** Notes for how long a run gave its place away. */
    private static class Elsewhere extends FakeAttempt {
        final ConcurrentLinkedQueue<Duration> asides = new ConcurrentLinkedQueue<>();

        @Override
        public void after(Duration pause, Runnable work) {
            asides.add(pause);
            super.after(pause, work);
        }
    }

    private static final String ME = """
            me.get:
              kind: read
              method: GET
              path: /me
            """;

    @TempDir
    Path home;

    private World world;
    private final Random random = new Random(42);
    private final ConcurrentLinkedQueue<Long> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        world.serve("/api/me", exchange -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay())); // a network with jitter
            mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
            arrivals.add(System.nanoTime());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay()));
            now.decrementAndGet();
            World.json(exchange, 200, "{}");
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private synchronized int delay() {
        return random.nextInt(30);
    }

    private void limits(String policies) throws Exception {
        limits(policies, "");
    }

    private void limits(String policies, String more) throws Exception {
        world.shop("{none: {type: none}}", "rateLimit: {policies: [" + policies + "]" + more + "}", ME, "");
    }

    private List<Exchange> calls(int callers, int each) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        try {
            List<Callable<List<Exchange>>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(() -> {
                    List<Exchange> done = new ArrayList<>();
                    for (int j = 0; j < each; j++) {
                        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
                        done.add(world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("r")), attempt, null));
                    }
                    return done;
                });
            }
            List<Exchange> done = new ArrayList<>();
            for (Future<List<Exchange>> one : pool.invokeAll(all)) {
                done.addAll(one.get());
            }
            return done;
        } finally {
            pool.shutdownNow();
        }
    }

    /** The most arrivals in any stretch of this length. */
    private int mostWithin(Duration stretch) {
        List<Long> times = arrivals.stream().sorted().toList();
        int most = 0;
        int from = 0;
        for (int to = 0; to < times.size(); to++) {
            while (times.get(to) - times.get(from) >= stretch.toNanos()) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    @Test
    void showsNoMoreCallsInAnyPeriodThanDeclared() throws Exception {
        limits("{algorithm: fixedWindow, limit: 10, period: 500ms}");

        List<Exchange> done = calls(6, 6);

        assertThat(done).allSatisfy(one -> assertThat(one.getException()).isNull());
        assertThat(arrivals).hasSize(36);
        assertThat(mostWithin(Duration.ofMillis(500))).isLessThanOrEqualTo(10);
    }

    @Test
    void showsNoMoreCallsAtOnceThanDeclared() throws Exception {
        limits("{algorithm: concurrency, limit: 3}");

        calls(8, 5);

        assertThat(arrivals).hasSize(40);
        assertThat(mostAtOnce.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void neverEmptiesTheBucketOfTheOtherSide() throws Exception {
        limits("{algorithm: tokenBucket, limit: 5, refill: 20, period: 1s}");

        calls(6, 5);

        double level = 5;
        Long before = null;
        for (Long at : arrivals.stream().sorted().toList()) {
            level = before == null ? 5 : Math.min(5, level + (at - before) / 1e9 * 20);
            level -= 1;
            before = at;
            assertThat(level).isGreaterThan(-0.01);
        }
        assertThat(arrivals).hasSize(30);
    }

    @Test
    void keepsAllLimitsAtOnceAlsoThoseOfTheInstance() throws Exception {
        world.shop(
                "{none: {type: none}}",
                "rateLimit: {policies: [{algorithm: fixedWindow, limit: 8, period: 300ms}]}",
                ME,
                "rateLimit: {policies: [{algorithm: concurrency, limit: 2}]}");

        calls(6, 4);

        assertThat(arrivals).hasSize(24);
        assertThat(mostAtOnce.get()).isLessThanOrEqualTo(2);
        assertThat(mostWithin(Duration.ofMillis(300))).isLessThanOrEqualTo(8);
    }

    @Test
    void failsAtOnceWhenToldTo() throws Exception {
        limits("{algorithm: fixedWindow, limit: 2, period: 1m}", ", onLimit: fail");

        List<Exchange> done = calls(1, 3);

        assertThat(done.get(1).getException()).isNull();
        StepException why = (StepException) done.get(2).getException();
        assertThat(why.code()).isEqualTo("RATE_LIMITED");
        assertThat(why.retryable()).isTrue();
    }

    private Exchange call(FakeAttempt attempt) throws Exception {
        return world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("r")), attempt, null);
    }

    @Test
    void aRunGivesItsPlaceAwayWhileItsCallIsQueued() throws Exception {
        limits("{algorithm: fixedWindow, limit: 1, period: 3100ms}", ", onLimit: queue");
        Elsewhere attempt = new Elsewhere();

        assertThat(call(attempt).getException()).isNull();
        assertThat(attempt.asides).isEmpty();
        assertThat(call(attempt).getException()).isNull();

        assertThat(attempt.asides)
                .isNotEmpty()
                .first()
                .satisfies(aside -> assertThat(aside).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_100)));
        assertThat(mostWithin(Duration.ofMillis(3_100))).isEqualTo(1);
    }

    @Test
    void aQueuedCallFailsWhenNoPlaceIsNearEnough() throws Exception {
        limits("{algorithm: fixedWindow, limit: 1, period: 1h}", ", onLimit: queue, maxWait: 10s");
        Elsewhere attempt = new Elsewhere();
        call(attempt);

        assertThat(call(attempt).getException())
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.code()).isEqualTo("RATE_LIMITED"));
        assertThat(attempt.asides).isEmpty();
    }

    @Test
    void aQueuedCallOfARunThatIsStoppedIsNotMade() throws Exception {
        limits("{algorithm: fixedWindow, limit: 1, period: 5s}", ", onLimit: queue");
        call(new FakeAttempt());
        FakeAttempt stopped = new FakeAttempt() {
            @Override
            public void after(Duration pause, Runnable work) {
                cancel();
                work.run();
            }
        };

        assertThat(call(stopped).getException())
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.isHeld()).isTrue());
        assertThat(arrivals).hasSize(1);
    }

    @Test
    void waitsNoLongerThanToldTo() throws Exception {
        limits("{algorithm: fixedWindow, limit: 1, period: 1m}", ", maxWait: 200ms");
        long began = System.nanoTime();

        List<Exchange> done = calls(1, 2);

        assertThat(((StepException) done.get(1).getException()).code()).isEqualTo("RATE_LIMITED");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(190), Duration.ofSeconds(3));
    }

    @Test
    void keepsItsCountWhenTheInstanceIsReadAgain() throws Exception {
        limits("{algorithm: fixedWindow, limit: 3, period: 1m}", ", onLimit: fail");
        calls(1, 3);
        world.shop(
                "{none: {type: none}}",
                "rateLimit: {policies: [{algorithm: fixedWindow, limit: 3, period: 1m}], onLimit: fail}",
                ME,
                "timeout: 1s");

        assertThat(calls(1, 1).get(0).getException()).isInstanceOf(StepException.class);
    }

    @Test
    void aCallThatWaitsForItsTurnLeavesTheLineWhenItIsGivenUp() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        world.serve("/api/me/slow", exchange -> {
            called.countDown();
            await(answered);
            World.json(exchange, 200, "{}");
        });
        world.shop(
                "{none: {type: none}}",
                "rateLimit: {policies: [{algorithm: concurrency, limit: 1}]}",
                ME + "slow.get: {kind: read, method: GET, path: /me/slow}\n",
                "");
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<Exchange> first = pool.submit(() ->
                    world.call("connector:shop/slow.get", Payload.empty(Lineage.ofRun("r")), new FakeAttempt(), null));
            await(called);
            FakeAttempt attempt = new FakeAttempt();
            Future<Exchange> second = pool.submit(
                    () -> world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("r")), attempt, null));
            Awaitility.await().until(() -> attempt.closers() > 0);

            attempt.cancel();
            second.get(10, TimeUnit.SECONDS);
            answered.countDown();

            assertThat(first.get(10, TimeUnit.SECONDS).getException()).isNull();
            assertThat(arrivals).as("it was not sent").isEmpty();
        } finally {
            answered.countDown();
            pool.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
