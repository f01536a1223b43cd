package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.run.MemoryCheckpoints;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Slot;
import io.patchbay.shape.Plan;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that the program is told to leave: they are given back, and go on in its next life as if it had crashed. */
class LeftRunTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture(1);
    private final TestShapes shapes = flows.shapes;
    private final MemoryCheckpoints checkpoints = flows.checkpoints;
    private final ExecutorService workers = Executors.newFixedThreadPool(4);

    /** Run when somebody asks for an instant. */
    private volatile Runnable onInstant = () -> {};

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public long millis() {
            return Clock.systemUTC().millis();
        }

        @Override
        public Instant instant() {
            onInstant.run();
            return Clock.systemUTC().instant();
        }
    };

    @BeforeEach
    void start() {
        flows.clock = clock;
        flows.workers = workers;
        flows.types.add(new HangingPages(shapes));
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
        workers.shutdownNow();
    }

    private CompletableFuture<Boolean> run(int life) {
        return CompletableFuture.supplyAsync(() -> flows.runner.run(claim(aStart(), life, 0), Slot.NONE), workers)
                .thenCompose(ended -> ended);
    }

    /** Leaves the run; it must be given back with nothing written of its end. */
    private void leave(CompletableFuture<Boolean> run) throws Exception {
        flows.runner.suspend();
        assertThat(run.get(10, TimeUnit.SECONDS)).as("acknowledged").isFalse();
        assertThat(flows.runner.drain(SOON)).isTrue();
        assertThat(checkpoints.outcomes).isEmpty();
        assertThat(checkpoints.failed).isEmpty();
    }

    private RunRecord goOn() throws Exception {
        shapes.hangs = false;
        flows.newLife();
        assertThat(run(2).get(10, TimeUnit.SECONDS)).isTrue();
        return checkpoints.outcomes.get(0);
    }

    private void untilItHangs() throws InterruptedException {
        assertThat(shapes.hanging.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRunWhoseCallHangsIsGivenBackAndRepeatsNoMoreThanThatCall() throws Exception {
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - { id: first, send: {} }
                  - { id: push, hang: { at: 1 } }
                """);
        CompletableFuture<Boolean> run = run(1);
        untilItHangs();
        assertThat(flows.runner.drain(Duration.ofMillis(1))).as("over").isFalse();

        leave(run);
        RunRecord record = goOn();

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("first:0", "push:0", "first:1", "push:1", "first:2", "push:2");
    }

    @Test
    void aCallThatLeavesRecordsOutWhenItIsCutOffIsNotMarked() throws Exception {
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 2 } }
                  - { id: push, hang: { at: 1, leavesOut: true } }
                """);
        CompletableFuture<Boolean> run = run(1);
        untilItHangs();

        leave(run);
        assertThat(checkpoints.sent).isEmpty();
        goOn();

        assertThat(shapes.effects).as("the call in flight is repeated").containsExactly("push:0", "push:0", "push:1");
    }

    @Test
    void recordsThatAreLeftOutWhileTheRunIsLeftAreNotLost() throws Exception {
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 3 } }
                  - { id: push, onError: skip, parts: { leavesOut: 1 } }
                """);
        flows.redactor = text -> {
            if (text.equals("no")) {
                flows.runner.suspend(); // between the end of the try and the keeping of the record
            }
            return text;
        };

        assertThat(run(1).get(10, TimeUnit.SECONDS)).as("acknowledged").isFalse();
        flows.redactor = text -> text;
        goOn();

        assertThat(shapes.effects).containsExactly("push:0", "push:2");
        assertThat(checkpoints.failed).hasSize(1);
        assertThat(checkpoints.failed.get(0).payload().records()).hasToString("[{\"n\":1}]");
    }

    @Test
    void aCatchDoesNotWorkOnWhatWasCutOff() throws Exception {
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - id: safely
                    try:
                      shapes: [ { id: push, hang: { at: 0 } } ]
                      catch: [ { id: caught, send: {} } ]
                """);
        CompletableFuture<Boolean> run = run(1);
        untilItHangs();

        leave(run);
        goOn();

        assertThat(shapes.effects).containsExactly("push:0", "push:1");
    }

    @Test
    void aPullWhosePageDoesNotComeGoesOnWithThatPage() throws Exception {
        flows.deploy("""
                shapes:
                  - { id: pull, hangingPages: {} }
                  - { id: push, send: {} }
                """);
        CompletableFuture<Boolean> run = run(1);
        untilItHangs();

        leave(run);
        RunRecord record = goOn();

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("push:0", "push:1");
    }

    @Test
    void aRunThatWaitsForAnotherTryIsGivenBackAtOnce() throws Exception {
        shapes.failuresLeft.put("push", new AtomicInteger(1));
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - { id: push, retries: { count: 2, backoff: 5m }, send: { retryable: true } }
                """);
        CompletableFuture<Boolean> run = run(1);
        Awaitility.await().until(() -> shapes.failuresLeft.get("push").get() == 0);

        leave(run);
        RunRecord record = goOn();

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("push:0");
    }

    @Test
    void aRunThatWasStoppedBeforeKeepsItsOwnEnd() throws Exception {
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - { id: push, hang: { at: 0 } }
                """);
        CompletableFuture<Boolean> run = run(1);
        untilItHangs();
        flows.runner.running("run-1").stop(RunStatus.STOPPED, "by hand");

        flows.runner.suspend();

        assertThat(run.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(checkpoints.outcomes).singleElement().satisfies(record -> {
            assertThat(record.status()).isEqualTo(RunStatus.STOPPED);
            assertThat(record.reason()).isEqualTo("by hand");
        });
        assertThat(checkpoints.failed).as("kept for a replay").hasSize(1);
    }

    @Test
    void aCallerHearsAtOnceThatItsRunIsLeft() throws Exception {
        flows.deploy("""
                trigger: [ { callback: { path: f, method: GET, auth: none } } ]
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - { id: push, hang: { at: 0 } }
                  - { id: answer, callback: { answer: one } }
                """);
        CompletableFuture<Plan.Answer> answer = CompletableFuture.supplyAsync(
                        () -> flows.runner.call(aStart()), workers)
                .thenCompose(one -> one);
        untilItHangs();

        flows.runner.suspend();

        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(CancellationException.class)
                .hasMessageContaining("the program was told to stop");
        assertThat(flows.runner.drain(SOON)).isTrue();
        assertThat(flows.runner.call(aStart())).as("later callers hear so, too").isCompletedExceptionally();
    }

    @Test
    void aRunLeavesItsSlotForALongWaitAndGoesOnOnlyWhenItHasOneAgain() throws Exception {
        shapes.failuresLeft.put("push", new AtomicInteger(2));
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - { id: push, retries: { count: 2, backoff: 1s, factor: 3 }, send: { retryable: true } }
                """);
        BlockingQueue<Runnable> back = new LinkedBlockingQueue<>();
        AtomicInteger leaves = new AtomicInteger();
        Slot slot = new Slot() {
            @Override
            public boolean leave() {
                leaves.incrementAndGet();
                return true;
            }

            @Override
            public void back(Runnable goOn) {
                back.add(goOn);
            }

            @Override
            public void cut() {}
        };
        CompletableFuture<Boolean> run = flows.runner.run(claim(aStart(), 1, 0), slot);

        Runnable goOn = back.poll(10, TimeUnit.SECONDS);
        assertThat(goOn).isNotNull();
        assertThat(leaves).as("not for the wait of a second, for that of three").hasValue(1);
        assertThat(shapes.effects).isEmpty();
        goOn.run();

        assertThat(run.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(shapes.effects).containsExactly("push:0");
    }

    @Test
    void aRunThatIsLeftWhileItIsAwayWaitsForNoSlot() throws Exception {
        shapes.failuresLeft.put("push", new AtomicInteger(1));
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - { id: push, retries: { count: 2, backoff: 5m }, send: { retryable: true } }
                """);
        AtomicInteger cuts = new AtomicInteger();
        Slot slot = new Slot() {
            @Override
            public boolean leave() {
                return true;
            }

            @Override
            public void back(Runnable goOn) {
                assertThat(cuts).as("told before").hasValue(1);
                goOn.run();
            }

            @Override
            public void cut() {
                cuts.incrementAndGet();
            }
        };

        leave(flows.runner.run(claim(aStart(), 1, 0), slot));

        assertThat(cuts).hasValue(1);
    }

    @Test
    void theRecordOfARunThatGoesOnSaysThatItsCountsAreOfThisPartAloneAndHasTheLogOfThePartBefore() throws Exception {
        shapes.failuresLeft.put("first", new AtomicInteger(1));
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 1 } }
                  - { id: first, retries: { count: 2, backoff: 1ms }, send: { retryable: true } }
                  - { id: push, hang: { at: 2 } }
                """);
        CompletableFuture<Boolean> run = run(1);
        untilItHangs();

        leave(run);
        RunRecord record = goOn();

        assertThat(record.shapes().get(1).payloadsOut()).isLessThan(3);
        assertThat(record.logs().get(0).shape()).as("of the part before").isEqualTo("first");
        assertThat(record.logs())
                .extracting(RunRecord.LogLine::text)
                .contains(
                        "taken up again after the program left it in order",
                        "goes on from its checkpoints; counts are of this part alone");
    }

    @Test
    void anAnswerThatIsBeingGivenWhenTheRunIsLeftIsGiven() throws Exception {
        flows.deploy("""
                trigger: [ { callback: { path: f, method: GET, auth: none } } ]
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - { id: answer, callback: { answer: one } }
                """);
        flows.beforeAnswer = () -> flows.runner.suspend();

        Plan.Answer answer = flows.runner.call(aStart()).get(10, TimeUnit.SECONDS);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aRunThatIsDoneWhenItIsLeftKeepsItsEnd() throws Exception {
        flows.deploy("""
                settings: { capture: { payloads: none } }
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - { id: push, send: {} }
                """);
        onInstant = () -> {
            if (shapes.effects.contains("push:0")) {
                onInstant = () -> {};
                flows.runner.suspend(); // when it ends and looks at the clock
            }
        };

        assertThat(run(1).get(10, TimeUnit.SECONDS)).isTrue();

        assertThat(checkpoints.outcomes).singleElement().satisfies(record -> {
            assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(record.reason()).isNull();
        });
    }

    @Test
    void aPartThatAGivenUpTryMadeIsMarkedWhenTheRunIsLeftBeforeTheNextTry() throws Exception {
        flows.deploy("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 1 } }
                  - { id: push, timeout: 100ms, retries: { count: 1, backoff: 5m }, late: {} }
                """);
        CompletableFuture<Boolean> run = run(1);
        assertThat(shapes.lateMade.await(10, TimeUnit.SECONDS)).isTrue();

        leave(run);
        goOn();

        assertThat(shapes.effects).containsExactly("push in try 1");
    }
}
