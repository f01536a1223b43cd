package io.patchbay.runtime;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an instance is paused by itself.
 *
 * @param unreachable after so many calls in a row that get no answer; 0 for never
 * @param lookAgain how long until it is asked whether it answers again, longer each time up to 5m
 */
@ConfigurationProperties("patchbay.pauses")
public record PausesProperties(
        @DefaultValue("10") int unreachable,
        @DefaultValue("30s") Duration lookAgain) {

    public PausesProperties {
        if (unreachable < 0) {
            throw new IllegalArgumentException("patchbay.pauses.unreachable must be 0 or more, got " + unreachable);
        }
        if (lookAgain.toMillis() < 100) {
            throw new IllegalArgumentException("patchbay.pauses.look-again must be 100ms or more, got " + lookAgain);
        }
    }
}
