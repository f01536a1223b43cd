package io.patchbay.queue;

import io.patchbay.store.SqlWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The durable queue of starts. A start is in it from the moment it was accepted until the outcome of its run is synced.
 * Which start goes first: priority (a waiting start rises with time), then turn by turn over the flows, then age.
 */
public interface StartQueue {

    /**
     * Writes a start. Completes after the sync with true; with false when the flow's overlap policy leaves it out (a schedule's
     * start under {@code skip} while one runs or waits). Fails with {@link QueueFullException} or {@link IntakeRefusedException};
     * then nothing was written.
     */
    CompletableFuture<Boolean> accept(Start start);

    /**
     * Writes a start and something else in one transaction, so that there are both or none. Completes after the sync. Fails with what
     * the work throws, or as {@link #accept(Start)} does; then nothing was written.
     *
     * @param with comes before the start
     */
    CompletableFuture<Void> accept(Start start, SqlWork with);

    /**
     * Writes a start unless one for the same was written before and is remembered, by whatever replica. Completes after the sync
     * with the id of the run: that of the start, or of the earlier one; what the start is for is remembered in the same
     * commit. Fails as {@link #accept(Start)} does.
     */
    CompletableFuture<String> accept(Start start, Once once);

    /**
     * What holds for the starts of each flow from now on. Starts of a flow that is not in the map are held: they are kept and
     * listed, and not claimed.
     */
    void policies(Map<String, Policy> byFlow);

    /** Claims up to so many starts that may run now; the claims are synced when this returns. Empty when there is none. */
    List<Claim> claim(int atMost);

    /**
     * Claims this very start, whatever is held and whatever runs beside it: its run is to be ended, not to go on. Empty when none
     * of this id waits, or what it needs is not here.
     */
    CompletableFuture<Optional<Claim>> claim(String id);

    /** Gives a claim back as it was, to be claimed again: the program ends, or the run could not begin. */
    CompletableFuture<Void> release(Claim claim);

    /** How many starts of a flow wait. */
    long queued(String flow);

    /** How many starts wait by flow. */
    Map<String, Long> queued();

    /** Called whenever a claim may have become possible; must return at once. */
    void onWork(Runnable signal);

    /**
     * What holds for starts of one flow.
     *
     * @param overlap what a start does while a run is going
     * @param parallel most runs at one time; 1 unless overlap is parallel
     * @param revision what a start that pins no revision runs under; the claim writes it down, so that a run that is taken up
     *     again after a crash goes on under the revision that it began with
     * @param hold which starts are not claimed for the time being
     */
    record Policy(Overlap overlap, int parallel, String revision, Hold hold) {
        /** Of a flow that runs. */
        public Policy(Overlap overlap, int parallel, String revision) {
            this(overlap, parallel, revision, Hold.NONE);
        }
    }

    /** Which starts of a flow wait. */
    enum Hold {
        /** None. */
        NONE,
        /** Those that no person made: one by hand, or a replay, is claimed. */
        ALL_BUT_BY_HAND,
        /** All. */
        ALL
    }
}
