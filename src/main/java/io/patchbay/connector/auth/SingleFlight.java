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
        return theirs == null ? lead(work, mine) : follow(theirs);
    }

    private T lead(Work<T> work, CompletableFuture<T> mine) throws StepException {
        try {
            T result = work.get();
            mine.complete(result);
            return result;
        } catch (StepException | RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.set(null);
        }
    }

    private T follow(CompletableFuture<T> theirs) throws StepException {
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
                throw failed;
            }
            throw new StepException(Owner.INTERNAL, "INTERNAL", "asking for a token failed", e.getCause());
        }
    }
}
