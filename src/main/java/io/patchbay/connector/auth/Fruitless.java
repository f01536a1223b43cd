package io.patchbay.connector.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Bounds renewals that help nothing. When the system refuses a proof and the one that was made in its place, too, then it is
 * not the proof: for a while a refusal leads to no other one, and the last one goes on to be used. Safe for use by several
 * threads.
 */
final class Fruitless {

    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MOST = 2;

    private final Clock clock;
    private int inARow;
    private Instant quietUntil = Instant.MIN;

    Fruitless(Clock clock) {
        this.clock = clock;
    }

    /** The newest proof was refused. @return whether it is worth while to make another one */
    synchronized boolean worthAnother() {
        if (lasts()) {
            return false;
        }
        inARow++;
        if (inARow < MOST) {
            return true;
        }
        inARow = 0;
        quietUntil = clock.instant().plus(QUIET);
        return false;
    }

    /** The system took a proof. */
    synchronized void accepted() {
        inARow = 0;
    }

    /** Whether no other one is made for now. */
    synchronized boolean lasts() {
        return clock.instant().isBefore(quietUntil);
    }
}
