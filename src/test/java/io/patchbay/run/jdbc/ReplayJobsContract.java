package io.patchbay.run.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.ReplayJob;
import io.patchbay.run.ReplayJob.Refusal;
import io.patchbay.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a store must keep of replay jobs, whatever database it is on. */
final class ReplayJobsContract {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    private ReplayJobsContract() {}

    static void holds(Store store) {
        JdbcReplayJobs jobs = new JdbcReplayJobs(store);
        ReplayJob job = job("j1");
        jobs.begin(job).join();
        jobs.begin(job("j2")).join();
        assertThat(jobs.find("j1")).contains(job);
        assertThat(jobs.list()).extracting(ReplayJob::id).containsExactly("j2", "j1");
        assertThat(jobs.waiting(job)).isZero();

        assertThat(jobs.claim("a", NOW, Duration.ofMinutes(1))).hasSize(2);
        assertThat(jobs.claim("b", NOW.plusSeconds(30), Duration.ofMinutes(1))).isEmpty();
        ReplayJob further = job.after(ReplayJob.State.GOING, 3, 1, "f4", "the flow is gone");
        Refusal gone = new Refusal("f4", "the flow is gone");
        jobs.progressed(further, "a", List.of(gone)).join();
        assertThat(jobs.find("j1")).contains(further);
        assertThat(jobs.refusals("j1", null, 10)).containsExactly(gone);
        assertThat(jobs.claim("b", NOW.plusSeconds(61), Duration.ofMinutes(1))).contains(further);

        Refusal late = new Refusal("f9", "late");
        jobs.progressed(job.after(ReplayJob.State.DONE, 9, 9, null, null), "a", List.of(late))
                .join();
        assertThat(jobs.find("j1")).as("whoever lost a job changes nothing").contains(further);
        assertThat(jobs.stop("j1").join()).isTrue();
        assertThat(jobs.stop("j1").join()).isFalse();
        Refusal more = new Refusal("f5", "no shape of that name");
        jobs.progressed(further, "b", List.of(gone, more)).join();
        assertThat(jobs.refusals("j1", null, 10)).as("each once").containsExactly(gone, more);
        assertThat(jobs.refusals("j1", "f4", 10)).containsExactly(more);
        assertThat(jobs.refusals("j1", null, 1)).containsExactly(gone);
        ReplayJob full = further.after(ReplayJob.State.GOING, 0, ReplayJob.MOST_REFUSALS, "f6", "as the others");
        jobs.progressed(full, "b", List.of(new Refusal("f6", "as the others"))).join();
        assertThat(jobs.refusals("j1", "f5", 10)).as("no more than are kept").isEmpty();
        assertThat(jobs.find("j1").orElseThrow().state()).isEqualTo(ReplayJob.State.STOPPED);
        jobs.sweep(NOW.plusSeconds(1)).join();
        assertThat(jobs.list()).extracting(ReplayJob::id).containsExactly("j2");
        assertThat(jobs.refusals("j1", null, 10)).isEmpty();
    }

    private static ReplayJob job(String id) {
        FailedQuery query = new FailedQuery(
                "orders",
                null,
                "push",
                "HTTP_422",
                "50%",
                NOW.minusSeconds(60),
                null,
                "1001",
                "cause-1",
                Set.of(FailedPayload.State.OPEN, FailedPayload.State.HELD),
                true);
        return new ReplayJob(id, query, "start", true, 0.5, NOW, ReplayJob.State.GOING, 0, 0, null, null);
    }
}
