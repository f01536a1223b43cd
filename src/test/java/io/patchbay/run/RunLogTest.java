package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.LogLevel;
import io.patchbay.run.RunRecord.LogLine;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A run's log has a bound, and room for what comes when the run is taken up again. */
class RunLogTest {

    private final RunLog log = new RunLog(Clock.systemUTC(), text -> text);

    private List<String> texts() {
        return log.lines().stream().map(LogLine::text).toList();
    }

    @Test
    void keepsTheFirstThousandLines() {
        for (int i = 0; i < 1_100; i++) {
            log.line(null, LogLevel.INFO, "line " + i);
        }

        assertThat(texts()).hasSize(1_000).startsWith("line 0").endsWith("line 999");
    }

    @Test
    void beginsWithTheLastHalfOfAFullLogOfThePartBefore() {
        List<LogLine> before = IntStream.range(0, 1_000)
                .mapToObj(i -> new LogLine(Instant.EPOCH, null, LogLevel.INFO, "before " + i))
                .toList();
        log.goesOnFrom(before, List.of());
        for (int i = 0; i < 600; i++) {
            log.line(null, LogLevel.INFO, "now " + i);
        }

        assertThat(texts())
                .hasSize(1_000)
                .startsWith("before 500")
                .contains("before 999", "now 0")
                .endsWith("now 499");
    }
}
