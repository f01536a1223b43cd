package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailedRunLogTest {

    private final SettableClock clock = new SettableClock();
    private final List<String> said = new ArrayList<>();
    private final FailedRunLog log = new FailedRunLog(clock, (level, line) -> said.add(line));

    @Test
    void saysTheFirstFailureAtOnceAndTheOthersTogether() {
        log.ended(run("a", RunStatus.FAILED, "no luck"));
        log.ended(run("a", RunStatus.FAILED, "no luck"));
        log.ended(run("a", RunStatus.PARTIAL, "no luck"));
        log.ended(run("b", RunStatus.FAILED, "elsewhere"));
        clock.forward(Duration.ofSeconds(61));
        log.ended(run("a", RunStatus.FAILED, "no luck"));

        assertThat(said)
                .containsExactly(
                        "run r of flow a failed, whole: no luck",
                        "run r of flow b failed, whole: elsewhere",
                        "run r of flow a failed, whole: no luck (2 more since the last such line)");
    }

    @Test
    void saysOnceThatAllIsWellAgain() {
        log.ended(run("a", RunStatus.SUCCEEDED, null));
        log.ended(run("a", RunStatus.FAILED, "no luck"));
        log.ended(run("a", RunStatus.SUCCEEDED, null));
        log.ended(run("a", RunStatus.SUCCEEDED, null));

        assertThat(said).containsExactly("run r of flow a failed, whole: no luck", "runs of flow a succeed again");
    }

    private static RunRecord run(String flow, RunStatus status, @Nullable String reason) {
        return new RunRecord(
                "r",
                flow,
                "rev",
                "manual",
                status,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                reason,
                null,
                0,
                List.of(),
                List.of(),
                List.of());
    }
}
