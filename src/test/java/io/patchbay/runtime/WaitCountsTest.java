package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.StepException;
import io.patchbay.run.jdbc.JdbcWaits.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Counts in memory, set right by the database, lose nothing that comes in between. */
class WaitCountsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    private final WaitCounts counts = new WaitCounts(new WaitsProperties(
            100, 3, DataSize.ofMegabytes(1), Duration.ofDays(1), Duration.ofDays(1), 10, 10, DataSize.ofKilobytes(1)));

    private boolean counted(long stand, long waiting, Instant now) {
        return counts.counted(stand, Map.of("f", new Count(waiting, waiting)), 0, now);
    }

    @Test
    void aCountDuringWhichSomethingCameIsNotTaken() throws StepException {
        assertThat(counted(counts.stand(), 1, NOW)).isTrue();
        long stand = counts.stand();
        counts.comes("f", 1);
        counts.came("f", 1, true);

        assertThat(counted(stand, 1, NOW)).isFalse();

        assertThat(counts.waiting()).containsEntry("f", 2L);
        assertThat(counted(counts.stand(), 2, NOW)).isTrue();
        counts.comes("f", 1);
        assertThatThrownBy(() -> counts.comes("f", 1)).hasMessageContaining("3 payloads of flow 'f' wait already");
    }

    @Test
    void whatIsBeingWrittenIsNotForgottenWhereSomethingAlwaysIs() throws StepException {
        assertThat(counted(counts.stand(), 0, NOW)).isTrue();
        counts.comes("f", 1);
        assertThat(counted(counts.stand(), 0, NOW.plusSeconds(29))).isFalse();
        long stand = counts.stand();
        counts.comes("f", 1);

        assertThat(counted(stand, 1, NOW.plusSeconds(30))).isTrue();

        assertThat(counts.waiting()).as("rather too many than too few").containsEntry("f", 3L);
        counts.came("f", 1, false);
        counts.came("f", 1, true);
        assertThat(counted(counts.stand(), 1, NOW.plusSeconds(31))).isTrue();
        assertThat(counts.waiting()).containsEntry("f", 1L);
    }
}
