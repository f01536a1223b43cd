package io.patchbay.cli;

import java.time.Duration;

/** Time that a verb lets pass before it asks again. */
final class Interval {

    private Interval() {}

    /** Waits. @throws Refused when it is interrupted */
    static void pass(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refused.FAILED, "Interrupted.");
        }
    }
}
