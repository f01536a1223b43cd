package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BehindTest {

    private final List<Integer> done = new ArrayList<>();

    @Test
    void doesAllInTheirOrder() {
        Behind<Integer> behind = new Behind<>(done::add, () -> 3);

        IntStream.range(0, 10_000).forEach(behind::put);
        behind.settle();

        assertThat(done).hasSize(10_000).isSorted();
    }

    @Test
    void waitsWhereTooManyWait() throws Exception {
        Semaphore free = new Semaphore(0);
        AtomicInteger brought = new AtomicInteger();
        Behind<Integer> behind = new Behind<>(
                number -> {
                    free.acquireUninterruptibly();
                    done.add(number);
                },
                () -> 2);
        Thread brings = new Thread(() -> {
            for (int i = 0; i < 20; i++) {
                behind.put(i);
                brought.incrementAndGet();
            }
        });
        brings.start();

        Awaitility.await().until(() -> brought.get() >= 2 && brings.getState() == Thread.State.WAITING);
        assertThat(brought).hasValueLessThan(5);

        free.release(20);
        brings.join();
        behind.settle();
        assertThat(done).hasSize(20).isSorted();
    }

    @Test
    void whatItThrowsIsThrownForGoodAndNothingBehindItIsDone() {
        IllegalStateException full = new IllegalStateException("full");
        Behind<Integer> behind = new Behind<>(
                number -> {
                    if (number == 2) {
                        throw full;
                    }
                    done.add(number);
                },
                () -> 10);
        behind.put(1);
        behind.settle();
        behind.put(2);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(behind::settle).isSameAs(full);
            assertThatThrownBy(() -> behind.put(3)).isSameAs(full);
        }
        assertThat(done).containsExactly(1);
    }

    @Test
    void errorsAreThrownToo() {
        Behind<Integer> behind = new Behind<>(
                number -> {
                    throw new StackOverflowError("deep");
                },
                () -> 1);
        behind.put(1);

        assertThatThrownBy(behind::settle).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void anInterruptIsKeptAndEndsNoWait() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Behind<Integer> behind = new Behind<>(
                number -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    done.add(number);
                },
                () -> 1);
        AtomicInteger interrupted = new AtomicInteger();
        behind.put(1);
        Thread waits = new Thread(() -> {
            behind.settle();
            interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 2);
        });
        Awaitility.await().until(() -> {
            if (!waits.isAlive() && waits.getState() == Thread.State.NEW) {
                waits.start();
            }
            return waits.getState() == Thread.State.WAITING;
        });
        waits.interrupt();
        go.countDown();
        waits.join();

        assertThat(interrupted).hasValue(1);
        assertThat(done).containsExactly(1);
    }
}
