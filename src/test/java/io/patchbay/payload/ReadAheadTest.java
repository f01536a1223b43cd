package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One element is read while the one before is worked on; the source is never closed under the thread that reads it. */
@Timeout(30)
class ReadAheadTest {

    /** Numbers from 0; reading number 1 waits until it is let go. */
    private static final class Numbers implements ReadAhead.Source<Integer> {
        private final int most;
        private final AtomicInteger read = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        Numbers(int most) {
            this.most = most;
        }

        @Override
        public @Nullable Integer next() {
            int number = read.getAndIncrement();
            if (number == 1) {
                begun.countDown();
                try {
                    go.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                assertThat(closed).hasValue(0);
            }
            return number < most ? number : null;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void readsAllInOrder() {
        Numbers numbers = new Numbers(100);
        numbers.go.countDown();
        List<Integer> read = new ArrayList<>();
        try (ReadAhead<Integer> ahead = new ReadAhead<>(numbers)) {
            for (Integer number = ahead.next(); number != null; number = ahead.next()) {
                read.add(number);
            }
        }
        assertThat(read).hasSize(100).isSorted();
        assertThat(numbers.closed).hasValue(1);
    }

    @Test
    void closesTheSourceBehindTheThreadThatReads() throws InterruptedException {
        Numbers numbers = new Numbers(100);
        ReadAhead<Integer> ahead = new ReadAhead<>(numbers);
        assertThat(ahead.next()).isZero();
        numbers.begun.await();
        ahead.close();
        assertThat(numbers.closed).hasValue(0);
        numbers.go.countDown();
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(numbers.closed).hasValue(1));
        ahead.close();
        assertThat(numbers.closed).hasValue(1);
    }

    @Test
    void handsOnWhatReadingThrows() {
        ReadAhead<Integer> ahead = new ReadAhead<>(new ReadAhead.Source<>() {
            private int number;

            @Override
            public Integer next() {
                if (number == 1) {
                    throw new IllegalStateException("the disk is gone");
                }
                return number++;
            }

            @Override
            public void close() {}
        });
        assertThat(ahead.next()).isZero();
        assertThatThrownBy(ahead::next).hasMessage("the disk is gone");
    }
}
