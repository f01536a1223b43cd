package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.FakeFlows;
import io.patchbay.api.FakeHistory;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.queue.QueueFullException;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.MemoryReplayJobs;
import io.patchbay.run.ReplayJob;
import io.patchbay.store.SettableClock;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replay jobs start so many runs a second, oldest first, and go on where they were. */
class ReplayWorkerTest {

    private final SettableClock clock = new SettableClock();
    private final MemoryReplayJobs jobs = new MemoryReplayJobs();
    private final FakeHistory history = new FakeHistory();
    private final FakeFlows flows = new FakeFlows();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ReplayWorker worker = new ReplayWorker(jobs, history, flows, clock, timer);

    @AfterEach
    void stop() {
        worker.close();
    }

    private void failed(int from, int to) {
        for (int i = from; i < to; i++) {
            String id = "f%03d".formatted(i);
            history.failed.add(new FailedPayload(
                    id,
                    "r1",
                    "orders",
                    "rev1",
                    "push",
                    Payload.of(Lineage.ofRun("r1"), Json.NODES.objectNode()),
                    Owner.REMOTE,
                    "HTTP_500",
                    "no",
                    3,
                    clock.instant(),
                    FailedPayload.State.OPEN));
        }
    }

    private void begin(double perSecond, @Nullable String from) {
        FailedQuery query =
                new FailedQuery("orders", null, null, null, null, null, null, null, null, FailedQuery.WAITING, true);
        jobs.begin(new ReplayJob(
                        "j", query, from, false, perSecond, clock.instant(), ReplayJob.State.GOING, 0, 0, null, null))
                .join();
    }

    private ReplayJob job() {
        return jobs.find("j").orElseThrow();
    }

    @Test
    void startsNoMoreRunsASecondThanItMay() {
        failed(0, 25);
        begin(10, null);

        worker.tick();
        assertThat(flows.asked).hasSize(10);
        worker.tick();
        worker.tick();

        assertThat(flows.asked)
                .extracting(FakeFlows.Asked::what)
                .startsWith("f000", "f001")
                .hasSize(25);
        assertThat(job().state()).isEqualTo(ReplayJob.State.DONE);
        assertThat(job().replayed()).isEqualTo(25);
    }

    @Test
    void aRateBelowOneASecondStartsOneInSeveral() {
        failed(0, 3);
        begin(0.5, "start");

        for (int second = 0; second < 5; second++) {
            worker.tick();
        }

        assertThat(flows.asked).hasSize(3);
        assertThat(flows.asked.get(0).meta()).containsEntry("from", "start");
    }

    @Test
    void leavesOutWhatFailsAfterItBegan() {
        failed(0, 1);
        begin(1, null);
        clock.forward(Duration.ofSeconds(5));
        failed(1, 3);

        worker.tick();
        worker.tick();
        worker.tick();

        assertThat(flows.asked).extracting(FakeFlows.Asked::what).containsExactly("f000");
        assertThat(job().state()).isEqualTo(ReplayJob.State.DONE);
    }

    @Test
    void waitsWhileTheQueueIsFullAndLosesNothing() {
        failed(0, 2);
        begin(10, null);
        flows.refusal = new QueueFullException("the queue of 'orders' is full", Duration.ofSeconds(1));
        worker.tick();
        assertThat(job().state()).isEqualTo(ReplayJob.State.GOING);
        assertThat(job().message()).contains("is full");

        flows.refusal = null;
        flows.asked.clear();
        worker.tick();
        worker.tick();

        assertThat(flows.asked).extracting(FakeFlows.Asked::what).containsExactly("f000", "f001");
        assertThat(job().refused()).isZero();
    }

    @Test
    void goesOnWithTheOthersWhenOneCannotBeReplayed() {
        failed(0, 2);
        begin(10, null);
        flows.refusal = new IllegalArgumentException("what reached 'pull' was not captured");
        worker.tick();
        worker.tick();

        assertThat(job().state()).isEqualTo(ReplayJob.State.DONE);
        assertThat(job().refused()).isEqualTo(2);
        assertThat(job().message()).contains("was not captured");
        assertThat(jobs.refusals("j", null, 10))
                .extracting(ReplayJob.Refusal::failedPayload)
                .containsExactly("f000", "f001");
    }

    @Test
    void waitsWhileTheStoreIsAway() {
        failed(0, 1);
        begin(10, null);
        flows.refusal = new IllegalStateException(
                "the store cannot be read", new SQLTransientConnectionException("no connection in time"));
        worker.tick();
        assertThat(job().state()).isEqualTo(ReplayJob.State.GOING);
        assertThat(job().refused()).isZero();

        flows.refusal = null;
        worker.tick();
        assertThat(job().replayed()).isEqualTo(1);
    }

    @Test
    void whatIsWrongWithOnePayloadStopsNoOther() {
        failed(0, 2);
        begin(10, null);
        flows.refusal = new IllegalStateException("its content is damaged");
        worker.tick();

        assertThat(job().state()).isEqualTo(ReplayJob.State.DONE);
        assertThat(job().refused()).isEqualTo(2);
        assertThat(job().message()).contains("its content is damaged");
    }

    @Test
    void anotherProgramGoesOnWhenTheFirstIsGone() {
        failed(0, 4);
        begin(2, null);
        worker.tick();
        ReplayWorker other = new ReplayWorker(jobs, history, flows, clock, timer);
        other.tick();
        assertThat(flows.asked).as("the job is the first one's").hasSize(2);

        clock.forward(Duration.ofMinutes(2));
        other.tick();
        other.tick();

        assertThat(flows.asked)
                .extracting(FakeFlows.Asked::what)
                .startsWith("f000", "f001", "f002", "f003")
                .doesNotHaveDuplicates();
    }
}
