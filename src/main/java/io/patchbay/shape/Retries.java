package io.patchbay.shape;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import java.time.Duration;

/** How often a step tries again, and how long it waits before. A wait that the outside system asks for wins. */
@Doc("How often a failed shape is tried again, and how long it waits before")
public record Retries(
        @Doc("Tries after the first one") @Default("3") @Range(min = 0, max = 100)
        int count,

        @Doc("Wait before the second try") @Default("1s") Duration backoff,

        @Doc("Each further wait is this many times longer") @Default("2") @Range(min = 1, max = 10)
        int factor,

        @Doc("Longest wait") @Default("5m") Duration most) {

    /** Never tries again. */
    public static final Retries NONE = new Retries(0, Duration.ZERO, 1, Duration.ZERO);

    /** @throws IllegalArgumentException if the longest wait is shorter than the first */
    public Retries {
        if (most.compareTo(backoff) < 0) {
            throw new IllegalArgumentException("'most' must not be shorter than 'backoff'");
        }
    }

    /** The wait before a try; the second try is number 2. */
    public Duration before(int attempt) {
        Duration result = backoff;
        for (int i = 2; i < attempt && result.compareTo(most) < 0; i++) {
            result = result.multipliedBy(factor);
        }
        return result.compareTo(most) < 0 ? result : most;
    }
}
