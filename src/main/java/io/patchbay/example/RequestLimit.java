package io.patchbay.example;

import java.time.Clock;

/** Lets a number of calls through in each second of the clock and refuses the others. */
final class RequestLimit {

    private final int perSecond;
    private final Clock clock;
    private long second;
    private int used;

    RequestLimit(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** Whether one more call may pass now. */
    synchronized boolean admits() {
        long now = Math.floorDiv(clock.millis(), 1000L);
        if (now != second) {
            second = now;
            used = 0;
        }
        if (used == perSecond) {
            return false;
        }
        used++;
        return true;
    }
}
