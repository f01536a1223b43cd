package io.patchbay.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Many failed payloads on their way into new runs, oldest first, so many a second.
 *
 * @param id UUIDv7
 * @param query which ones, and those alone that had failed when it began
 * @param from the shape at which they enter, {@code start} for the beginning, null for the one in which each failed
 * @param today whether they run under the flow as it is now, and not under the revision that ran
 * @param perSecond at most so many
 * @param begunAt when it was asked for
 * @param state what it does
 * @param replayed how many new runs were started
 * @param refused how many could not be
 * @param last id of the last payload that it took; null before the first
 * @param message why the last one was refused; null when none was
 */
public record ReplayJob(
        String id,
        FailedQuery query,
        @Nullable String from,
        boolean today,
        double perSecond,
        Instant begunAt,
        State state,
        long replayed,
        long refused,
        @Nullable String last,
        @Nullable String message) {

    /** Most refusals of one job that are kept; how many there were is counted all the same. */
    public static final int MOST_REFUSALS = 10_000;

    /** So far it is counted how many payloads wait for one job. */
    public static final int MOST_WAITING = 10_000;

    /**
     * A payload that could not be replayed, and stays as it is.
     *
     * @param failedPayload its id
     * @param reason why, in a sentence
     */
    public record Refusal(String failedPayload, String reason) {}

    /** What a job does. */
    public enum State {
        /** Goes on. */
        GOING,
        /** All were taken. */
        DONE,
        /** Somebody stopped it. */
        STOPPED
    }

    /** The same after more payloads were taken. */
    public ReplayJob after(State next, long more, long moreRefused, @Nullable String taken, @Nullable String why) {
        return new ReplayJob(
                id,
                query,
                from,
                today,
                perSecond,
                begunAt,
                next,
                replayed + more,
                refused + moreRefused,
                taken == null ? last : taken,
                why == null ? message : why);
    }
}
