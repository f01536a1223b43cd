package io.patchbay.connector.limit;

import io.patchbay.connector.limit.Governor.Permit;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A turn that ends in a place. */
record PlaceTurn(CompletableFuture<Permit> place) implements Governor.Turn {

    @Override
    public void go(Permit permit) {
        if (!place.complete(permit)) {
            permit.release();
        }
    }

    @Override
    public void refuse(StepException why) {
        place.completeExceptionally(why);
    }

    /** Waits for it, holding the thread. @throws StepException when the wait is too long, or is ended */
    static Permit taken(CompletableFuture<Permit> place) throws StepException {
        try {
            return place.get();
        } catch (InterruptedException e) {
            place.cancel(false);
            Thread.currentThread().interrupt();
            throw new StepException(Owner.INTERNAL, "INTERRUPTED", "the wait for the rate limit was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StepException refused
                    ? refused
                    : new StepException(Owner.INTERNAL, "INTERNAL", "the rate limit failed", e.getCause());
        }
    }
}
