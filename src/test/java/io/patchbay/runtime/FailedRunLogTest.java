package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.LogLevel;
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
    void saysOneLineWhateverASystemAnswered() {
        log.ended(run("a", RunStatus.FAILED, "no\n2026 ERROR forged \u001b[31m\0"));

        assertThat(said).containsExactly("run r of flow a failed, whole: no\uFFFD2026 ERROR forged \uFFFD[31m\uFFFD");
    }

    @Test
    void saysOnceThatAllIsWellAgain() {
        log.ended(run("a", RunStatus.SUCCEEDED, null));
        log.ended(run("a", RunStatus.FAILED, "no luck"));
        clock.forward(Duration.ofSeconds(61));
        log.ended(run("a", RunStatus.STOPPED, "by an operator"));
        assertThat(said).as("a stop is no success").hasSize(1);
        for (int i = 0; i < 3; i++) {
            log.ended(run("a", RunStatus.SUCCEEDED, null));
            clock.forward(Duration.ofSeconds(61));
        }

        assertThat(said).containsExactly("run r of flow a failed, whole: no luck", "runs of flow a succeed again");
    }

    @Test
    void saysOneLineAMinuteOfAFlowThatFailsAndSucceedsByTurns() {
        for (int i = 0; i < 61; i++) {
            log.ended(run("a", RunStatus.FAILED, "no luck"));
            log.ended(run("a", RunStatus.SUCCEEDED, null));
            clock.forward(Duration.ofSeconds(1));
        }

        assertThat(said)
                .containsExactly(
                        "run r of flow a failed, whole: no luck",
                        "run r of flow a failed, whole: no luck (59 more since the last such line)");
    }

    @Test
    void repeatsAFailureButNothingThatTheAuthorLogged() {
        RunRecord quiet = run("a", RunStatus.PARTIAL, null);
        RunRecord run = new RunRecord(
                quiet.id(),
                quiet.flow(),
                quiet.revision(),
                quiet.trigger(),
                quiet.status(),
                quiet.queuedAt(),
                quiet.startedAt(),
                quiet.endedAt(),
                null,
                null,
                0,
                List.of(),
                List.of(
                        new RunRecord.LogLine(
                                Instant.EPOCH, "put", LogLevel.ERROR, "no room [HTTP_507] after 2 attempts"),
                        new RunRecord.LogLine(Instant.EPOCH, "told", LogLevel.ERROR, "card 4111 declined")),
                List.of());

        assertThat(FailedRunLog.line(run, 0))
                .isEqualTo("run r of flow a failed, in part: shape 'put': no room [HTTP_507] after 2 attempts");
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
