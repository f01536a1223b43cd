package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problem;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Slot;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads that pass a shape beside each other. */
class SeveralAtOnceTest {

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture(10);
    private final TestShapes shapes = flows.shapes;
    private final Held held = new Held();

    @BeforeEach
    void start() {
        flows.types.add(held);
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        held.all();
        flows.close();
    }

    /** Sends records, each when the test lets it. */
    private static final class Held extends TestShape<TestShape.None> {
        private final Map<Integer, CountDownLatch> gates = new ConcurrentHashMap<>();
        private final Set<Integer> refused = ConcurrentHashMap.newKeySet();
        final ConcurrentLinkedQueue<Integer> begun = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
        final AtomicInteger now = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        private volatile boolean open;

        Held() {
            super("held", None.class, Contract.one().actingOutside());
        }

        private CountDownLatch gate(int n) {
            return gates.computeIfAbsent(n, any -> new CountDownLatch(1));
        }

        void let(int... all) {
            IntStream.of(all).forEach(n -> gate(n).countDown());
        }

        void refuse(int n) {
            refused.add(n);
        }

        void all() {
            open = true;
            IntStream.range(0, 1000).forEach(this::let);
        }

        @Override
        public Plan plan(None settings, Placed at, Surroundings around) {
            return new Plan.PerPayload(this::send);
        }

        private Payload send(Payload payload, Attempt attempt) throws StepException {
            for (JsonNode record : payload.records()) {
                int n = record.path("n").asInt();
                begun.add(n);
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                if (!open) {
                    TestShapes.await(gate(n));
                }
                now.decrementAndGet();
                if (refused.contains(n)) {
                    throw new StepException(Owner.REMOTE, "REFUSED", "record " + n + " was refused");
                }
                done.add(n);
            }
            return payload;
        }
    }

    private CompletableFuture<Boolean> begin(String text) {
        flows.deploy(text);
        return flows.runner.run(claim(aStart(), 1, 0), Slot.NONE);
    }

    private void begun(Integer... numbers) {
        Awaitility.await().untilAsserted(() -> assertThat(held.begun).containsExactlyInAnyOrder(numbers));
    }

    private static final String SIX = """
            shapes:
              - { id: pull, numbers: { pages: 6 } }
              - { id: push, parallel: 3, held: {} }
              - { id: told, send: {} }
            """;

    @Test
    void payloadsPassAShapeBesideEachOtherAndGoOnInTheOrderInWhichTheyCame() throws Exception {
        CompletableFuture<Boolean> run = begin(SIX);
        begun(0, 1, 2);

        held.let(2, 1);
        Awaitility.await().untilAsserted(() -> assertThat(held.done).hasSize(2));
        assertThat(shapes.effects).as("the first is not done yet").isEmpty();
        assertThat(held.begun).as("the window is full").hasSize(3);

        held.let(0);
        begun(0, 1, 2, 3, 4, 5);
        held.let(5, 4, 3);
        RunRecord record = flows.end(run);

        assertThat(shapes.effects).containsExactly("told:0", "told:1", "told:2", "told:3", "told:4", "told:5");
        assertThat(held.most).hasValue(3);
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.shapes())
                .extracting(RunRecord.ShapeRecord::payloadsOut)
                .containsExactly(6L, 6L, 6L);
    }

    @Test
    void payloadsGoOnAsTheyAreDoneWhereTheOrderDoesNotMatter() throws Exception {
        CompletableFuture<Boolean> run = begin("""
                shapes:
                  - { id: pull, numbers: { pages: 3 } }
                  - { id: push, parallel: 3, ordered: false, held: {} }
                  - { id: told, send: {} }
                """);
        begun(0, 1, 2);

        for (int n : new int[] {2, 0, 1}) {
            held.let(n);
            Awaitility.await().untilAsserted(() -> assertThat(shapes.effects).contains("told:" + n));
        }

        flows.end(run);
        assertThat(shapes.effects).containsExactly("told:2", "told:0", "told:1");
    }

    @Test
    void whatComesBehindTheStreamWaitsForAllOfIt() throws Exception {
        CompletableFuture<Boolean> run = begin("""
                shapes:
                  - { id: pull, numbers: { pages: 3 } }
                  - { id: push, parallel: 8, held: {} }
                  - { id: said, once: {} }
                  - { id: told, send: {} }
                """);
        begun(0, 1, 2);
        held.let(2, 1);
        Awaitility.await().untilAsserted(() -> assertThat(held.done).hasSize(2));
        assertThat(shapes.effects).isEmpty();

        held.let(0);

        flows.end(run);
        assertThat(shapes.effects).containsExactly("said", "told:0", "told:1", "told:2");
    }

    @Test
    void aShapeInTheWindowOfAnotherOneHasAWindowOfItsOwn() throws Exception {
        held.all();

        RunRecord record = flows.end(begin("""
                shapes:
                  - { id: pull, numbers: { pages: 40 } }
                  - { id: one, parallel: 4, held: {} }
                  - { id: other, parallel: 3, send: {} }
                  - { id: told, send: {} }
                """));

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects.stream().filter(effect -> effect.startsWith("told")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 40).mapToObj(n -> "told:" + n).toList());
    }

    @Test
    void aFailureThatEndsTheRunLetsWhatWasBegunEndAndBeginsNothingNew() throws Exception {
        held.refuse(1);
        CompletableFuture<Boolean> run = begin(SIX);
        begun(0, 1, 2);

        held.let(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(flows.checkpoints.failed).hasSize(1));
        held.let(0, 2);
        RunRecord record = flows.end(run);

        assertThat(held.begun).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(held.done).containsExactlyInAnyOrder(0, 2);
        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(flows.checkpoints.failed)
                .as("what was sent is kept for the shape behind it")
                .extracting(failed -> failed.shape() + " " + failed.state())
                .containsExactlyInAnyOrder(
                        "push " + FailedPayload.State.OPEN,
                        "told " + FailedPayload.State.HELD,
                        "told " + FailedPayload.State.HELD);
    }

    @Test
    void aFailureThatIsSkippedLeavesTheOthersInOrder() throws Exception {
        held.refuse(1);
        held.all();

        RunRecord record = flows.end(begin("""
                shapes:
                  - { id: pull, numbers: { pages: 5 } }
                  - { id: push, parallel: 3, onError: skip, held: {} }
                  - { id: told, send: {} }
                """));

        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(shapes.effects).containsExactly("told:0", "told:2", "told:3", "told:4");
    }

    @Test
    void insideATryPayloadsPassBesideEachOtherAndWhatFailedIsCaught() throws Exception {
        held.refuse(1);
        held.all();

        RunRecord record = flows.end(begin("""
                shapes:
                  - { id: pull, numbers: { pages: 5 } }
                  - id: safely
                    try:
                      shapes: [ { id: push, parallel: 3, held: {} } ]
                      catch: [ { id: caught, send: {} } ]
                  - { id: told, send: {} }
                """));

        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(shapes.effects).containsExactly("caught:1", "told:0", "told:2", "told:3", "told:4", "told:1");
    }

    @Test
    void aWholeTryIsPassedByPayloadsBesideEachOther() throws Exception {
        held.refuse(1);
        CompletableFuture<Boolean> run = begin("""
                shapes:
                  - { id: pull, numbers: { pages: 4 } }
                  - id: safely
                    parallel: 4
                    try:
                      shapes: [ { id: push, held: {} } ]
                      catch: [ { id: caught, send: {} } ]
                  - { id: told, send: {} }
                """);
        begun(0, 1, 2, 3);
        held.all();
        RunRecord record = flows.end(run);

        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(shapes.effects)
                .filteredOn(effect -> effect.startsWith("caught"))
                .containsExactly("caught:1");
        assertThat(shapes.effects)
                .filteredOn(effect -> effect.startsWith("told"))
                .containsExactly("told:0", "told:1", "told:2", "told:3");
    }

    @Test
    void aPageIsDeliveredWhenAllBeforeItAre() throws Exception {
        CompletableFuture<Boolean> run = begin(SIX);
        begun(0, 1, 2);
        held.let(1, 2);
        Awaitility.await().untilAsserted(() -> assertThat(held.done).hasSize(2));

        flows.runner.suspend();
        held.let(0);
        assertThat(run.get()).as("acknowledged").isFalse();
        List<Integer> before = List.copyOf(held.done);
        held.done.clear();
        held.all();
        flows.newLife();
        RunRecord record = flows.end(flows.runner.run(claim(aStart(), 2, 1), Slot.NONE));

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(before).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(held.done).as("what was sent is not sent again").containsExactlyInAnyOrder(3, 4, 5);
        assertThat(shapes.effects).containsExactly("told:0", "told:1", "told:2", "told:3", "told:4", "told:5");
    }

    @Test
    void aSlowPathOfARouteHoldsNoOtherOneUpAndTheOrderBehindItStays() throws Exception {
        CompletableFuture<Boolean> run = begin("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 2 } }
                  - id: paths
                    route:
                      parallel: true
                      paths:
                        - { name: slow, when: { field: n, in: [ 0, 2 ] }, shapes: [ { id: push, held: {} } ] }
                        - { name: quick, otherwise: true, shapes: [ { id: quickly, send: {} } ] }
                  - { id: told, send: {} }
                """);
        begun(0);
        Awaitility.await().untilAsserted(() -> assertThat(shapes.effects).containsExactly("quickly:1"));

        held.all();

        assertThat(flows.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("quickly:1", "told:0", "told:1", "quickly:3", "told:2", "told:3");
    }

    @Test
    void aFailureInOnePathLeavesTheOthersAlone() throws Exception {
        held.refuse(0);
        CompletableFuture<Boolean> run = begin("""
                shapes:
                  - { id: pull, numbers: { size: 2 } }
                  - id: paths
                    route:
                      parallel: true
                      paths:
                        - { name: slow, when: { field: n, is: 0 }, shapes: [ { id: push, onError: skip, held: {} } ] }
                        - { name: quick, otherwise: true, shapes: [ { id: quickly, send: {} } ] }
                  - { id: said, once: {} }
                  - { id: told, send: {} }
                """);
        held.all();

        assertThat(flows.end(run).status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(shapes.effects).containsExactly("quickly:1", "said", "told:1");
    }

    @Test
    void aRunGivesItsPlaceAwayOnlyWhenAllThatItHasOnItsWayWaitsLong() throws Exception {
        Slots slot = new Slots();
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 3 } }
                  - { id: push, parallel: 3, held: {} }
                  - { id: other, parallel: 3, delay: { for: 1h } }
                """);
        CompletableFuture<Boolean> run = flows.runner.run(claim(aStart(), 1, 0), slot);
        begun(0, 1, 2);
        held.let(0, 1);
        Awaitility.await().untilAsserted(() -> assertThat(held.done).hasSize(2));
        assertThat(slot.left).as("one is still sent").hasValue(0);

        held.let(2);
        Awaitility.await().untilAsserted(() -> assertThat(slot.left).hasValue(1));
        flows.runner.running("run-1").stop(RunStatus.STOPPED, "the test ended it");

        assertThat(flows.end(run).status()).isEqualTo(RunStatus.STOPPED);
    }

    /** Counts who leaves, and lets all in again at once. */
    private static final class Slots implements Slot {
        final AtomicInteger left = new AtomicInteger();

        @Override
        public boolean leave() {
            left.incrementAndGet();
            return true;
        }

        @Override
        public void back(Runnable goOn) {
            goOn.run();
        }

        @Override
        public void cut() {}
    }

    @Test
    void whatGivesManyOrWorksOnAllCannotBePassedBesideEachOther() {
        List<Problem> problems = flows.problems("""
                variables: { seen: none }
                shapes:
                  - { id: pull, parallel: 2, numbers: { pages: 2 } }
                  - id: both
                    parallel: 2
                    branch: { paths: [ { name: one, shapes: [ { id: first, send: {} } ] } ] }
                  - { id: said, parallel: 2, once: {} }
                  - { id: kept, parallel: 2, setVariables: { flow: { seen: some } } }
                """);

        assertThat(problems)
                .extracting(Problem::code)
                .containsOnly("NOT_PARALLEL")
                .hasSize(4);
    }
}
