package io.patchbay.run.tracked;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of what was tracked is kept.
 *
 * @param keep how long a value is kept after it was last seen, at most 400d
 * @param mostPerValue how many entries are kept of one value of an entity; the oldest go first
 */
@ConfigurationProperties("patchbay.tracked")
public record TrackedProperties(
        @DefaultValue("15d") Duration keep,
        @DefaultValue("15") int mostPerValue) {

    private static final int MOST_DAYS = 400;

    public TrackedProperties {
        if (keep.toMinutes() < 1 || keep.compareTo(Duration.ofDays(MOST_DAYS)) > 0) {
            throw new IllegalArgumentException("patchbay.tracked.keep must be 1m to " + MOST_DAYS + "d, got " + keep);
        }
        if (mostPerValue < 1) {
            throw new IllegalArgumentException(
                    "patchbay.tracked.most-per-value must be 1 or more, got " + mostPerValue);
        }
    }

    /** The bounds that hold when nothing is set. */
    public static TrackedProperties defaults() {
        return new TrackedProperties(Duration.ofDays(15), 15);
    }
}
