package io.patchbay.ops.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Bounds how many denials are written down: whoever is refused can ask as often as they like, and the disk is ours. */
final class Denials {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final int most;
    private Instant until = Instant.MIN;
    private int written;
    private int left;

    /** @param most how many are written in a minute */
    Denials(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /** Counts one. @return how many before it were not written when this one is to be; below zero when it is not */
    synchronized int count() {
        Instant now = clock.instant();
        if (!now.isBefore(until)) {
            until = now.plus(WINDOW);
            written = 0;
        }
        if (written >= most) {
            left++;
            return -1;
        }
        written++;
        int before = left;
        left = 0;
        return before;
    }
}
