package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Slot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that wait on their way: in order, no longer than the run goes on, and without being lost. */
class PausesTest {

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();

    @BeforeEach
    void start() {
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
    }

    @Test
    void aThrottleLetsNoMoreThanItsNumberPassInItsTimeAndKeepsTheOrder() throws Exception {
        List<Instant> sent = new CopyOnWriteArrayList<>();
        flows.shapes.onEffect = effect -> sent.add(Instant.now());

        RunRecord record = flows.run("""
                shapes:
                  - id: six
                    numbers: { pages: 6 }
                  - id: slowly
                    throttle: { payloads: 2, per: 150ms }
                  - id: push
                    send: {}
                """);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(flows.shapes.effects).hasSize(6).isSorted();
        // Whoever passes is held up a little on its way to the counterpart, so a span is measured from the first that
        // passed.
        assertThat(Duration.between(sent.get(0), sent.get(5))).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }

    @Test
    void aPayloadGoesOnBehindADelayAsItCame() throws Exception {
        Instant begun = Instant.now();

        RunRecord record = flows.run("""
                shapes:
                  - id: one
                    numbers: { pages: 1, size: 2 }
                  - id: later
                    delay: { for: 120ms }
                  - id: push
                    send: {}
                """);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        assertThat(flows.shapes.effects).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "timeout: 2d, "})
    void aRunThatIsStoppedWaitsNoLongerAndHoldsWhatWaited(String timeout) throws Exception {
        flows.deploy("""
                shapes:
                  - id: one
                    numbers: { pages: 1, size: 2 }
                  - { id: later, TIMEOUT delay: { for: 1d } }
                  - id: push
                    send: {}
                """.replace("TIMEOUT ", timeout));
        CompletableFuture<Boolean> run = flows.runner.run(claim(aStart(), 1, 0), Slot.NONE);

        flows.runner.running("run-1").stop(RunStatus.STOPPED, "by hand");

        assertThat(flows.end(run).status()).isEqualTo(RunStatus.STOPPED);
        assertThat(flows.shapes.effects).isEmpty();
        assertThat(flows.checkpoints.failed)
                .singleElement()
                .satisfies(held -> assertThat(held.shape()).isEqualTo("later"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "timeout: 2d, "})
    void aRunWhoseTimeIsOverWaitsNoLonger(String timeout) throws Exception {
        RunRecord record = flows.run("""
                settings: { limits: { time: 300ms } }
                shapes:
                  - id: one
                    numbers: { pages: 1, size: 2 }
                  - { id: later, TIMEOUT delay: { for: 1d } }
                  - id: push
                    send: {}
                """.replace("TIMEOUT ", timeout));

        assertThat(record.status()).isEqualTo(RunStatus.STOPPED);
        assertThat(record.reason()).isEqualTo("the run took longer than its limit of 300ms");
        assertThat(flows.shapes.effects).isEmpty();
        assertThat(flows.checkpoints.failed)
                .singleElement()
                .satisfies(held -> assertThat(held.shape()).isEqualTo("later"));
    }

    @Test
    void aRunThatIsStoppedDoesNotWaitForItsNextAttempt() throws Exception {
        flows.shapes.failuresLeft.put("push", new AtomicInteger(1));
        flows.deploy("""
                shapes:
                  - id: one
                    numbers: {}
                  - id: push
                    retries: { count: 1, backoff: 1d, most: 1d }
                    send: { failsAt: 0, retryable: true }
                """);
        CompletableFuture<Boolean> run = flows.runner.run(claim(aStart(), 1, 0), Slot.NONE);
        Awaitility.await().until(() -> flows.shapes.failuresLeft.get("push").get() == 0);

        flows.runner.running("run-1").stop(RunStatus.STOPPED, "by hand");

        assertThat(flows.end(run).status()).isEqualTo(RunStatus.STOPPED);
        assertThat(flows.checkpoints.failed).as("kept for a replay").hasSize(1);
    }
}
