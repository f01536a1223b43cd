package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.run.RunStatus;
import io.patchbay.trial.dry.Captured.Kind;
import io.patchbay.trial.dry.DryReport;
import io.patchbay.trial.dry.DryRunRefusedException;
import io.patchbay.trial.dry.DryRuns;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Dry runs that are refused, and those that show, ask for or take more than they may. */
class DryRunBoundsTest extends DryRunPrograms {

    @Test
    void twoGoOnAtATimeAndAThirdIsRefused() throws Exception {
        slow = new CountDownLatch(1);
        CompletableFuture<DryReport> one = of(DryRuns.class).run("orders", "api", Body.EMPTY, Map.of());
        CompletableFuture<DryReport> two = of(DryRuns.class).run("orders", "api", Body.EMPTY, Map.of());
        await().atMost(SOON).until(() -> reads.size() == 2);

        assertThatThrownBy(() -> of(DryRuns.class)
                        .run("orders", "api", Body.EMPTY, Map.of())
                        .get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        DryRunRefusedException.class,
                        why -> assertThat(why.later()).isTrue());
        slow.countDown();

        for (CompletableFuture<DryReport> report : List.of(one, two)) {
            assertThat(report.get(60, TimeUnit.SECONDS).writes())
                    .filteredOn(write -> write.kind() == Kind.REQUEST)
                    .hasSize(2);
        }
        assertThat(writes).isEmpty();
        assertThat(dry("orders", "{}", Map.of()).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void countsWhatIsBeyondItsBoundsAndStopsWhatTakesTooLong() throws Exception {
        program.context().close();
        program = program(
                "--patchbay.dry-runs.writes=3", "--patchbay.dry-runs.time=2s", "--patchbay.dry-runs.requests=5");

        DryReport report = dry("orders", "{}", Map.of());

        assertThat(report.writes()).hasSize(3);
        assertThat(report.kept()).isFalse();
        assertThat(report.counts()).containsEntry("push", 2L).containsEntry("watched", 3L);

        slow = new CountDownLatch(1);
        DryReport late = dry("orders", "{}", Map.of());
        assertThat(late.status()).isEqualTo(RunStatus.STOPPED);
        assertThat(late.reason()).contains("2s");
        assertThat(writes).isEmpty();
    }

    @Test
    void aFlowThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> dry("nothing", "{}", Map.of()))
                .cause()
                .isInstanceOfSatisfying(
                        DryRunRefusedException.class,
                        why -> assertThat(why.later()).isFalse());
    }
}
