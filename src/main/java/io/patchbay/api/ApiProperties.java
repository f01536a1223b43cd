package io.patchbay.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the API.
 *
 * @param maxBody largest payload that a start by API takes; a larger one is answered 413
 * @param maxReplays most failed payloads that one call replays
 */
@ConfigurationProperties("patchbay.api")
public record ApiProperties(
        @DefaultValue("64MB") DataSize maxBody,
        @DefaultValue("100") int maxReplays) {

    /** @throws IllegalArgumentException if a bound is not positive, or the body's is over 2 GB */
    public ApiProperties {
        if (maxBody.toBytes() < 1 || maxBody.toGigabytes() > 2) {
            throw new IllegalArgumentException("patchbay.api.max-body must be 1B to 2GB, got " + maxBody);
        }
        if (maxReplays < 1 || maxReplays > 10_000) {
            throw new IllegalArgumentException("patchbay.api.max-replays must be 1 to 10000, got " + maxReplays);
        }
    }
}
