package io.patchbay.trigger.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Is told of starts by schedule that were not made when they were due. Must return at once. */
@FunctionalInterface
public interface Lateness {

    /**
     * A start that was due more than a minute ago.
     *
     * @param due when it was
     * @param made whether it was made now; else it is left out
     * @param next when the schedule is due again, or null
     */
    void late(String flow, Instant due, boolean made, @Nullable Instant next);
}
