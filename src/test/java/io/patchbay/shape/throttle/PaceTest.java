package io.patchbay.shape.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    @Test
    void soManyPassAtOnceAndTheNextWaitsForTheEndOfTheSpan() {
        Pace pace = new Pace(2, Duration.ofSeconds(1));

        assertThat(pauses(pace, NOON, 1, 1, 1, 1, 1)).containsExactly(0L, 0L, 1000L, 1000L, 2000L);
        assertThat(pauses(pace, NOON.plusMillis(2500), 1, 1)).containsExactly(0L, 500L);
    }

    @Test
    void aSpanSlidesAndDoesNotBeginAnew() {
        Pace pace = new Pace(2, Duration.ofSeconds(1));

        assertThat(pauses(pace, NOON, 1)).containsExactly(0L);
        assertThat(pauses(pace, NOON.plusMillis(900), 1)).containsExactly(0L);
        assertThat(pauses(pace, NOON.plusMillis(1100), 1, 1)).containsExactly(0L, 800L);
    }

    @Test
    void whatIsLargerThanTheSpanPassesAloneAndTheNextWaitsForAllThatItFills() {
        Pace pace = new Pace(100, Duration.ofSeconds(1));

        assertThat(pauses(pace, NOON, 10, 250, 1)).containsExactly(0L, 1000L, 3000L);
    }

    @Test
    void inNoSpanPassMoreWhateverComes() {
        Random random = new Random(11);
        Pace pace = new Pace(10, Duration.ofSeconds(1));
        List<Instant> passed = new ArrayList<>();
        Instant now = NOON;
        for (int i = 0; i < 2_000; i++) {
            now = now.plusMillis(random.nextInt(150));
            int cost = 1 + random.nextInt(10);
            Instant at = now.plus(pace.pause(now, cost));
            for (int each = 0; each < cost; each++) {
                passed.add(at);
            }
        }
        assertThat(passed).isSorted();
        for (int i = 10; i < passed.size(); i++) {
            assertThat(Duration.between(passed.get(i - 10), passed.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    private static List<Long> pauses(Pace pace, Instant now, int... costs) {
        List<Long> pauses = new ArrayList<>();
        for (int cost : costs) {
            pauses.add(pace.pause(now, cost).toMillis());
        }
        return pauses;
    }
}
