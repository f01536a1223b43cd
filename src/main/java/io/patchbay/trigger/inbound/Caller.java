package io.patchbay.trigger.inbound;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A system that may call the inbound API.
 *
 * @param name what operators call it; it stands in a run's metadata
 * @param clientId what it shows with its secret to get a token
 * @param limits how much it may send
 * @param createdAt since when it is known
 * @param revokedAt since when it may not call any more; null while it may
 */
public record Caller(
        String name,
        String clientId,
        Limits limits,
        Instant createdAt,
        @Nullable Instant revokedAt) {

    /**
     * How much a caller may send. What an address takes bounds it too.
     *
     * @param perMinute most requests a minute, for each replica
     * @param maxBody largest body; null when only the address bounds it
     */
    public record Limits(int perMinute, @Nullable DataSize maxBody) {

        static final int MOST_PER_MINUTE = 100_000;

        /** @throws IllegalArgumentException when one is out of range */
        public Limits {
            if (perMinute < 1 || perMinute > MOST_PER_MINUTE) {
                throw new IllegalArgumentException("a caller may call 1 to " + MOST_PER_MINUTE + " times a minute");
            }
            if (maxBody != null && maxBody.toBytes() < 1) {
                throw new IllegalArgumentException("a caller's largest body has 1B at least");
            }
        }
    }
}
