package io.patchbay.ops.health;

import io.patchbay.queue.StartLists;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Starts that were put aside because the program ended again and again while they ran. They wait for a person; the program is
 * well without them, so this is up. Where the queue cannot be read it is unknown: that the store is down is told there.
 */
final class QuarantineHealth implements HealthIndicator {

    /** Flows told; all starts are at {@code /api/v1/starts?state=quarantined}. */
    private static final int MOST_FLOWS = 20;

    private final StartLists starts;

    QuarantineHealth(StartLists starts) {
        this.starts = starts;
    }

    @Override
    public Health health() {
        Map<String, Long> counts;
        try {
            counts = starts.quarantined();
        } catch (IllegalStateException e) {
            return Health.unknown().build();
        }
        Health.Builder health = Health.up()
                .withDetail(
                        "starts",
                        counts.values().stream().mapToLong(Long::longValue).sum());
        if (!counts.isEmpty()) {
            Map<String, Long> told = new LinkedHashMap<>();
            counts.entrySet().stream().limit(MOST_FLOWS).forEach(count -> told.put(count.getKey(), count.getValue()));
            health.withDetail("flows", told);
        }
        return health.build();
    }
}
