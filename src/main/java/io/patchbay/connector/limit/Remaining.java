package io.patchbay.connector.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a system said remains, until it said that all is free again. It only ever lowers what is sent: calls that are on their
 * way may not be counted in what was said, so they are taken off.
 */
final class Remaining extends Limit {

    private static final long SAME_NANOS = 2_000_000_000L; // resets are told in whole seconds
    private final Duration longest;
    private boolean told;
    private long left;
    private long until;
    private @Nullable Duration tooLong;

    /**
     *
     *
     * @param longest how long what was said is believed at most: absurd values do not stop an instance for ever
     */
    Remaining(Duration longest) {
        this.longest = longest;
    }

    /** Takes in what an answer says, whose own call has not ended yet. */
    void told(long remaining, Duration reset, int weight, long now) {
        Duration bounded = reset.compareTo(longest) > 0 ? longest : reset;
        long end = now + bounded.toNanos();
        long free = remaining + weight; // what is on its way is taken off where a place is looked for
        if (!told || until - now <= 0 || end - until > SAME_NANOS) {
            left = free;
        } else {
            left = Math.min(left, free);
        }
        until = told && until - end > 0 && until - end <= SAME_NANOS ? until : end;
        tooLong = bounded.equals(reset) ? null : reset;
        told = true;
    }

    /** How long the system said that nothing fits, when that is longer than any call waits; else null. */
    @Nullable
    Duration tooLong(int weight, long now) {
        return untilFree(weight, now) == 0 ? null : tooLong;
    }

    @Override
    long untilFree(int weight, long now) {
        if (told && until - now <= 0) {
            told = false;
        }
        return told && left - running < weight ? until - now : 0;
    }

    @Override
    int most() {
        return Integer.MAX_VALUE;
    }

    @Override
    void done(int weight, int cost, long now) {
        super.done(weight, cost, now);
        left -= cost;
    }
}
