package io.patchbay.ops.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The audit log.
 *
 * @param keep how long entries are kept, 1d to 3650d
 * @param denialsPerMinute most denials of strangers, and of those who are known, that are written down in a minute; how many more there were is told with the next, 1 to 10000
 */
@ConfigurationProperties("patchbay.audit")
public record AuditProperties(
        @DefaultValue("400d") Duration keep,
        @DefaultValue("100") int denialsPerMinute) {

    private static final int LONGEST = 3_650;
    private static final int MOST = 10_000;

    public AuditProperties {
        if (keep.toDays() < 1 || keep.compareTo(Duration.ofDays(LONGEST)) > 0) {
            throw new IllegalArgumentException("patchbay.audit.keep must be 1d to " + LONGEST + "d, got " + keep);
        }
        if (denialsPerMinute < 1 || denialsPerMinute > MOST) {
            throw new IllegalArgumentException(
                    "patchbay.audit.denials-per-minute must be 1 to " + MOST + ", got " + denialsPerMinute);
        }
    }
}
