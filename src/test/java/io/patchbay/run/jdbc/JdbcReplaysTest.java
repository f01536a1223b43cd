package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.failed;
import static io.patchbay.run.jdbc.RunsFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedPayload.State;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.ReplayJob;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failed payloads are found by what is said of them, and jobs that replay many of them are kept. */
class JdbcReplaysTest {

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

    private FailedPayload kept(String run, String shape, String code, String message, State state) throws Exception {
        Payload payload = Payload.of(Lineage.ofRun(run), Json.NODES.objectNode());
        FailedPayload sample = failed(run, payload, state);
        FailedPayload kept = new FailedPayload(
                sample.id(), run, "orders", "rev1", shape, payload, sample.owner(), code, message, 1, NOW, state);
        get(runs.checkpoints().failed(kept));
        return kept;
    }

    private List<String> found(
            @Nullable String run,
            @Nullable String shape,
            @Nullable String code,
            @Nullable String q,
            @Nullable Instant since,
            @Nullable Instant until) {
        FailedQuery query = new FailedQuery("orders", run, shape, code, q, since, until, null, null, Set.of(), true);
        return runs.history().failed(query, null, 10).data().stream()
                .map(FailedPayload::id)
                .toList();
    }

    @Test
    void findsFailedPayloadsByRunShapeNameTextAndTime() throws Exception {
        String a =
                kept("r1", "push", "HTTP_422", "SKU 50% is wrong", State.OPEN).id();
        String b = kept("r1", "map", "NOT_A_DATE", "'x' is no date", State.HELD).id();
        String c = kept("r2", "push", "HTTP_500", "the shop said 500", State.RESOLVED)
                .id();

        assertThat(found("r1", null, null, null, null, null)).containsExactly(a, b);
        assertThat(found(null, "push", null, null, null, null)).containsExactly(a, c);
        assertThat(found(null, null, "HTTP_422", null, null, null)).containsExactly(a);
        assertThat(found(null, null, null, "sku 50%", null, null)).containsExactly(a);
        assertThat(found(null, null, null, "5_0", null, null)).isEmpty();
        assertThat(found(null, null, null, null, NOW, NOW.plusSeconds(1))).containsExactly(a, b, c);
        assertThat(found(null, null, null, null, null, NOW)).isEmpty();
        assertThat(runs.history().failed(FailedQuery.waitingOf("r1"), null, 1).next())
                .isEqualTo(a);
    }

    @Test
    void aPayloadWhoseReplaySucceededIsResolved() throws Exception {
        FailedPayload failed = kept("r1", "push", "HTTP_422", "no", State.OPEN);
        assertThat(runs.history().failed(failed.id()).orElseThrow().replayRun()).isNull();
        get(runs.history().replayed(failed.id(), "r2", null));
        assertThat(runs.history().failed(failed.id()).orElseThrow().replayRun()).isEqualTo("r2");
        assertThat(runs.history().failed(failed.id()).orElseThrow().state()).isEqualTo(State.REPLAYED);

        get(runs.history().mended("another"));
        assertThat(runs.history().failed(failed.id()).orElseThrow().state()).isEqualTo(State.REPLAYED);
        get(runs.history().mended("r2"));
        assertThat(runs.history().failed(failed.id()).orElseThrow().state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void aJobCountsWhatItReplayedWithTheMarkSoThatNoCrashComesBetween() throws Exception {
        JdbcReplayJobs jobs = new JdbcReplayJobs(runs.store());
        FailedPayload first = kept("r1", "push", "HTTP_422", "no", State.OPEN);
        FailedPayload second = kept("r1", "push", "HTTP_422", "no", State.OPEN);
        ReplayJob job = new ReplayJob(
                "j1", FailedQuery.of("orders", null), null, false, 10, NOW, ReplayJob.State.GOING, 0, 0, null, null);
        jobs.begin(job).join();
        assertThat(jobs.claim("a", NOW, Duration.ofMinutes(1))).hasSize(1);
        assertThat(jobs.waiting(job)).isEqualTo(2);
        assertThat(jobs.waiting(job.after(ReplayJob.State.GOING, 1, 0, first.id(), null)))
                .isEqualTo(1);
        get(runs.history().replayed(first.id(), "r2", "j1"));
        get(runs.history().replayed(first.id(), "r2", "j1"));
        get(runs.history().replayed(second.id(), "r3", "j1"));
        runs.crash();

        jobs = new JdbcReplayJobs(runs.store());
        assertThat(jobs.find("j1").orElseThrow().replayed()).isEqualTo(2);
        jobs.progressed(job.after(ReplayJob.State.GOING, 1, 0, first.id(), null), "a", List.of())
                .join();
        assertThat(jobs.find("j1").orElseThrow().replayed())
                .as("what is counted is not taken back")
                .isEqualTo(2);
    }

    @Test
    void isFoundByItsBusinessKeyAndResolvedWhenAllOfItsRecordsHavePassed() throws Exception {
        BusinessKeysContract.holds(runs.checkpoints(), runs.history());
    }

    @Test
    void putsFailedPayloadsTogetherByTheirCause() throws Exception {
        CausesContract.holds(runs.store(), runs.checkpoints(), runs.history());
    }

    @Test
    void keepsJobsAndGivesEachToOneWorker(@TempDir Path folder) throws Exception {
        try (Store store = Store.open(StoreProperties.embedded(), folder, Clock.systemUTC())) {
            ReplayJobsContract.holds(store);
        }
    }
}
