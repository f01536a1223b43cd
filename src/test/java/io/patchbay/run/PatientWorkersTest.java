package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work for threads that are all busy. */
class PatientWorkersTest {

    private final ExecutorService one = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

    @AfterEach
    void stop() {
        one.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void whatIsRefusedIsCarriedLater() throws Exception {
        PatientWorkers workers = new PatientWorkers(one, timer);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch carried = new CountDownLatch(1);
        workers.execute(() -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        workers.execute(carried::countDown);
        assertThat(carried.getCount()).isEqualTo(1);
        busy.countDown();

        assertThat(carried.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
