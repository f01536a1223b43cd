package io.patchbay.ops.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls of the API: a bucket for each caller holds the calls of a minute, and they come back evenly. Those who show who they are are
 * counted by that, all others by their address, so that nobody can use up what somebody else has. The oldest buckets are
 * forgotten when there are too many.
 */
final class Rates {

    /** Callers, and as many addresses. */
    static final int MOST_COUNTED = 20_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Cache<String, Bucket> callers = buckets();
    private final Cache<String, Bucket> addresses = buckets();
    private final RateProperties settings;
    private final TimeMeter time;

    Rates(RateProperties settings, Clock clock) {
        this.settings = settings;
        this.time = new Meter(clock);
    }

    /** Counts a call of somebody. @return null when they may go on, else when to try again */
    @Nullable
    Duration refused(Actor actor) {
        return taken(callers, actor.kind().word() + ' ' + actor.name(), settings.calls());
    }

    /** Counts a call from an address of somebody who is not known. @return null when they are told so, else when to try again */
    @Nullable
    Duration refused(String address) {
        return taken(addresses, Lockouts.network(address), settings.strangers());
    }

    /** Counts a login that somebody at an address begins, or comes back from, at a provider: apart, so that wrong keys keep nobody from it. */
    @Nullable
    Duration refusedLogin(String address) {
        return taken(addresses, "login " + Lockouts.network(address), settings.strangers());
    }

    /** Most calls of one caller in a minute. */
    int calls() {
        return settings.calls();
    }

    /** How many are counted now. */
    long counted() {
        callers.cleanUp();
        addresses.cleanUp();
        return callers.estimatedSize() + addresses.estimatedSize();
    }

    private @Nullable Duration taken(Cache<String, Bucket> buckets, String who, int perMinute) {
        Bucket bucket = buckets.get(
                who,
                name -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                        .withCustomTimePrecision(time)
                        .build());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? null : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    private static Cache<String, Bucket> buckets() {
        return Caffeine.newBuilder().maximumSize(MOST_COUNTED).build();
    }

    /** The program's clock. */
    private record Meter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return Duration.ofMillis(clock.millis()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
