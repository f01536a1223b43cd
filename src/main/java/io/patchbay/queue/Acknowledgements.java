package io.patchbay.queue;

import io.patchbay.store.SqlWork;

/** How a run's end and its start's end become one transaction. */
public interface Acknowledgements {

    /**
     * Takes a start out of the queue for good, as part of the transaction that keeps the run's outcome. The work throws {@link
     * StaleClaimException} when the claim was fenced off, so that nothing of that transaction is written.
     */
    SqlWork acknowledge(Claim claim);
}
