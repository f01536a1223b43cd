package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import io.patchbay.queue.Start;
import io.patchbay.run.MemoryCheckpoints;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Slot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow whose file changes: one version after the other, each with routes of its own. */
class FlowSwapTest {

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();
    private final TestShapes shapes = flows.shapes;
    private final MemoryCheckpoints checkpoints = flows.checkpoints;

    @BeforeEach
    void start() {
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
    }

    @Test
    void swapsAFlowWhileTheOldRevisionGoesWithItsLastRun() {
        flows.deploy("shapes: [ { id: pull, numbers: {} } ]\n");
        String before = flows.deployer.deployed().get("f").routeId();
        flows.deploy("shapes: [ { id: pull, numbers: { pages: 2 } } ]\n");

        assertThat(flows.context.getRoute(before)).isNull();
        assertThat(flows.context.getRoutes()).hasSize(1);
        assertThat(flows.context.getEndpoints()).hasSize(1);
    }

    @Test
    void losesAndDoublesNoStartWhileAFlowIsSwappedAHundredTimes() throws Exception {
        flows.deploy("shapes: [ { id: one, numbers: {} }, { id: push, send: {} } ]\n");
        AtomicBoolean swapping = new AtomicBoolean(true);
        List<Future<Integer>> callers = new ArrayList<>();
        ExecutorService load = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 4; thread++) {
            String prefix = "run-" + thread + "-";
            callers.add(load.submit(() -> {
                int runs = 0;
                while (swapping.get()) {
                    Start start = aStart(prefix + runs++);
                    assertThat(flows.runner.run(claim(start, 1, 0), Slot.NONE).get(20, TimeUnit.SECONDS))
                            .isTrue();
                }
                return runs;
            }));
        }
        for (int swap = 1; swap <= 100; swap++) {
            flows.deploy("name: version " + swap + "\nshapes: [ { id: one, numbers: {} }, { id: push, send: {} } ]\n");
        }
        swapping.set(false);
        int runs = 0;
        for (Future<Integer> caller : callers) {
            runs += caller.get(20, TimeUnit.SECONDS);
        }
        load.shutdown();

        assertThat(runs).isGreaterThan(100);
        assertThat(shapes.effects).hasSize(runs);
        assertThat(checkpoints.outcomes).hasSize(runs).allMatch(run -> run.status() == RunStatus.SUCCEEDED);
        assertThat(flows.context.getRoutes()).hasSize(1);
    }

    @Test
    void leavesTheGoodVersionWhereItIsWhenTheFileTurnsBad() {
        flows.deploy("shapes: [ { id: pull, numbers: {} } ]\n");
        List<Problem> problems = flows.problems("shapes: [ { id: pull, numbrs: {} } ]\n");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.toString())
                    .contains("f.flow.yaml:2:23: there is no shape 'numbrs' [UNKNOWN_SHAPE]")
                    .contains("did you mean 'numbers'?");
        });
        assertThat(flows.deployer.deployed()).containsKey("f");
    }

    @Test
    void namesEveryNodeByTheShapesId() {
        flows.deploy("shapes: [ { id: pull, numbers: {} }, { id: push, send: {} } ]\n");

        assertThat(flows.context
                        .getRouteDefinitions()
                        .get(0)
                        .getOutputs()
                        .get(0)
                        .getId())
                .endsWith("pull");
    }
}
