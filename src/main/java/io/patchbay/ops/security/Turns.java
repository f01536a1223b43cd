package io.patchbay.ops.security;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.authentication.AuthenticationServiceException;

/**
 * Few hashes of passwords at a time, so that wrong ones take neither the memory nor all processors, and few that wait for one, so
 * that they do not take all threads of the listener either.
 */
final class Turns {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 8;

    private final Semaphore inside = new Semaphore(AT_ONCE + WAITING);
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Duration patience;

    /** @param patience how long one waits */
    Turns(Duration patience) {
        this.patience = patience;
    }

    /**
     * Does something when it is its turn. Not to be called by what has one.
     *
     * @throws AuthenticationServiceException when too many wait, or it waited for too long
     */
    <T> T take(Supplier<T> work) {
        if (!inside.tryAcquire()) {
            throw busy();
        }
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
            try {
                return work.get();
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            inside.release();
        }
    }

    /** How many wait now. */
    int waiting() {
        return places.getQueueLength();
    }

    private static AuthenticationServiceException busy() {
        return new AuthenticationServiceException("too many passwords are looked at");
    }
}
