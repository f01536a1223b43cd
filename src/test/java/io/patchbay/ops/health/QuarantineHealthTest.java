package io.patchbay.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.FakeStarts;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueuedStart;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

class QuarantineHealthTest {

    private final FakeStarts starts = new FakeStarts();

    @Test
    void tellsWhatWasPutAsideWithoutCallingTheProgramIll() {
        start("s-1", "orders", QueuedStart.State.QUARANTINED);
        start("s-2", "orders", QueuedStart.State.QUARANTINED);
        start("s-3", "stock", QueuedStart.State.WAITING);

        Health health = new QuarantineHealth(starts).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("starts", 2L).containsEntry("flows", Map.of("orders", 2L));
    }

    @Test
    void saysThatNothingWasPutAside() {
        Health health = new QuarantineHealth(starts).health();

        assertThat(health.getDetails()).containsOnlyKeys("starts").containsEntry("starts", 0L);
    }

    private void start(String id, String flow, QueuedStart.State state) {
        starts.starts.put(id, new QueuedStart(id, flow, "webhook", Priority.REGULAR, Instant.EPOCH, 1, 3, state));
    }
}
