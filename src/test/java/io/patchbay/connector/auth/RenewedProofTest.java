package io.patchbay.connector.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RenewedProofTest {

    private static final int CALLERS = 8;
    private static final int ROUNDS = 2_000;

    @Test
    void callersThatAreRefusedAtOnceAllGetAnotherProof() throws Exception {
        AtomicInteger made = new AtomicInteger();
        var now = Clock.systemUTC().instant();
        RenewedProof renewed = new RenewedProof(
                () -> new RenewedProof.Life(
                        Proof.header("Authorization", "token-" + made.incrementAndGet()),
                        now.plusSeconds(3600),
                        now.plusSeconds(3600)),
                Clock.systemUTC());
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            CyclicBarrier together = new CyclicBarrier(CALLERS);
            for (int round = 0; round < ROUNDS; round++) {
                Fruitless renewals = new Fruitless(Clock.systemUTC());
                Proof proof = renewed.proof();
                Callable<Boolean> refused = () -> {
                    together.await();
                    return renewed.refused(proof, renewals);
                };
                List<Future<Boolean>> all = threads.invokeAll(Collections.nCopies(CALLERS, refused));
                for (Future<Boolean> one : all) {
                    assertThat(one.get()).isTrue();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(made).hasValue(ROUNDS);
    }
}
