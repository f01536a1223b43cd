package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import java.time.Duration;

/** When a system that fails is left alone for a while. */
@Doc("When a system that fails is left alone for a while")
public record CircuitBreakerConfig(
        @Doc(
                "So many failures within the window: no answer, or one that another try may mend; too many calls do not count")
        @Default("20")
        @Range(min = 1, max = 10_000)
        int failures,

        @Doc("Time in which they are counted, in whole seconds") @Default("1m")
        Duration window,

        @Doc("How long no call is made; then one call tries whether the system is back") @Default("1m")
        Duration openFor) {

    private static final Duration LONGEST = Duration.ofHours(1);

    /** @throws IllegalArgumentException when a time is out of bounds */
    public CircuitBreakerConfig {
        if (window.toSeconds() < 1 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the window of a circuitBreaker is from 1s to 1h");
        }
        if (openFor.toMillis() < 1 || openFor.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("openFor of a circuitBreaker is up to 1h");
        }
    }
}
