package io.patchbay.connector.auth;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A while in which nobody is asked after it was refused, and callers get the same failure: systems lock accounts for which a
 * wrong proof comes again and again. Safe for use by several threads.
 */
final class Pause {

    private static final Duration USUAL = Duration.ofSeconds(30);

    private final Clock clock;
    private volatile @Nullable Refusal refusal;

    private record Refusal(StepException why, Instant until) {}

    Pause(Clock clock) {
        this.clock = clock;
    }

    /** @throws StepException what was refused, as long as the pause lasts */
    void check() throws StepException {
        Refusal last = refusal;
        if (last != null && clock.instant().isBefore(last.until())) {
            throw last.why();
        }
    }

    /** Begins one, unless another attempt may mend the failure, or it is no answer of the system. */
    void begin(StepException why) {
        boolean ours = why.owner() == Owner.INTERNAL || why.owner() == Owner.LIMIT;
        refusal = why.retryable() || ours
                ? null
                : new Refusal(why, clock.instant().plus(USUAL));
    }

    void end() {
        refusal = null;
    }

    boolean lasts() {
        Refusal last = refusal;
        return last != null && clock.instant().isBefore(last.until());
    }
}
