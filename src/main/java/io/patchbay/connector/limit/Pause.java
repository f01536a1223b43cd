package io.patchbay.connector.limit;

import io.patchbay.canvas.Durations;
import io.patchbay.connector.Standing;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Nothing goes out for a while, because the system asked for it. */
final class Pause extends Limit {

    /** Read without the lock by those who are under no other limit. */
    private volatile boolean paused;

    private long until;

    /** Lets nobody out until then, unless it is later already. */
    void until(long time) {
        if (!paused || time - until > 0) {
            until = time;
            paused = true;
        }
    }

    boolean mayHold() {
        return paused;
    }

    boolean holds(long now) {
        if (paused && until - now <= 0) {
            paused = false;
        }
        return paused;
    }

    /** Who asked for it, and until when; null when nothing is held. */
    @Nullable
    String told(long now, Standing standing) {
        if (!holds(now)) {
            return null;
        }
        Duration left = Duration.ofSeconds(Math.max(1, TimeUnit.NANOSECONDS.toSeconds(until - now)));
        return "the system asked for a pause (Retry-After, or what its connector takes for one) until "
                + standing.in(left) + ", for another " + Durations.format(left);
    }

    @Override
    long untilFree(int weight, long now) {
        return holds(now) ? until - now : 0;
    }

    @Override
    int most() {
        return Integer.MAX_VALUE;
    }
}
