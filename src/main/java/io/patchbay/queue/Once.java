package io.patchbay.queue;

import java.time.Duration;

/**
 * What a start is for, where the same may come twice: the event of a delivery that its sender repeats.
 *
 * @param key tells it from anything else, over all flows; at most {@value #LONGEST} characters
 * @param remember how long it is known after the first start
 */
public record Once(String key, Duration remember) {

    /** Most characters of a key. */
    static final int LONGEST = 64;

    public Once {
        if (key.isEmpty() || key.length() > LONGEST) {
            throw new IllegalArgumentException("a key has 1 to " + LONGEST + " characters");
        }
        if (remember.isNegative() || remember.isZero()) {
            throw new IllegalArgumentException("what is remembered is remembered for some time");
        }
    }
}
