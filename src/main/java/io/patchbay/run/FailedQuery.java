package io.patchbay.run;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which failed payloads are meant: those for which all that is said holds.
 *
 * @param flow only this flow's
 * @param run only of this run
 * @param shape only those that failed in this shape
 * @param code only failures of this name
 * @param q text that the message holds, upper and lower case alike
 * @param since failed at this instant or later
 * @param until failed before this instant
 * @param businessKey only those with a record that is about this
 * @param cause only those of this {@link FailureCause#id cause}
 * @param states only these; all when empty
 * @param oldestFirst whether the list begins with the oldest, and not with the newest
 */
public record FailedQuery(
        @Nullable String flow,
        @Nullable String run,
        @Nullable String shape,
        @Nullable String code,
        @Nullable String q,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String businessKey,
        @Nullable String cause,
        Set<FailedPayload.State> states,
        boolean oldestFirst) {

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** What waits for somebody. */
    public static final Set<FailedPayload.State> WAITING = Set.of(FailedPayload.State.OPEN, FailedPayload.State.HELD);

    /** Instants that no database knows are the first and the last of those that it does. */
    public FailedQuery {
        since = known(since);
        until = known(until);
        states = Set.copyOf(states);
    }

    /** An instant that a database knows, nothing here being older or younger: from 1970 to 9999. */
    static @Nullable Instant known(@Nullable Instant at) {
        if (at == null || at.isBefore(Instant.EPOCH)) {
            return at == null ? null : Instant.EPOCH;
        }
        return at.isAfter(LAST) ? LAST : at;
    }

    /** Those of a flow, newest first; null for all flows, null for all states. */
    public static FailedQuery of(@Nullable String flow, FailedPayload.@Nullable State state) {
        return new FailedQuery(
                flow, null, null, null, null, null, null, null, null, state == null ? Set.of() : Set.of(state), false);
    }

    /** Those of a run that wait for somebody, oldest first. */
    public static FailedQuery waitingOf(String run) {
        return new FailedQuery(null, run, null, null, null, null, null, null, null, WAITING, true);
    }

    /** Whether it leaves nothing out but by state. */
    public boolean all() {
        return flow == null
                && run == null
                && shape == null
                && code == null
                && q == null
                && since == null
                && until == null
                && businessKey == null
                && cause == null;
    }
}
