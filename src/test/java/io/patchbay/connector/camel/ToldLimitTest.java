package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.limit.StrictCounter;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what answers say of the limit. */
class ToldLimitTest {

    private static final String GET = "me.get: {kind: read, method: GET, path: /me}\n";

    @TempDir
    Path home;

    private World world;
    private final AtomicInteger refused = new AtomicInteger();

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Exchange call() throws Exception {
        return world.call("connector:shop/me.get", Payload.empty(Lineage.ofRun("r")), new FakeAttempt(), null);
    }

    private void declare(String rateLimit, String more) throws Exception {
        world.shop("{none: {type: none}}", "rateLimit: " + rateLimit + "\n" + more, GET, "");
    }

    @Test
    void callsSlowDownToWhatTheHeadersSayRemains() throws Exception {
        StrictCounter counter = StrictCounter.fixedWindow(5, 1_000);
        world.serve("/api/me", exchange -> {
            boolean allowed = counter.comes(1);
            if (!allowed) {
                refused.incrementAndGet();
            }
            exchange.getResponseHeaders().set("X-RateLimit-Remaining", String.valueOf(counter.remaining()));
            exchange.getResponseHeaders().set("X-RateLimit-Reset", "1");
            World.json(exchange, allowed ? 200 : 429, "{}");
        });
        declare("{policies: [{algorithm: fixedWindow, limit: 100, period: 1s}], adaptFromHeaders: {}}", "");

        assertThat(call().getException()).isNull();
        World.allSucceed(8, this::call);

        assertThat(refused).hasValue(0);
    }

    @Test
    void aBucketIsLoweredToWhatTheSystemSaysIsUsed() throws Exception {
        world.serve("/api/me", exchange -> {
            exchange.getResponseHeaders().set("X-Shop-Limit", "39/40");
            World.json(exchange, 200, "{}");
        });
        declare("""
                {policies: [{algorithm: tokenBucket, limit: 40, refill: 2, period: 1s}], maxWait: 50ms,
                 observe: [{name: X-Shop-Limit}]}""", "");

        assertThat(call().getException()).isNull();
        assertThat(call().getException()).isNull();
        assertThat(call().getException()).isInstanceOf(StepException.class).hasMessageContaining("within 50ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"day\";r=0;t=7200", "\"second\";r=9;t=1\n\"day\";r=0;t=7200"})
    void aResetFurtherAwayThanAnyCallWaitsFailsCallsAtOnce(String lines) throws Exception {
        world.serve("/api/me", exchange -> {
            lines.lines().forEach(line -> exchange.getResponseHeaders().add("RateLimit", line));
            World.json(exchange, 200, "{}");
        });
        declare("{adaptFromHeaders: {}, maxWait: 1m}", "");

        assertThat(call().getException()).isNull();
        long began = System.nanoTime();
        Exception failure = call().getException();

        assertThat(failure).hasMessageContaining("no call fits for 2h, longer than the 1m that a call waits");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aDateInRetryAfterIsOfTheClockThatMadeTheAnswer() throws Exception {
        world.close();
        world = new World(home, Clock.offset(Clock.systemUTC(), Duration.ofHours(3)));
        world.serve("/api/me", exchange -> {
            ZonedDateTime theirs = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(40);
            exchange.getResponseHeaders().set("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs));
            World.json(exchange, 429, "{}");
        });
        declare(
                "{policies: [{algorithm: concurrency, limit: 2}]}",
                "errorHandler: {rules: [{match: {status: [429]}, action: rateLimited}], backoff: {type: waitHeader}}");

        StepException failure = (StepException) call().getException();

        assertThat(failure.retryAfter()).isBetween(Duration.ofSeconds(35), Duration.ofSeconds(41));
    }
}
