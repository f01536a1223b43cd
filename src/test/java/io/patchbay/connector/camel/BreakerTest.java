package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A system that is down is left alone for a while; and records that are no failure. */
class BreakerTest extends Writes {

    private static final String BREAKER = """
            errorHandler:
              backoff: {initial: 10ms, max: 20ms, maxAttempts: 1}
              circuitBreaker: {failures: 3, window: 10s, openFor: %s}
            """;

    private final AtomicBoolean down = new AtomicBoolean(true);

    private void declareWith(String openFor) throws Exception {
        world.shop("{none: {type: none}}", BREAKER.formatted(openFor), """
                items.create: {kind: write, method: POST, path: /items}
                others.create: {kind: write, method: POST, path: /items, errorHandler: {}}
                """, "");
        serve(body ->
                body.contains("bad") ? "422 {}" : body.contains("fast") ? "429 {}" : down.get() ? "503 {}" : "{}");
    }

    @Test
    void makesNoCallsToASystemThatFailedSoOften() throws Exception {
        declareWith("1h");
        for (int i = 0; i < 3; i++) {
            assertThat(failure("{}").code()).isEqualTo("HTTP_503");
        }

        StepException why = failure("{}");

        assertThat(got).hasSize(3);
        assertThat(why.code()).isEqualTo("CIRCUIT_OPEN");
        assertThat(why.retryable()).isTrue();
        assertThat(why.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(why).hasMessageContaining("3 of its calls within 10s failed");
        down.set(false);
        var other = world.call("connector:shop/others.create", World.payload("{}"), attempt, INPUT);
        assertThat(other.getException()).as("rules of its own").isNull();
    }

    @Test
    void refusedDataAndTooManyCallsAreNoOutage() throws Exception {
        declareWith("1h");
        for (int i = 0; i < 4; i++) {
            assertThat(failure("{\"a\":\"bad\"}").code()).isEqualTo("HTTP_422");
        }
        down.set(false);

        assertThat(send("{}").recordCount()).isEqualTo(1);
    }

    @Test
    void oneCallTriesWhetherTheSystemIsBack() throws Exception {
        declareWith("1ms");
        for (int i = 0; i < 3; i++) {
            failure("{}");
        }
        down.set(false);
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (failure("{}") != null && System.nanoTime() < until) {
            Thread.onSpinWait();
        }

        assertThat(send("{}").recordCount()).isEqualTo(1);
        assertThat(send("{}").recordCount()).isEqualTo(1);
    }

    @Test
    void leavesRecordsOutThatARuleSkips() throws Exception {
        declare("""
                batch: {maxRecords: 1}
                errorHandler: {rules: [{match: {status: [409]}, action: skipRecord, message: Was there already}]}
                """);
        serve(body -> body.contains("2") ? "409 {}" : "{}");

        var left = send("[{\"a\":1},{\"a\":2},{\"a\":3}]");

        assertThat(left.tree()).hasToString("[{\"a\":1},{\"a\":3}]");
        assertThat(attempt.failed()).isEmpty();
        assertThat(attempt.log())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("INFO left out: Was there already"));
    }

    @Test
    void aPayloadOfOneRequestThatARuleSkipsEndsThere() throws Exception {
        declare("errorHandler: {rules: [{match: {status: [409]}, action: skipRecord}]}");
        serve(body -> "409 {}");

        var exchange = world.call("connector:shop/items.create", World.payload("{}"), attempt, INPUT);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isNull();
    }
}
