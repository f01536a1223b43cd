package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.flow.FlowSettings;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.run.Checkpoints.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Which records hold back others of their run. */
class FailedKeysTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private Run run(Progress progress) {
        return OneRun.of(
                new FlowSettings.Limits(1, 1, 1, DataSize.ofKilobytes(1), Duration.ofHours(1)), progress, timer);
    }

    private static FailedPayload failed(String shape, String key) {
        Payload payload =
                Payload.of(Lineage.ofRun("r1"), Json.NODES.objectNode().put("k", key));
        return new FailedPayload(
                "x" + key,
                "r1",
                "f",
                "rev",
                shape,
                payload,
                Owner.REMOTE,
                "HTTP_422",
                "no",
                1,
                Instant.EPOCH,
                FailedPayload.State.OPEN);
    }

    private static List<String> key(Payload payload) {
        try {
            return List.of(payload.tree().path("k").asText());
        } catch (io.patchbay.payload.StepException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void recordsThatFailedInAnEarlierLifeHoldBackInThisOne() {
        Run run = run(new Progress(
                Map.of(), Map.of(), Map.of("push|r1/a", failed("push", "a"), "tell|r1/b", failed("tell", "b"))));

        Set<String> keys = run.failedKeys("push", FailedKeysTest::key);
        keys.add("c");

        assertThat(run.failedKeys("push", FailedKeysTest::key)).containsExactlyInAnyOrder("a", "c");
        assertThat(run.failedKeys("tell", FailedKeysTest::key)).containsExactly("b");
    }
}
