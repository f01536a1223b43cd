package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.flow.FlowSettings;
import io.patchbay.payload.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What a run may cost: a run that costs more stops, and says so. */
class CostLimitsTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private Run run(long requests, long bytes) {
        return OneRun.of(
                new FlowSettings.Limits(1, 1, requests, DataSize.ofBytes(bytes), Duration.ofHours(1)),
                Checkpoints.Progress.NONE,
                timer);
    }

    private static void asks(Run run, long sent, long received) {
        run.request(
                "push",
                1,
                new RequestLog(
                        "shop",
                        "orders.list",
                        "GET",
                        "/orders",
                        200,
                        Instant.EPOCH,
                        Duration.ZERO,
                        sent,
                        received,
                        Map.of(),
                        Map.of(),
                        null),
                null);
    }

    @Test
    void stopsWithTheRequestThatIsOneTooMany() {
        Run run = run(2, 1_000);
        asks(run, 0, 0);
        asks(run, 0, 0);
        assertThat(run.stopped()).isFalse();

        asks(run, 0, 0);
        assertThat(run.ended().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(run.ended().reason()).isEqualTo("the run made more than 2 requests");
    }

    @Test
    void stopsWhenRequestsAndAnswersTogetherAreTooLarge() {
        Run run = run(10, 1_000);
        asks(run, 400, 600);
        assertThat(run.stopped()).isFalse();

        asks(run, 1, 0);
        assertThat(run.ended().reason()).isEqualTo("the requests of the run and their answers have more than 1000B");
    }
}
