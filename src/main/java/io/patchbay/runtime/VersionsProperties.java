package io.patchbay.runtime;

import io.patchbay.flow.Flow;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Versions of flows.
 *
 * @param deploy whether what a flow's file says runs as soon as it is right (auto), or is a draft until somebody deploys it
 *     (manual); a flow may say otherwise
 * @param keep so many of the newest versions of a flow are kept, 1 to 10000; older ones as long as something names them
 * @param mostBytes most bytes of texts and scripts of a flow's versions; the oldest that nothing names go first, the newest stays
 */
@ConfigurationProperties("patchbay.versions")
public record VersionsProperties(
        @DefaultValue("auto") Flow.Deploy deploy,
        @DefaultValue("50") int keep,
        @DefaultValue("64MB") DataSize mostBytes) {

    private static final int MOST = 10_000;

    public VersionsProperties {
        if (keep < 1 || keep > MOST) {
            throw new IllegalArgumentException("patchbay.versions.keep must be 1 to " + MOST + ", got " + keep);
        }
        if (mostBytes.isNegative()) {
            throw new IllegalArgumentException("patchbay.versions.most-bytes must not be negative, got " + mostBytes);
        }
    }
}
