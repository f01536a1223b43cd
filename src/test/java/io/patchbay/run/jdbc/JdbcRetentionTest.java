package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.captured;
import static io.patchbay.run.jdbc.RunsFixture.failed;
import static io.patchbay.run.jdbc.RunsFixture.get;
import static io.patchbay.run.jdbc.RunsFixture.newId;
import static io.patchbay.run.jdbc.RunsFixture.page;
import static io.patchbay.run.jdbc.RunsFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.queue.Claim;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** How long the past is kept, and what becomes of runs that a dead process left. */
class JdbcRetentionTest {

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
    void sweepsWhatIsPastItsTime() throws Exception {
        RunRecord old =
                record(idAt(NOW.minus(Duration.ofDays(40))), RunStatus.SUCCEEDED, NOW.minus(Duration.ofDays(40)));
        RunRecord recent = record(newId(), RunStatus.SUCCEEDED, NOW);
        get(runs.checkpoints().finish(old, null));
        get(runs.checkpoints().finish(recent, null));
        runs.history().captured(captured(recent.id(), "map", "gone", Duration.ofMillis(1)));
        runs.history().captured(captured(recent.id(), "map", "kept", Duration.ofDays(1)));
        get(runs.checkpoints()
                .failed(failed(recent.id(), page(Payload.empty(Lineage.ofRun("x")), 0, 1), FailedPayload.State.OPEN)));
        runs.flush();
        runs.history().sweep(NOW.plusSeconds(60));
        assertThat(runs.history().run(old.id())).isEmpty();
        assertThat(runs.history().run(recent.id())).isPresent();
        assertThat(runs.history().payloads(recent.id(), null, true))
                .extracting(each -> new String(each.bytes(), StandardCharsets.UTF_8))
                .containsExactly("kept");
        assertThat(runs.history().failed(FailedQuery.of(null, null), null, 10).data())
                .hasSize(1);
        runs.history().sweep(NOW.plus(Duration.ofDays(91)));
        assertThat(runs.history().failed(FailedQuery.of(null, null), null, 10).data())
                .isEmpty();
        assertThat(runs.history().runs(RunQuery.of(null, null, 10)).data()).isEmpty();
    }

    @Test
    void boundsRunsByNumberAndCapturedPayloadsByBytes() throws Exception {
        runs.close();
        runs.open(new HistoryProperties(Duration.ofDays(30), 5, Duration.ofDays(90), DataSize.ofKilobytes(200)));
        for (int i = 0; i < 12; i++) {
            RunRecord record = record(newId(), RunStatus.SUCCEEDED, NOW);
            get(runs.checkpoints().finish(record, null));
            runs.history().captured(captured(record.id(), "map", RunsFixture.noise(70_000), Duration.ofDays(1)));
            runs.flush();
        }
        runs.history().sweep(NOW);
        List<RunRecord> kept = runs.history().runs(RunQuery.of(null, null, 100)).data();
        assertThat(kept).hasSize(5);
        assertThat(kept.stream()
                        .flatMap(run -> runs.history().payloads(run.id(), null, false).stream())
                        .mapToLong(CapturedPayload::size)
                        .sum())
                .isBetween(70_000L, 280_000L);
    }

    @Test
    void aRunThatDiedWithTheProcessIsNotRunningForEver() throws Exception {
        RunRecord head = record(newId(), RunStatus.RUNNING, null);
        runs.history().started(head);
        Claim claim = runs.claim();
        runs.history().started(record(claim.start().id(), RunStatus.RUNNING, null));
        runs.flush();
        for (int i = 0; i < 3; i++) {
            runs.crash();
            runs.queue().claim(10);
        }
        assertThat(runs.history().run(head.id()).orElseThrow().status()).isEqualTo(RunStatus.FAILED);
        RunRecord aside = runs.history().run(claim.start().id()).orElseThrow();
        assertThat(aside.status()).isEqualTo(RunStatus.FAILED);
        assertThat(aside.reason()).contains("put aside");
        assertThat(runs.queue().lists().retry(aside.id()).get(10, TimeUnit.SECONDS))
                .isTrue();
        Claim again = runs.queue().claim(1).get(0);
        runs.history().started(record(aside.id(), RunStatus.RUNNING, null));
        runs.flush();
        assertThat(runs.history().run(aside.id()).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
        get(runs.checkpoints().finish(record(aside.id(), RunStatus.SUCCEEDED, NOW), again));
        assertThat(runs.history().run(aside.id()).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aRunWhoseFlowIsGoneIsNotShownAsRunning() throws Exception {
        Claim claim = runs.claim();
        String id = claim.start().id();
        runs.history().started(record(id, RunStatus.RUNNING, null));
        runs.flush();
        runs.crash();
        runs.queue().policies(Map.of());
        assertThat(runs.history().run(id).orElseThrow().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(runs.history()
                        .runs(RunQuery.of("orders", RunStatus.QUEUED, 10))
                        .data())
                .extracting(RunRecord::id)
                .containsExactly(id);
    }

    private static String idAt(Instant instant) {
        return UuidCreator.getTimeOrderedEpoch(instant).toString();
    }
}
