package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.get;
import static io.patchbay.run.jdbc.RunsFixture.newId;
import static io.patchbay.run.jdbc.RunsFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.LogLevel;
import io.patchbay.queue.Claim;
import io.patchbay.queue.StaleClaimException;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes as they are written and listed, with their stories. */
class JdbcOutcomesTest {

    @TempDir
    Path data;

    private RunsFixture runs;

    @BeforeEach
    void open() throws Exception {
        runs = new RunsFixture(data);
    }

    @AfterEach
    void close() throws Exception {
        runs.close();
    }

    @Test
    void keepsAllOfARecord() throws Exception {
        RunRecord record = record(newId(), RunStatus.PARTIAL, NOW);
        get(runs.checkpoints().finish(record, null));
        assertThat(runs.history().run(record.id())).contains(record);
        assertThat(runs.history().runs(RunQuery.of("orders", null, 10)).data())
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.shapes()).isEqualTo(record.shapes());
                    assertThat(listed.logs()).isEmpty();
                });
    }

    @Test
    void aLongLogIsKeptWholeAndGivesWayToTheShortOneOfARunTakenUpAgain() throws Exception {
        RunRecord going = withLog(record(newId(), RunStatus.RUNNING, null), 1_000);
        runs.history().started(going);
        runs.flush();
        assertThat(runs.history().run(going.id())).contains(going);
        runs.crash();
        RunRecord ended = record(going.id(), RunStatus.SUCCEEDED, NOW);
        get(runs.checkpoints().finish(ended, null));
        assertThat(runs.history().run(going.id())).contains(ended);
    }

    @Test
    void outcomeAndAcknowledgementAreOne() throws Exception {
        Claim claim = runs.claim();
        String id = claim.start().id();
        runs.history().started(record(id, RunStatus.RUNNING, null));
        get(runs.checkpoints().finish(record(id, RunStatus.SUCCEEDED, NOW), claim));
        assertThat(runs.queue().lists().find(id)).isEmpty();
        assertThat(runs.history().run(id).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThatThrownBy(() -> get(runs.checkpoints().finish(record(id, RunStatus.FAILED, NOW), claim)))
                .hasCauseInstanceOf(StaleClaimException.class);
        assertThat(runs.history().run(id).orElseThrow().status())
                .as("nothing of a fenced off run is written")
                .isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aLateStoryNeverOverwritesAnOutcome() throws Exception {
        String id = newId();
        get(runs.checkpoints().finish(record(id, RunStatus.SUCCEEDED, NOW), null));
        runs.history().progressed(withoutLog(record(id, RunStatus.RUNNING, null)));
        runs.flush();
        assertThat(runs.history().run(id).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(runs.history().run(id).orElseThrow().logs()).hasSize(1);
    }

    @Test
    void outcomesWrittenBesideThePathAreThereAfterAnOrderlyEnd() throws Exception {
        RunRecord listedBefore = record(newId(), RunStatus.RUNNING, null);
        runs.history().started(listedBefore);
        runs.flush();
        List<String> ids = new ArrayList<>(List.of(listedBefore.id()));
        for (int i = 0; i < 50; i++) {
            ids.add(newId());
        }
        for (String id : ids) {
            get(runs.checkpoints().finish(record(id, RunStatus.SUCCEEDED, NOW), null));
        }
        runs.crash();
        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(runs.history().run(id).orElseThrow().status())
                                .isEqualTo(RunStatus.SUCCEEDED));
    }

    @Test
    void showsARunThatGoesOnAtOnceAndAfterItWasWritten() {
        RunRecord going = record(newId(), RunStatus.RUNNING, null);
        runs.history().started(going);
        assertThat(runs.history().run(going.id())).contains(going);
        runs.flush();
        assertThat(runs.history().run(going.id())).contains(going);
        assertThat(runs.history().runs(RunQuery.of(null, RunStatus.RUNNING, 10)).data())
                .hasSize(1);
    }

    @Test
    void listsStartsThatWaitAsQueuedRunsAndPagesThroughAll() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            if (i % 2 == 0) {
                RunRecord record = record(newId(), RunStatus.SUCCEEDED, NOW);
                get(runs.checkpoints().finish(record, null));
                ids.add(record.id());
            } else {
                ids.add(runs.accept());
            }
        }
        List<String> listed = new ArrayList<>();
        String after = null;
        do {
            Slice<RunRecord> slice =
                    runs.history().runs(RunQuery.of("orders", null, 3).after(after));
            slice.data().forEach(run -> listed.add(run.id()));
            after = slice.next();
        } while (after != null);
        Collections.reverse(ids);
        assertThat(listed).isEqualTo(ids);
        assertThat(runs.history()
                        .runs(RunQuery.of("orders", RunStatus.QUEUED, 10))
                        .data())
                .hasSize(3);
        assertThat(runs.history().run(ids.get(1)).orElseThrow().status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void findsTextAndTakesWildcardsForWhatTheyAre() throws Exception {
        get(runs.checkpoints().finish(record(newId(), RunStatus.FAILED, NOW), null));
        assertThat(found("SHOP answered")).isEqualTo(1);
        assertThat(found("100%_")).isEqualTo(1);
        assertThat(found("1%_")).isZero();
        assertThat(found("'; drop table run; --")).isZero();
    }

    @Test
    void areFoundByAllThatIsSaidOfThem() throws Exception {
        RunSearchContract.holds(runs.store(), runs.checkpoints(), runs.history());
    }

    private int found(String text) {
        return runs.history()
                .runs(new RunQuery(null, null, null, null, null, null, null, text, null, 10))
                .data()
                .size();
    }

    private static RunRecord withoutLog(RunRecord run) {
        return withLog(run, 0);
    }

    private static RunRecord withLog(RunRecord run, int lines) {
        return RunsFixture.withLog(
                run, Collections.nCopies(lines, new RunRecord.LogLine(NOW, "push", LogLevel.INFO, "sent")));
    }
}
