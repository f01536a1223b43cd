package io.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskGuardTest {

    private final SettableClock clock = new SettableClock();
    private final AtomicLong free = new AtomicLong(2_000);
    private final AtomicInteger looks = new AtomicInteger();
    private final DiskGuard guard = new DiskGuard(
            () -> {
                looks.incrementAndGet();
                return free.get();
            },
            1_000,
            clock);

    @Test
    void refusesBelowTheMinimumAndAcceptsOnlyWellAboveIt() {
        assertThat(guard.refusing()).isFalse();
        free.set(999);
        later(Duration.ofSeconds(1));
        assertThat(guard.refusing()).isTrue();
        assertThat(guard.reason()).contains("free in the data folder");
        free.set(1_100);
        later(Duration.ofSeconds(1));
        assertThat(guard.refusing()).as("hysteresis").isTrue();
        free.set(1_250);
        later(Duration.ofSeconds(1));
        assertThat(guard.refusing()).isFalse();
        assertThat(guard.reason()).isEmpty();
    }

    @Test
    void looksAtTheDiskAtMostTwiceASecond() {
        for (int i = 0; i < 1_000; i++) {
            guard.refusing();
        }
        assertThat(looks.get()).isEqualTo(1);
    }

    @Test
    void refusesAfterAWriteThatFoundNoSpaceWhateverTheFileSystemSays() {
        guard.failed(new IOException("write failed", new IOException("No space left on device")));
        assertThat(guard.refusing()).isTrue();
        later(Duration.ofSeconds(5));
        assertThat(guard.refusing()).isTrue();
        later(Duration.ofSeconds(6));
        assertThat(guard.refusing()).isFalse();
    }

    @Test
    void knowsAFullDatabaseServerByItsSqlState() {
        guard.failed(new SQLException("could not extend file", "53100"));
        assertThat(guard.refusing()).isTrue();
    }

    @Test
    void doesNotCareAboutOtherFailures() {
        guard.failed(new SQLException("duplicate key", "23505"));
        assertThat(guard.refusing()).isFalse();
    }

    private void later(Duration by) {
        clock.forward(by);
    }
}
