package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.camel.World;
import io.patchbay.flow.FlowReader;
import io.patchbay.payload.Body;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Priority;
import io.patchbay.queue.Start;
import io.patchbay.run.MemoryCheckpoints;
import io.patchbay.run.MemoryHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunServices;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Runner;
import io.patchbay.run.Slot;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tries that took too long: their payload fails alone, whenever they come to their end. */
class GivenUpTryTest {

    @TempDir
    Path home;

    private final TestShapes shapes = new TestShapes();
    private final MemoryCheckpoints checkpoints = new MemoryCheckpoints();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private World world;
    private Runner runner;

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
    }

    @AfterEach
    void close() {
        world.close();
        timer.shutdownNow();
    }

    private CompletableFuture<Boolean> run(String text) {
        List<ShapeType<?>> all = new ArrayList<>(Shapes.all());
        all.addAll(shapes.all());
        FlowCompiler compiler =
                new FlowCompiler((run, bucket, answer) -> run.answer().complete(answer));
        FlowDeployer deployer =
                new FlowDeployer(world.context(), new FlowReader(all), compiler, new MemoryRevisionTexts());
        assertThat(deployer.apply(
                        List.of(new FlowDeployer.Source("f.flow.yaml", "flow: f\n" + text)),
                        (flow, variables) -> new Surroundings(
                                flow, Clock.systemUTC(), variables, Map.of(), Map.of(Catalog.class, world.catalog()))))
                .isEmpty();
        RunServices services = new RunServices(
                Clock.systemUTC(),
                checkpoints,
                new MemoryHistory(),
                timer,
                world.workers(),
                home.resolve("spill"),
                1_000_000,
                secret -> secret,
                name -> null);
        runner = new Runner(services, deployer, List.of());
        Start start = new Start(
                "run-1",
                "f",
                "manual",
                Priority.REGULAR,
                Clock.systemUTC().instant(),
                new Body.Empty(),
                Map.of(),
                null,
                null);
        return runner.run(new Claim(start, "test", 1, 0), Slot.NONE);
    }

    private RunRecord end(CompletableFuture<Boolean> run) throws Exception {
        assertThat(run.get(30, TimeUnit.SECONDS)).isTrue();
        return checkpoints.outcomes.get(0);
    }

    @Test
    void anEndThatComesLateTouchesNothingOfWhatGoesOn() throws Exception {
        CountDownLatch tryEnded = new CountDownLatch(1);
        shapes.afterCut = () -> TestShapes.await(tryEnded);
        CompletableFuture<Boolean> run = run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - { id: push, timeout: 50ms, onError: skip, retries: { count: 0 }, hang: { at: 0 } }
                """);
        tryEnded.countDown(); // it ran on this thread, and its step does not go on before this

        RunRecord record = end(run);

        assertThat(record.status()).as(String.valueOf(record.reason())).isEqualTo(RunStatus.PARTIAL);
        assertThat(shapes.effects).containsExactly("push:1");
        assertThat(checkpoints.failed)
                .singleElement()
                .satisfies(failed -> assertThat(failed.code()).isEqualTo("TIMEOUT"));
    }

    @Test
    void eachCallThatWaitsTooLongForItsTurnFailsAlone() throws Exception {
        world.serve("/api/me", exchange -> World.json(exchange, 200, "{}"));
        world.shop(
                "{none: {type: none}}",
                "rateLimit: {policies: [{algorithm: tokenBucket, limit: 1, refill: 1, period: 1h}]}",
                "me.get: {kind: write, method: POST, path: /me}",
                "");

        RunRecord record = end(run("""
                shapes:
                  - { id: pull, numbers: { pages: 100, size: 1 } }
                  - id: push
                    timeout: 5ms
                    onError: skip
                    retries: { count: 0 }
                    connection: { instance: shop, endpoint: me.get }
                """));

        assertThat(record.status()).as(String.valueOf(record.reason())).isIn(RunStatus.PARTIAL, RunStatus.FAILED);
        assertThat(record.shapes().get(1).payloadsIn()).isEqualTo(100);
        assertThat(checkpoints.failed)
                .hasSizeBetween(99, 100)
                .allSatisfy(failed -> assertThat(failed.code()).isEqualTo("TIMEOUT"));
    }
}
