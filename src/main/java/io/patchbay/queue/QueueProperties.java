package io.patchbay.queue;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the start queue.
 *
 * @param maxStarts most starts that wait, over all flows
 * @param maxStartsPerFlow most starts of one flow that wait
 * @param maxBytes most bytes of bodies that wait, over all flows
 * @param ageing how long a start waits until it rises by one priority
 * @param lease how long a replica that no longer answers keeps its claims, at least 1s; PostgreSQL only
 * @param crashes how often in a row, without getting further, a start may be running when the program dies before it is put
 *     aside, at least 1
 */
@ConfigurationProperties("patchbay.queue")
public record QueueProperties(
        @DefaultValue("1000000") long maxStarts,
        @DefaultValue("100000") long maxStartsPerFlow,
        @DefaultValue("8GB") DataSize maxBytes,
        @DefaultValue("1m") Duration ageing,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("3") int crashes) {

    public QueueProperties {
        require(maxStarts >= 1, "max-starts", maxStarts);
        require(maxStartsPerFlow >= 1, "max-starts-per-flow", maxStartsPerFlow);
        require(maxBytes.toBytes() >= 1, "max-bytes", maxBytes);
        require(ageing.toMillis() >= 1, "ageing", ageing);
        require(lease.toMillis() >= 1_000, "lease", lease);
        require(crashes >= 1, "crashes", crashes);
    }

    /** The bounds that hold when nothing is set. */
    public static QueueProperties defaults() {
        return new QueueProperties(
                1_000_000, 100_000, DataSize.ofGigabytes(8), Duration.ofMinutes(1), Duration.ofSeconds(30), 3);
    }

    private static void require(boolean fine, String name, Object value) {
        if (!fine) {
            throw new IllegalArgumentException("patchbay.queue." + name + " is too small, got " + value);
        }
    }
}
