package io.patchbay.connector.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SingleFlightTest {

    private final SingleFlight<String> flight = new SingleFlight<>();
    private final CountDownLatch wait = new CountDownLatch(1);

    /** What a follower gets whose leader ends like this. */
    private CompletableFuture<String> following(SingleFlight.Work<String> end) {
        new Thread(new FutureTask<>(() -> flight.run(() -> {
                    uninterrupted();
                    return end.get();
                })))
                .start();
        while (!flight.busy()) {
            Thread.onSpinWait();
        }
        CompletableFuture<String> got = new CompletableFuture<>();
        Thread follower = new Thread(() -> {
            try {
                got.complete(flight.run(() -> "mine"));
            } catch (Throwable e) {
                got.completeExceptionally(e);
            }
        });
        follower.start();
        while (follower.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        wait.countDown();
        return got;
    }

    private void uninterrupted() {
        try {
            wait.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sharesTheOutcome() {
        assertThat(following(() -> "theirs").join()).isEqualTo("theirs");
    }

    @Test
    void letsNobodyWaitForWhoFailedWithAnError() {
        CompletableFuture<String> got = following(() -> {
            throw new StackOverflowError();
        });

        assertThatThrownBy(got::join).hasMessageContaining("asking for a token failed");
    }

    @Test
    void beginsAnewWhenOnlyTheOthersThreadWasToEnd() {
        CompletableFuture<String> got = following(() -> {
            throw new StepException(Owner.INTERNAL, "INTERRUPTED", "the wait was interrupted");
        });

        assertThat(got.join()).isEqualTo("mine");
    }
}
