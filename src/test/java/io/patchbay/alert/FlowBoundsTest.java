package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.flow.AlertSettings;
import io.patchbay.run.RunStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of flows that do not keep to the bounds they name. */
class FlowBoundsTest extends AlertsFixture {

    @Test
    void aFlowThatDoesNotSucceedInTimeIsToldOfOverRestarts() throws Exception {
        watchSuccess(Duration.ofHours(6));
        tick.tick();
        clock.forward(Duration.ofHours(4));
        begin();
        tick.tick();
        assertThat(subjects()).isEmpty();

        clock.forward(Duration.ofHours(2));
        begin();
        tick.tick();
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders has had no success");
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString())
                .contains("since 2026-03-01T10:00:00Z")
                .contains("it was not started, or still runs");

        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).hasSize(2).last().isEqualTo("Patchbay: flow orders succeeded again");
    }

    @Test
    void aSuccessCountsAfterARestartWhenItsRunIsKeptNoMore() throws Exception {
        watchSuccess(Duration.ofDays(30));
        tick.tick();
        clock.forward(Duration.ofDays(2));
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        begin();
        clock.forward(Duration.ofDays(29));
        tick.tick();
        assertThat(alerts(null)).isEmpty();

        clock.forward(Duration.ofDays(1));
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders has had no success");
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString()).contains("since 2026-03-03T10:00:00Z");
    }

    @Test
    void aSuccessOfAnotherReplicaCounts() throws Exception {
        watchSuccess(Duration.ofHours(6));
        tick.tick();
        clock.forward(Duration.ofHours(5));
        row("orders", "019cafe", "succeeded", clock.instant());
        clock.forward(Duration.ofHours(2));
        tick.tick();

        assertThat(alerts(null)).isEmpty();
    }

    @Test
    void aFlowThatIsPausedNeedNotSucceed() throws Exception {
        watchSuccess(Duration.ofHours(6));
        tick.tick();
        world.flows.put(
                "orders", new WatchedFlow("orders", world.flows.get("orders").settings(), false));
        tick.tick();
        clock.forward(Duration.ofHours(48));
        tick.tick();
        watchSuccess(Duration.ofHours(6));
        tick.tick();
        clock.forward(Duration.ofHours(5));
        tick.tick();

        assertThat(alerts(null)).isEmpty();
    }

    @Test
    void tooManyFailuresInAWhileAreToldOf() throws Exception {
        settings(new AlertSettings(
                List.of("ops"),
                false,
                Duration.ofHours(1),
                null,
                new AlertSettings.ErrorRate(20, Duration.ofHours(1), 10),
                null,
                null));
        for (int i = 0; i < 9; i++) {
            ended("orders", i < 3 ? RunStatus.FAILED : RunStatus.SUCCEEDED, "down");
        }
        tick.tick();
        assertThat(alerts(null)).as("too few runs").isEmpty();

        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: too many runs of flow orders fail");

        begin();
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        clock.forward(Duration.ofHours(1));
        tick.tick();
        assertThat(alerts(true))
                .as("a process that saw too few runs ends nothing")
                .hasSize(1);

        for (int i = 0; i < 10; i++) {
            ended("orders", i < 2 ? RunStatus.FAILED : RunStatus.SUCCEEDED, "down");
        }
        tick.tick();
        assertThat(alerts(true)).isEmpty();
    }

    @Test
    void anUnexpectedNumberOfRecordsIsToldOf() throws Exception {
        settings(new AlertSettings(
                List.of("ops"),
                true,
                Duration.ofHours(1),
                null,
                null,
                new AlertSettings.Volume("pull", 1L, 100L),
                null));
        ended("orders", RunStatus.SUCCEEDED, null, 0);
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders has an unexpected number of records");
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString())
                .contains("0 records left shape 'pull' in run run-1")
                .contains("usual are 1 to 100");

        ended("orders", RunStatus.SUCCEEDED, null, 50);
        tick.tick();
        assertThat(subjects()).hasSize(2);
    }
}
