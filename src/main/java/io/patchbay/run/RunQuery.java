package io.patchbay.run;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list, newest first: those for which all that is said holds.
 *
 * @param flow only this flow's
 * @param status only these
 * @param trigger only those that this started, like {@code schedule}
 * @param since only those that came into being at this instant or later
 * @param until only those that came into being before this instant
 * @param error text that the reason holds, upper and lower case alike; {@link #findable}
 * @param businessKey only those that did something about this: saw it in {@code trackData}, or failed at it
 * @param q text with which the run's id begins, or that is its trigger, or that its reason holds, if it is {@link #findable}
 * @param after the {@link RunHistory.Slice#next} of the slice before
 * @param limit 1 to 500
 */
public record RunQuery(
        @Nullable String flow,
        @Nullable RunStatus status,
        @Nullable String trigger,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String error,
        @Nullable String businessKey,
        @Nullable String q,
        @Nullable String after,
        int limit) {

    /** Instants that no database knows are the first and the last of those that it does. */
    public RunQuery {
        since = FailedQuery.known(since);
        until = FailedQuery.known(until);
    }

    /** Three letters or digits in a row: text with fewer is in no index of parts of a text, so that each reason would be read. */
    private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}]{3}");

    /** Whether reasons are searched for this text. */
    public static boolean findable(String text) {
        return PART.matcher(text).find();
    }

    /** Those of a flow with a status; null for all of them. */
    public static RunQuery of(@Nullable String flow, @Nullable RunStatus status, int limit) {
        return new RunQuery(flow, status, null, null, null, null, null, null, null, limit);
    }

    /** The same from behind a slice on. */
    public RunQuery after(@Nullable String next) {
        return new RunQuery(flow, status, trigger, since, until, error, businessKey, q, next, limit);
    }
}
