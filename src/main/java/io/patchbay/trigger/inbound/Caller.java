package io.patchbay.trigger.inbound;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A system that may call the inbound API.
 *
 * @param name what operators call it; it stands in a run's metadata
 * @param clientId what it shows with its secret to get a token
 * @param perMinute most requests a minute, for each replica
 * @param createdAt since when it is known
 * @param revokedAt since when it may not call any more; null while it may
 */
public record Caller(
        String name,
        String clientId,
        int perMinute,
        Instant createdAt,
        @Nullable Instant revokedAt) {}
