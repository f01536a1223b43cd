package io.patchbay.ops.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Lets nobody try passwords for long: after so many that were wrong, a user may not log in from an address for a while, and the
 * address as somebody else not either when it tried ten times as many. Others still may, so that nobody can lock a user out
 * from elsewhere. The counts are in memory, for each replica, the oldest are forgotten when there are too many.
 */
final class Lockouts {

    private static final int MOST_COUNTED = 20_000;
    private static final int ADDRESS_FACTOR = 10;

    private final Clock clock;
    private final int most;
    private final Duration time;
    private final Cache<String, Count> counts =
            Caffeine.newBuilder().maximumSize(MOST_COUNTED).build();

    private record Count(int failures, Instant until) {}

    /**
     * @param most wrong passwords until a user is locked out
     * @param time how long, and how long a wrong password is remembered
     */
    Lockouts(Clock clock, int most, Duration time) {
        this.clock = clock;
        this.most = most;
        this.time = time;
    }

    /** Whether no password is looked at now. */
    boolean locked(String user, String address) {
        return failures(pair(user, address)) >= most || failures(address) >= most * ADDRESS_FACTOR;
    }

    /** A password was wrong. */
    void failed(String user, String address) {
        count(pair(user, address));
        count(address);
    }

    /** It was right. */
    void succeeded(String user, String address) {
        counts.invalidate(pair(user, address));
    }

    private static String pair(String user, String address) {
        return address + "\n" + (user.length() > 100 ? user.substring(0, 100) : user);
    }

    private int failures(String key) {
        Count count = counts.getIfPresent(key);
        return count == null || !clock.instant().isBefore(count.until()) ? 0 : count.failures();
    }

    private void count(String key) {
        Instant now = clock.instant();
        counts.asMap()
                .merge(
                        key,
                        new Count(1, now.plus(time)),
                        (old, one) -> now.isBefore(old.until()) ? new Count(old.failures() + 1, one.until()) : one);
    }
}
