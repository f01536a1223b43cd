package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.camel.World;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Slot;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tries that took too long: their payload fails alone, whenever they come to their end. */
class GivenUpTryTest {

    @TempDir
    Path home;

    private final FlowFixture flows = new FlowFixture(1);
    private final TestShapes shapes = flows.shapes;
    private World world;

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        flows.context = world.context();
        flows.workers = world.workers();
        flows.start(home.resolve("spill"));
    }

    @AfterEach
    void close() {
        world.close();
        flows.close();
    }

    /** Begins a run of a flow that may use what the world has by now. */
    private CompletableFuture<Boolean> run(String text) {
        flows.services = Map.of(Catalog.class, world.catalog());
        flows.deploy(text);
        return flows.runner.run(claim(aStart(), 1, 0), Slot.NONE);
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

        RunRecord record = flows.end(run);

        assertThat(record.status()).as(String.valueOf(record.reason())).isEqualTo(RunStatus.PARTIAL);
        assertThat(shapes.effects).containsExactly("push:1");
        assertThat(flows.checkpoints.failed)
                .singleElement()
                .satisfies(failed -> assertThat(failed.code()).isEqualTo("TIMEOUT"));
    }

    @Test
    void aRequestThatMayHaveArrivedIsNotMadeAgain() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger arrived = new AtomicInteger();
        world.serve("/api/refunds", exchange -> {
            arrived.incrementAndGet();
            TestShapes.await(over);
            World.json(exchange, 200, "{}");
        });
        world.shop(
                "{none: {type: none}}",
                "",
                "refunds.create: {kind: write, method: POST, path: /refunds, idempotency: {type: none}}",
                "");
        try {
            RunRecord record = flows.end(run("""
                    shapes:
                      - { id: pull, numbers: { pages: 1, size: 1 } }
                      - id: push
                        timeout: 1s
                        retries: { count: 3, backoff: 10ms }
                        connection: { instance: shop, endpoint: refunds.create }
                    """));

            assertThat(record.status()).as(String.valueOf(record.reason())).isEqualTo(RunStatus.FAILED);
            assertThat(arrived).hasValue(1);
            assertThat(flows.checkpoints.failed).singleElement().satisfies(failed -> {
                assertThat(failed.code()).isEqualTo("UNKNOWN_OUTCOME");
                assertThat(failed.message()).contains("its timeout of 1s", "replay it if it is missing");
            });
        } finally {
            over.countDown();
        }
    }

    @Test
    void eachCallThatWaitsTooLongForItsTurnFailsAlone() throws Exception {
        world.serve("/api/me", exchange -> World.json(exchange, 200, "{}"));
        world.shop(
                "{none: {type: none}}",
                "rateLimit: {policies: [{algorithm: tokenBucket, limit: 1, refill: 1, period: 1h}]}",
                "me.get: {kind: write, method: POST, path: /me}",
                "");

        RunRecord record = flows.end(run("""
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
        assertThat(flows.checkpoints.failed)
                .hasSizeBetween(99, 100)
                .allSatisfy(failed -> assertThat(failed.code()).isEqualTo("TIMEOUT"));
    }
}
