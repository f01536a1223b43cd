package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.secret.Redactor;
import io.patchbay.secret.Secrets;
import io.patchbay.store.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DailyLookTest {

    private final AtomicInteger looks = new AtomicInteger();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Runnable> due = new LinkedBlockingQueue<>();
    private volatile @Nullable String paused;
    private Executor workers = Runnable::run;

    /** Tells how long it is asked to wait, and lets the test say when that is over. */
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            pauses.add(Duration.ofNanos(unit.toNanos(delay)));
            due.add(work);
            return super.schedule(() -> {}, delay, unit);
        }
    };

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private DailyLook look(DailyLook.Look look) {
        Secrets none = new Secrets(name -> null, Path.of("none"), name -> Optional.empty(), new Redactor());
        Pausing pausing = new Pausing() {
            @Override
            public @Nullable String why(String instance) {
                return paused;
            }

            @Override
            public void unreachable(String instance, int inARow, String sentence) {}

            @Override
            public void answered(String instance) {}
        };
        return new DailyLook(
                "db",
                new ConnectorServices(
                                none,
                                new SettableClock(),
                                timer,
                                work -> workers.execute(work),
                                Path.of(""),
                                Path.of(""))
                        .with(pausing),
                look);
    }

    @Test
    void nothingIsDoneBeforeTheFirstUseAndThenOnceADay() {
        DailyLook look = look(looks::incrementAndGet);
        assertThat(due).isEmpty();

        look.begin();
        look.begin();
        due.remove().run();
        due.remove().run();

        assertThat(looks).hasValue(2);
        assertThat(pauses).containsExactly(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1));
    }

    @Test
    void oneThatFailsIsDoneAgainTheNextDay() {
        look(() -> {
                    throw new IOException("no TLS");
                })
                .begin();
        due.remove().run();

        assertThat(pauses).containsExactly(Duration.ZERO, Duration.ofDays(1));
    }

    @Test
    void aPausedInstanceIsLeftAlone() {
        paused = "somebody wants it so";
        look(looks::incrementAndGet).begin();
        due.remove().run();
        assertThat(looks).hasValue(0);

        paused = null;
        due.remove().run();

        assertThat(looks).hasValue(1);
        assertThat(pauses).containsExactly(Duration.ZERO, Duration.ofMinutes(10), Duration.ofDays(1));
    }

    @Test
    void workersWhoAreAllBusyAreAskedLater() {
        workers = work -> {
            throw new RejectedExecutionException();
        };
        look(looks::incrementAndGet).begin();
        due.remove().run();

        assertThat(looks).hasValue(0);
        assertThat(pauses).containsExactly(Duration.ZERO, Duration.ofMinutes(10));
    }

    @Test
    void oneThatWasClosedLooksNoMore() {
        DailyLook look = look(looks::incrementAndGet);
        look.begin();
        Runnable first = due.remove();

        look.close();
        first.run();

        assertThat(due).isEmpty();
    }
}
