package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.record;
import static io.patchbay.run.jdbc.RunsFixture.withLog;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.LogLevel;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a run wrote down is written while it goes on, and no more often than is good for the database. */
class GoingRunsTest {

    private final GoingRuns runs = new GoingRuns();
    private final List<RunRecord.LogLine> lines = new ArrayList<>();

    private RunRecord with(@Nullable Instant ended) {
        return withLog(record("r1", RunStatus.RUNNING, ended), lines);
    }

    private void lines(int more) {
        for (int i = 0; i < more; i++) {
            lines.add(new RunRecord.LogLine(NOW, null, LogLevel.INFO, "line " + lines.size()));
        }
    }

    /** How many lines were written at each of so many looks; -1 where nothing was. */
    private List<Integer> looks(int many) {
        List<Integer> written = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            List<RunRecord> now = new ArrayList<>();
            runs.look(now::add);
            written.add(now.isEmpty() ? -1 : now.get(0).logs().size());
        }
        return written;
    }

    @Test
    void aRunIsWrittenFromTheSecondLookOnWhenItWroteMoreDown() {
        lines(3);
        runs.add("r1", () -> with(null));

        assertThat(looks(3)).containsExactly(-1, 3, -1);
        lines(1);
        assertThat(looks(2)).containsExactly(4, -1);
        runs.remove("r1");
        lines(1);
        assertThat(looks(1)).containsExactly(-1);
        assertThat(runs.now("r1")).isNull();
    }

    @Test
    void whereMuchIsWrittenALittleMoreWaitsForTheSixthLook() {
        lines(800);
        runs.add("r1", () -> with(null));
        assertThat(looks(2)).containsExactly(-1, 800);

        lines(99);
        assertThat(looks(6)).containsExactly(-1, -1, -1, -1, -1, 899);
        lines(113);
        assertThat(looks(1)).as("an eighth more").containsExactly(1012);
    }

    @Test
    void whatEndedMeanwhileIsNotWrittenAsGoingOn() {
        lines(1);
        runs.add("r1", () -> with(NOW));

        assertThat(looks(2)).containsExactly(-1, -1);
    }
}
