package io.patchbay.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Post numbered orders to the program's webhook without a pause, and know which of them it accepted. */
final class Customers implements AutoCloseable {

    private static final int AT_ONCE = 2;

    /** Every so many orders is large enough for a file of its own. */
    private static final int LARGE_EVERY = 40;

    private static final String LARGE = "x".repeat(70_000);

    private final Program program;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(AT_ONCE);

    @SuppressWarnings("FutureReturnValueIgnored") // they end with the executor
    Customers(Program program, int pauseMillis) {
        this.program = program;
        for (int i = 0; i < AT_ONCE; i++) {
            threads.scheduleWithFixedDelay(this::order, 0, pauseMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void order() {
        if (!program.alive()) {
            return;
        }
        int now = number.incrementAndGet();
        String order = "w-" + now;
        try {
            String note = now % LARGE_EVERY == 0 ? LARGE : "";
            int status = program.post("orders", "{\"id\":\"%s\",\"note\":\"%s\"}".formatted(order, note));
            if (status / 100 == 2) {
                accepted.add(order);
            } else {
                refused.incrementAndGet();
            }
        } catch (IOException e) {
            // Not listening, or killed before it answered: the program promised nothing.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Orders that were answered with 2xx. */
    Set<String> accepted() {
        return accepted;
    }

    /** Answers that were not 2xx. */
    long refused() {
        return refused.get();
    }

    /** No order is on its way when this returns. */
    void stop() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
