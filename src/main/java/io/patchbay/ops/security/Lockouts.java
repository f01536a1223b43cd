package io.patchbay.ops.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Lets nobody try passwords for long: after so many that were wrong, a user may not log in from an address for a while, and the
 * address as somebody else not either when it tried ten times as many. Others still may, so that nobody can lock a user out
 * from elsewhere. Of an IPv6 address the first 64 bits count, as whoever has one has all that begin so. The counts are in
 * memory, for each replica, the oldest are forgotten when there are too many.
 */
final class Lockouts {

    private static final int MOST_COUNTED = 20_000;
    private static final int ADDRESS_FACTOR = 10;
    private static final int MOST_CHARACTERS = 100;
    private static final Pattern IPV6 = Pattern.compile("(?=[^%]*:)[0-9a-fA-F:][0-9a-fA-F:.]+(%[^%]*)?");
    private static final int NETWORK_BYTES = 8;

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
        return failures(pair(user, address)) >= most || failures(network(address)) >= most * ADDRESS_FACTOR;
    }

    /** A password was wrong. */
    void failed(String user, String address) {
        count(pair(user, address));
        count(network(address));
    }

    /** It was right. */
    void succeeded(String user, String address) {
        counts.invalidate(pair(user, address));
    }

    private static String pair(String user, String address) {
        return network(address) + "\n" + start(user);
    }

    /** What counts of an address. */
    static String network(String address) {
        if (!IPV6.matcher(address).matches()) {
            return start(address);
        }
        try {
            // A literal: no name is looked up. The zone would be, among this machine's interfaces.
            InetAddress parsed = InetAddress.getByName(address.replaceFirst("%.*", ""));
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES)
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return start(address);
        }
    }

    private static String start(String text) {
        return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
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
