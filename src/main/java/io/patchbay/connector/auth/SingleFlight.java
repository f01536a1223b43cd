package io.patchbay.connector.auth;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Work that one caller does for all who ask meanwhile; they share its outcome, also a failure.
 *
 * @param <T> what the work gives
 */
final class SingleFlight<T> {

    private static final long LONGEST_WAIT_SECONDS = 120;

    private final AtomicReference<CompletableFuture<T>> running = new AtomicReference<>();

    /** The work. */
    interface Work<T> {
        T get() throws StepException;
    }

    /** Whether somebody is at it. */
    boolean busy() {
        return running.get() != null;
    }

    /** Does the work, or waits for who does it. */
    T run(Work<T> work) throws StepException {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> theirs = running.compareAndExchange(null, mine);
        return theirs == null ? lead(work, mine) : follow(theirs, work);
    }

    private T lead(Work<T> work, CompletableFuture<T> mine) throws StepException {
        try {
            T result = work.get();
            running.set(null); // before the others go on: who does not take the outcome begins anew
            mine.complete(result);
            return result;
        } catch (Throwable e) { // also an Error: the others must not wait for ever
            running.set(null);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private T follow(CompletableFuture<T> theirs, Work<T> work) throws StepException {
        try {
            return theirs.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepException(Owner.INTERNAL, "INTERRUPTED", "the wait for a token was interrupted", e);
        } catch (TimeoutException e) {
            throw new StepException(
                    Owner.REMOTE, "TOKEN_TIMEOUT", "the token endpoint did not answer", null, true, null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StepException failed) {
                if (failed.code().equals("INTERRUPTED")) {
                    return run(work); // it was their thread that was to end, not this one
                }
                throw failed;
            }
            throw new StepException(Owner.INTERNAL, "INTERNAL", "asking for a token failed", e.getCause());
        }
    }
}
