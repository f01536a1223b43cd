package io.patchbay.connector;

import io.patchbay.connector.definition.IncrementalConfig;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a list that grows is read on, checked and compiled.
 *
 * @param config as it was written
 * @param field where a record, or the answer, has what the list grows by
 * @param ofAnswer whether the answer has it
 * @param format how the system writes times
 * @param bound how it wants them in a request
 * @param start where the first run begins
 */
public record Incremental(
        IncrementalConfig config, Place field, boolean ofAnswer, TimeFormat format, TimeFormat bound, Start start) {

    /**
     * Where the first run begins: at most one of these is given.
     *
     * @param ago so long before the run was queued
     * @param time at this time
     * @param number behind this number
     */
    public record Start(
            @Nullable Duration ago,
            @Nullable Instant time,
            @Nullable String number) {

        /** At the beginning of the list. */
        public static final Start NONE = new Start(null, null, null);

        /** The time, for a run that was queued then; null for the beginning of the list. */
        public @Nullable Instant at(Instant queuedAt) {
            return ago == null ? time : queuedAt.minus(ago);
        }
    }
}
