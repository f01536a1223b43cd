package io.patchbay.queue;

import io.patchbay.store.SqlWork;

/** What a run's progress and end mean for its start, as part of the transaction that keeps them. */
public interface Acknowledgements {

    /**
     * Takes a start out of the queue for good, as part of the transaction that keeps the run's outcome. The work throws {@link
     * StaleClaimException} when the claim was fenced off, so that nothing of that transaction is written.
     */
    SqlWork acknowledge(Claim claim);

    /** A run got further: the crashes that its start was in before are not its fault. Does nothing when it was in none. */
    SqlWork progressed(String startId);
}
