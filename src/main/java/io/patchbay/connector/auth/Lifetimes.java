package io.patchbay.connector.auth;

import java.time.Duration;
import java.time.Instant;

/** When to renew what ends. */
final class Lifetimes {

    private Lifetimes() {}

    /** A margin before its end, but not before its half: what lives shortly must not be renewed for every call. */
    static Instant renewAt(Instant begins, Instant ends, Duration margin) {
        Duration half = Duration.between(begins, ends).dividedBy(2);
        return ends.minus(margin.compareTo(half) > 0 ? half : margin);
    }
}
