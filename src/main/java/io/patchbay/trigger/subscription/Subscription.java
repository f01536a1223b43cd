package io.patchbay.trigger.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one event of an instance.
 *
 * @param wantedUntil until when a runtime wants it
 * @param told hash of what the system was told; null when it was told nothing, or that it is over
 * @param address where it was told to send to
 * @param id what the system calls the subscription, or null
 * @param attempts that failed since the last one that did not
 * @param nextAt not to be tried before
 * @param failure what is the matter, or null
 */
record Subscription(
        InstanceEvent key,
        Instant wantedUntil,
        @Nullable String told,
        @Nullable String address,
        @Nullable String id,
        int attempts,
        Instant nextAt,
        @Nullable String failure) {

    Subscription begun(String toldNow, String addressNow, @Nullable String idNow, @Nullable String problem) {
        return new Subscription(key, wantedUntil, toldNow, addressNow, idNow, 0, nextAt, problem);
    }

    Subscription ended() {
        return new Subscription(key, wantedUntil, null, null, null, 0, nextAt, null);
    }

    /** The same, as if nothing had been tried. */
    Subscription afresh() {
        return new Subscription(key, wantedUntil, told, address, id, 0, nextAt, failure);
    }

    Subscription failed(int attemptsNow, Instant next, String why) {
        return new Subscription(key, wantedUntil, told, address, id, attemptsNow, next, why);
    }
}
