package io.patchbay.notification;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** How much flows may tell people, each in an hour of the clock. Kept in this process: each replica counts its own. */
final class Allowance {

    private final int perHour;
    private final Clock clock;
    private final Map<String, Integer> told = new HashMap<>();
    private Instant hour = Instant.EPOCH;

    /** @param perHour messages of one flow */
    Allowance(int perHour, Clock clock) {
        this.perHour = perHour;
        this.clock = clock;
    }

    /** Takes one message of a flow; false when it has none left in this hour. */
    synchronized boolean take(String flow) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.HOURS);
        if (!now.equals(hour)) {
            hour = now;
            told.clear();
        }
        return told.merge(flow, 1, (had, one) -> Math.min(had + one, perHour + 1)) <= perHour;
    }
}
