package io.patchbay.queue;

import static io.patchbay.queue.Starts.PARALLEL;
import static io.patchbay.queue.Starts.accept;
import static io.patchbay.queue.Starts.end;
import static io.patchbay.queue.Starts.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.payload.Body;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.store.BodyFiles;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class TableQueueTest {

    private static final QueueProperties BOUNDS =
            new QueueProperties(1_000, 100, DataSize.ofMegabytes(10), Duration.ofMinutes(1), Duration.ofSeconds(30), 3);

    @TempDir
    Path data;

    Store store;
    TableQueue queue;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
        queue = new TableQueue(store, BOUNDS, Clock.systemUTC());
        queue.policies(Map.of("a", PARALLEL, "one", new Policy(Overlap.QUEUE, 1, "rev1")));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    /** As after a crash: what was claimed stays so in the database. */
    private void crash() throws Exception {
        store.close();
        open();
    }

    @Test
    void givesAStartBackAsItWasAcceptedUnderTheRevisionOfTheClaim() throws Exception {
        Start start = Starts.of("a", "webhook");
        assertThat(accept(queue, start)).isTrue();
        assertThat(queue.queued("a")).isEqualTo(1);
        Claim claim = queue.claim(10).get(0);
        assertThat(claim.start().id()).isEqualTo(start.id());
        assertThat(claim.start().queuedAt().toEpochMilli())
                .isEqualTo(start.queuedAt().toEpochMilli());
        assertThat(claim.start().meta()).isEqualTo(start.meta());
        assertThat(claim.start().revision()).isEqualTo("rev1");
        assertThat(((Body.Bytes) claim.start().body()).bytes()).asString().isEqualTo("{\"n\":1}");
        assertThat(claim.epoch()).isEqualTo(1);
        assertThat(claim.crashes()).isZero();
        end(store, queue, claim).get(10, TimeUnit.SECONDS);
        assertThat(queue.queued()).isEmpty();
        assertThat(queue.lists().find(start.id())).isEmpty();
    }

    @Test
    void keepsTheOrderOfOneFlow() throws Exception {
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Start start = Starts.of("one", "webhook");
            accept(queue, start);
            accepted.add(start.id());
        }
        List<String> claimed = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            List<Claim> claims = queue.claim(10);
            assertThat(claims).hasSize(1);
            claimed.addAll(ids(claims));
            end(store, queue, claims.get(0)).get(10, TimeUnit.SECONDS);
        }
        assertThat(claimed).isEqualTo(accepted);
    }

    @Test
    void aScheduleUnderLatestReplacesTheOneThatWaitsAndNothingElse() throws Exception {
        queue.policies(Map.of("a", new Policy(Overlap.LATEST, 1, "rev1")));
        Start running = Starts.of("a", "schedule");
        accept(queue, running);
        Claim claim = queue.claim(10).get(0);
        Start hook = Starts.of("a", "webhook");
        accept(queue, hook);
        Start first = Starts.of("a", "schedule", new Body.Bytes(new byte[BodyFiles.INLINE], "x/y"));
        accept(queue, first);
        Start second = Starts.of("a", "schedule");
        assertThat(accept(queue, second)).isTrue();
        assertThat(queue.claim(10)).as("one run at a time").isEmpty();
        assertThat(queue.queued("a")).isEqualTo(2);
        assertThat(queue.lists().find(first.id())).isEmpty();
        assertThat(bodyFiles()).isZero();
        end(store, queue, claim).get(10, TimeUnit.SECONDS);
        assertThat(ids(queue.claim(10))).containsExactly(hook.id());
    }

    @Test
    void aScheduleUnderSkipIsLeftOutWhileOneWaitsOrRuns() throws Exception {
        queue.policies(Map.of("a", new Policy(Overlap.SKIP, 1, "rev1")));
        assertThat(accept(queue, Starts.of("a", "schedule"))).isTrue();
        assertThat(accept(queue, Starts.of("a", "schedule"))).as("one waits").isFalse();
        Claim claim = queue.claim(10).get(0);
        assertThat(accept(queue, Starts.of("a", "schedule"))).as("one runs").isFalse();
        assertThat(accept(queue, Starts.of("a", "webhook")))
                .as("not a schedule")
                .isTrue();
        end(store, queue, claim).get(10, TimeUnit.SECONDS);
        end(store, queue, queue.claim(10).get(0)).get(10, TimeUnit.SECONDS);
        assertThat(accept(queue, Starts.of("a", "schedule"))).isTrue();
        assertThat(queue.queued("a")).isEqualTo(1);
    }

    @Test
    void startsOfAFlowThatIsGoneAreHeldAndGoOnWhenItComesBack() throws Exception {
        Start start = Starts.of("late", "webhook");
        accept(queue, start);
        assertThat(queue.claim(10)).isEmpty();
        assertThat(queue.lists().list("late", QueuedStart.State.WAITING, null, 10))
                .hasSize(1);
        AtomicInteger signals = new AtomicInteger();
        queue.onWork(signals::incrementAndGet);
        queue.policies(Map.of("late", PARALLEL));
        assertThat(signals.get()).isPositive();
        assertThat(ids(queue.claim(10))).containsExactly(start.id());
    }

    @Test
    void refusesTheStartThatIsOneTooManyAndWritesNothingOfIt() throws Exception {
        for (int i = 0; i < 100; i++) {
            accept(queue, Starts.of("a", "webhook"));
        }
        Start tooMany = Starts.of("a", "webhook", new Body.Bytes(new byte[BodyFiles.INLINE], "x/y"));
        assertThatThrownBy(() -> accept(queue, tooMany)).hasCauseInstanceOf(QueueFullException.class);
        assertThat(queue.lists().find(tooMany.id())).isEmpty();
        assertThat(bodyFiles()).isZero();
        assertThat(accept(queue, Starts.of("one", "webhook")))
                .as("another flow")
                .isTrue();
        queue.claim(1);
        assertThat(accept(queue, Starts.of("a", "webhook")))
                .as("there is room again")
                .isTrue();
    }

    @Test
    void aLargeBodyIsAFileUntilItsStartEnds() throws Exception {
        accept(queue, Starts.of("a", "webhook", new Body.Bytes(new byte[200_000], "text/plain")));
        assertThat(bodyFiles()).isEqualTo(1);
        Claim claim = queue.claim(1).get(0);
        Body.Stored stored = (Body.Stored) claim.start().body();
        assertThat(stored.file()).hasSize(200_000);
        assertThat(stored.contentType()).isEqualTo("text/plain");
        end(store, queue, claim).get(10, TimeUnit.SECONDS);
        assertThat(bodyFiles()).isZero();
    }

    @Test
    void aTreeIsKeptAsJsonAndNoBodyStaysNone() throws Exception {
        accept(
                queue,
                Starts.of(
                        "one",
                        "api",
                        new Body.Tree(JsonNodeFactory.instance.objectNode().put("n", 7))));
        accept(queue, Starts.of("one", "schedule", Body.EMPTY));
        Claim first = queue.claim(1).get(0);
        assertThat(((Body.Bytes) first.start().body()).bytes()).asString().isEqualTo("{\"n\":7}");
        assertThat(first.start().body().contentType()).isEqualTo("application/json");
        end(store, queue, first).get(10, TimeUnit.SECONDS);
        assertThat(queue.claim(1).get(0).start().body()).isEqualTo(Body.EMPTY);
    }

    @Test
    void aStartWithTheSameIdIsWrittenOnceEvenAfterItEnded() throws Exception {
        Start start = Starts.of("a", "file");
        assertThat(accept(queue, start)).isTrue();
        assertThat(accept(queue, start)).isTrue();
        assertThat(queue.queued("a")).isEqualTo(1);
        end(store, queue, queue.claim(10).get(0)).get(10, TimeUnit.SECONDS);
        assertThat(accept(queue, start)).isTrue();
        crash();
        assertThat(accept(queue, start)).isTrue();
        assertThat(queue.claim(10)).isEmpty();
    }

    @Test
    void aReleasedClaimIsClaimedAgainUnderANewEpochAndTheOldOneIsFencedOff() throws Exception {
        accept(queue, Starts.of("a", "webhook"));
        Claim old = queue.claim(1).get(0);
        queue.release(old).get(10, TimeUnit.SECONDS);
        assertThat(queue.claim(1))
                .as("not at once: it may be given back for ever")
                .isEmpty();
        List<Claim> later = new ArrayList<>();
        org.awaitility.Awaitility.await().until(() -> later.addAll(queue.claim(1)));
        Claim again = later.get(0);
        assertThat(again.start().id()).isEqualTo(old.start().id());
        assertThat(again.epoch()).isEqualTo(2);
        assertThat(again.crashes()).isZero();
        assertThatThrownBy(() -> end(store, queue, old).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StaleClaimException.class);
        end(store, queue, again).get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> end(store, queue, again).get(10, TimeUnit.SECONDS))
                .as("twice")
                .hasCauseInstanceOf(StaleClaimException.class);
    }

    @Test
    void whatWasClaimedComesBackAfterACrashUnderItsRevisionAndIsPutAsideAfterThree() throws Exception {
        Start start = Starts.of("a", "webhook");
        accept(queue, start);
        for (int crashes = 0; crashes < 3; crashes++) {
            queue.policies(Map.of("a", new Policy(Overlap.QUEUE, 1, "rev" + crashes)));
            Claim claim = queue.claim(10).get(0);
            assertThat(claim.crashes()).isEqualTo(crashes);
            assertThat(claim.start().revision())
                    .as("the revision that it began with")
                    .isEqualTo("rev0");
            crash();
        }
        assertThat(queue.claim(10)).isEmpty();
        QueuedStart aside = queue.lists()
                .list(null, QueuedStart.State.QUARANTINED, null, 10)
                .get(0);
        assertThat(aside.id()).isEqualTo(start.id());
        assertThat(aside.crashes()).isEqualTo(3);
        assertThat(queue.lists().quarantined()).isEqualTo(Map.of("a", 1L));
        assertThat(queue.lists().retry(start.id()).get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.claim(10).get(0).crashes()).isZero();
    }

    @Test
    void aStartThatGotFurtherIsNotBlamedForTheCrashesBefore() throws Exception {
        Start start = Starts.of("a", "webhook");
        accept(queue, start);
        for (int crashes = 0; crashes < 5; crashes++) {
            Claim claim = queue.claim(10).get(0);
            assertThat(claim.crashes()).isEqualTo(crashes);
            store.commits().write(queue.progressed(start.id())).get(10, TimeUnit.SECONDS);
            crash();
        }
        assertThat(ids(queue.claim(10))).containsExactly(start.id());
    }

    @Test
    void ofStartsThatWereInTwoCrashesOneAtATimeGetsItsLastChance() throws Exception {
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Start start = Starts.of("a", "webhook");
            accept(queue, start);
            accepted.add(start.id());
        }
        queue.claim(10);
        crash();
        queue.claim(10);
        crash();
        Start young = Starts.of("a", "webhook");
        accept(queue, young);

        List<Claim> claims = queue.claim(10);
        assertThat(ids(claims)).containsExactly(accepted.get(0), young.id());
        crash();

        assertThat(queue.lists().list(null, QueuedStart.State.QUARANTINED, null, 10))
                .as("only the one that ran")
                .extracting(QueuedStart::id)
                .containsExactly(accepted.get(0));
        claims = queue.claim(10);
        assertThat(ids(claims)).containsExactly(accepted.get(1), young.id());
        end(store, queue, claims.get(0)).get(10, TimeUnit.SECONDS);
        assertThat(claimSoon()).isEqualTo(accepted.get(2));
    }

    private String claimSoon() {
        return org.awaitility.Awaitility.await()
                .until(() -> queue.claim(10), claims -> !claims.isEmpty())
                .get(0)
                .start()
                .id();
    }

    @Test
    void anOrderlyEndIsNoCrash() throws Exception {
        accept(queue, Starts.of("a", "webhook"));
        queue.claim(10);
        queue.close();
        crash();
        Claim claim = queue.claim(10).get(0);
        assertThat(claim.crashes()).isZero();
        assertThat(claim.epoch()).isEqualTo(2);
    }

    @Test
    void aStartWithAnotherPriorityGoesBeforeOrBehindOthersOfItsFlow() throws Exception {
        Start first = Starts.of("a", "webhook");
        Start second = Starts.of("a", "webhook");
        Start third = Starts.of("a", "webhook");
        accept(queue, first);
        accept(queue, second);
        accept(queue, third);

        assertThat(queue.lists().prioritise(third.id(), Priority.HIGHEST).get()).isTrue();
        assertThat(queue.lists().prioritise(first.id(), Priority.LOWEST).get()).isTrue();

        assertThat(queue.lists().find(third.id()).orElseThrow().priority()).isEqualTo(Priority.HIGHEST);
        assertThat(queue.queued("a")).isEqualTo(3);
        Claim claim = queue.claim(1).get(0);
        assertThat(claim.start().id()).isEqualTo(third.id());
        assertThat(claim.start().priority()).isEqualTo(Priority.HIGHEST);
        assertThat(queue.lists().prioritise(third.id(), Priority.LOW).get()).isFalse();
        assertThat(queue.lists().prioritise("none", Priority.LOW).get()).isFalse();
        assertThat(queue.claim(2)).extracting(one -> one.start().id()).containsExactly(second.id(), first.id());
    }

    @Test
    void aDiscardedStartIsGoneButOneThatRunsIsNot() throws Exception {
        Start start = Starts.of("a", "webhook");
        accept(queue, start);
        assertThat(queue.lists().discard(start.id()).get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.queued("a")).isZero();
        assertThat(queue.claim(10)).isEmpty();
        accept(queue, Starts.of("a", "webhook"));
        Claim claim = queue.claim(10).get(0);
        assertThat(queue.lists().discard(claim.start().id()).get(10, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void acceptsAndClaimsNothingWhileTheDiskIsFull() throws Exception {
        accept(queue, Starts.of("a", "webhook"));
        store.disk().failed(new java.io.IOException("No space left on device"));
        assertThatThrownBy(() -> accept(queue, Starts.of("a", "webhook")))
                .hasCauseInstanceOf(IntakeRefusedException.class);
        assertThat(queue.claim(10)).isEmpty();
    }

    @Test
    void countsAreRightAgainAfterAReopening() throws Exception {
        for (int i = 0; i < 50; i++) {
            accept(queue, Starts.of("a", "webhook"));
        }
        queue.claim(10);
        crash();
        assertThat(queue.queued("a")).isEqualTo(50);
        assertThat(queue.claim(100)).hasSize(50);
    }

    @Test
    void manyCallersAndOneDispatcherLoseAndDoubleNothing() throws Exception {
        List<CompletableFuture<Boolean>> accepts = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<String> claimed = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            for (String flow : List.of("a", "b", "c")) {
                Start start = Starts.of(flow, "webhook");
                ids.add(start.id());
                accepts.add(queue.accept(start));
            }
        }
        queue.policies(Map.of("a", PARALLEL, "b", PARALLEL, "c", PARALLEL));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (claimed.size() < ids.size() && System.nanoTime() < until) {
            List<Claim> claims = queue.claim(16);
            claimed.addAll(ids(claims));
            for (Claim claim : claims) {
                end(store, queue, claim).get(10, TimeUnit.SECONDS);
            }
        }
        for (CompletableFuture<Boolean> accept : accepts) {
            assertThat(accept.get(1, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(queue.queued()).isEmpty();
    }

    private long bodyFiles() throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("bodies"))) {
            return files.count();
        }
    }

    @Test
    void aScheduleDoesNotTakeThePlaceOfAStartThatARunBeganAndGaveBack() throws Exception {
        queue.policies(Map.of("a", new Policy(Overlap.LATEST, 1, "rev1")));
        Start begun = Starts.of("a", "schedule");
        accept(queue, begun);
        queue.release(queue.claim(10).get(0)).get(10, TimeUnit.SECONDS);
        Start next = Starts.of("a", "schedule");
        accept(queue, next);
        Start newest = Starts.of("a", "schedule");
        accept(queue, newest);

        Claim first = queue.claim(10).get(0);
        assertThat(first.start().id()).isEqualTo(begun.id());
        Starts.end(store, queue, first).get(10, TimeUnit.SECONDS);
        assertThat(ids(queue.claim(10))).containsExactly(newest.id());
    }
}
