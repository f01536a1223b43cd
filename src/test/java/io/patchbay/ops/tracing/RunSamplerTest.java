package io.patchbay.ops.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunSamplerTest {

    /** As runs are called: those of one moment differ by one. */
    private static final List<String> RUNS = Stream.generate(
                    () -> UuidCreator.getTimeOrderedEpochPlus1().toString())
            .limit(100_000)
            .toList();

    @Test
    void takesThePartThatIsSaid() {
        assertThat(taken(0)).isZero();
        assertThat(taken(1)).isEqualTo(RUNS.size());
        // Ten times the standard deviation of fair draws, so that it cannot fail by chance.
        assertThat(taken(0.1)).isCloseTo(10_000, within(950L));
        assertThat(taken(0.5)).isCloseTo(50_000, within(1_600L));
    }

    @Test
    void decidesTheSameForARunThatIsTakenUpAgain() {
        RunSampler half = new RunSampler(0.5);

        assertThat(RUNS.subList(0, 1_000))
                .allSatisfy(run -> assertThat(half.takes(run)).isEqualTo(new RunSampler(0.5).takes(run)));
    }

    private static long taken(double part) {
        RunSampler sampler = new RunSampler(part);
        return RUNS.stream().filter(sampler::takes).count();
    }
}
