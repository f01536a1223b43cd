package io.patchbay.mapping.suggest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When proposals must be there. */
final class Deadline {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Clock clock;
    private final Instant end;

    Deadline(Clock clock) {
        this.clock = clock;
        this.end = clock.instant().plus(LONGEST);
    }

    /** @throws TooManyPlacesException when it is over */
    void check() {
        if (clock.instant().isAfter(end)) {
            throw new TooManyPlacesException("to compare all places of both sides takes longer than "
                    + LONGEST.toSeconds() + " s; try a smaller sample or schema, like that of one list alone");
        }
    }
}
