package io.patchbay.trigger.file;

import static io.patchbay.trigger.file.Arrivals.ARCHIVED;
import static io.patchbay.trigger.file.Arrivals.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Body;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Overlap;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueueFullException;
import io.patchbay.queue.QueueProperties;
import io.patchbay.queue.Start;
import io.patchbay.queue.StartQueue;
import io.patchbay.queue.TableQueue;
import io.patchbay.trigger.file.Outcomes.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A watch starts one run of a file, over restarts, crashes, other replicas and a full queue. */
class WatchOnceTest extends InboxWatch {

    @Test
    void startsAgainForANewFileOfTheSameName() throws Exception {
        Watch watch = watchThatTookAFile(null);
        arrivals.put("a.csv", "2", EARLIER);
        arrivals.settleAndLook(watch);

        assertThat(arrivals.started).extracting(Arrivals.Started::text).containsExactly("1", "2");
        assertThat(arrivals.started).extracting(Arrivals.Started::id).doesNotHaveDuplicates();
    }

    /** Somebody puts a file from the archive back, unchanged down to its time, to have it worked on again. */
    @Test
    void startsAgainForAFileThatCameBackFromTheArchive() throws Exception {
        Watch watch = watchThatTookAFile(ARCHIVED);
        endAndLook(watch, Outcome.SUCCEEDED);
        Files.move(arrivals.inbox.resolve("archive/a.csv"), arrivals.inbox.resolve("a.csv"));
        arrivals.settleAndLook(watch);

        assertThat(arrivals.names()).containsExactly("a.csv", "a.csv");
        assertThat(arrivals.started).extracting(Arrivals.Started::id).doesNotHaveDuplicates();
    }

    @Test
    void readsTimesThatDifferByLessThanAMillisecondAsOne() throws Exception {
        arrivals.put("a.csv", "1", EARLIER.plusNanos(1_000_001));
        Watch watch = arrivals.watch(trigger(null));
        arrivals.settleAndLook(watch);
        Files.setLastModifiedTime(arrivals.inbox.resolve("a.csv"), FileTime.from(EARLIER.plusNanos(1_999_999)));
        arrivals.settleAndLook(watch);

        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void remembersWhatItTookOverARestart() throws Exception {
        arrivals.put("a.csv", "1");
        arrivals.settleAndLook(arrivals.watch(trigger(null)));
        arrivals.settleAndLook(arrivals.watch(trigger(null)));

        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void doesNotTakeFilesAgainThatWereAwayForAWhile() throws Exception {
        Watch watch = watchThatTookAFile(null);
        Path away = Files.move(arrivals.inbox.resolve("a.csv"), home.resolve("a.csv"));
        look(watch);
        forward(Duration.ofHours(23));
        look(watch);
        Files.move(away, arrivals.inbox.resolve("a.csv"));
        arrivals.settleAndLook(watch);

        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void forgetsFilesThatAreGoneForADay() throws Exception {
        Watch watch = watchThatTookAFile(null);
        Files.delete(arrivals.inbox.resolve("a.csv"));
        look(watch);
        forward(Duration.ofDays(1));
        look(watch);

        assertThat(new TakenFiles(arrivals.store.database().dataSource(), "orders", trigger(null)).all())
                .isEmpty();
    }

    @Test
    void leavesAFolderToTheReplicaThatHasItUntilItsLeaseEnds() throws Exception {
        arrivals.put("a.csv", "1");
        Watch one = arrivals.watch(trigger(null), arrivals.parts(arrivals::folder, "one"));
        Watch two = arrivals.watch(trigger(null), arrivals.parts(arrivals::folder, "two"));
        look(one);
        arrivals.settleAndLook(two);
        assertThat(arrivals.started).isEmpty();

        forward(Duration.ofSeconds(61));
        arrivals.settleAndLook(two);
        assertThat(arrivals.started).hasSize(1);
        forward(Duration.ofSeconds(61));
        arrivals.settleAndLook(one);
        assertThat(arrivals.started).as("what another replica took is taken").hasSize(1);
    }

    @Test
    void writesNoSecondStartAfterACrashBetweenStartAndRow() throws Exception {
        arrivals.put("a.csv", "1");
        arrivals.onStart = start -> CompletableFuture.failedFuture(new IllegalStateException("the program ended here"));
        arrivals.settleAndLook(arrivals.watch(trigger(null)));
        arrivals.onStart = start -> CompletableFuture.completedFuture(start.id());
        Watch afterwards = arrivals.watch(trigger(null));
        arrivals.settleAndLook(afterwards);
        look(afterwards);

        assertThat(arrivals.started).hasSize(2);
        assertThat(arrivals.started)
                .extracting(Arrivals.Started::id)
                .containsOnly(arrivals.started.get(0).id());
    }

    /** The queue itself is asked, also after the run has ended. */
    @Test
    void theQueueHasOneStartOfAFileThatIsTakenTwice() throws Exception {
        arrivals.put("a.csv", "x".repeat(100_000));
        try (TableQueue queue = new TableQueue(arrivals.store, QueueProperties.defaults(), arrivals.clock)) {
            queue.policies(Map.of("orders", new StartQueue.Policy(Overlap.QUEUE, 1, "rev1")));
            arrivals.onStart = start -> queue.accept(new Start(
                            start.id(),
                            start.flow(),
                            start.trigger(),
                            Priority.REGULAR,
                            arrivals.clock.instant(),
                            start.body(),
                            start.meta(),
                            null,
                            null))
                    .thenCompose(written -> CompletableFuture.failedFuture(new IllegalStateException("a crash")));
            arrivals.settleAndLook(arrivals.watch(trigger(null)));
            forward(Duration.ofMinutes(5));
            arrivals.settleAndLook(arrivals.watch(trigger(null)));
            assertThat(queue.queued("orders")).isEqualTo(1);

            Claim claim = queue.claim(1).get(0);
            arrivals.store.commits().write(queue.acknowledge(claim)).get();
            forward(Duration.ofMinutes(5));
            arrivals.settleAndLook(arrivals.watch(trigger(null)));

            assertThat(queue.queued("orders")).isZero();
            assertThat(arrivals.started).hasSize(3);
        }
    }

    @Test
    void leavesFilesForLaterWhileTheQueueIsFull() throws Exception {
        arrivals.put("a.csv", "1");
        arrivals.put("b.csv", "x".repeat(100_000));
        arrivals.onStart =
                start -> CompletableFuture.failedFuture(new QueueFullException("full", Duration.ofSeconds(2)));
        Watch watch = arrivals.watch(trigger(ARCHIVED));
        arrivals.settleAndLook(watch);
        look(watch);
        assertThat(arrivals.started).as("it does not ask again at once").hasSize(1);

        arrivals.onStart = start -> CompletableFuture.completedFuture(start.id());
        forward(Duration.ofSeconds(5));
        look(watch);

        assertThat(arrivals.names()).containsExactly("a.csv", "a.csv", "b.csv");
        assertThat(arrivals.started.get(0).id())
                .isEqualTo(arrivals.started.get(1).id());
    }

    @Test
    void keepsNoBodyThatTheQueueDidNotTake() throws Exception {
        arrivals.put("b.csv", "x".repeat(100_000));
        arrivals.onStart =
                start -> CompletableFuture.failedFuture(new QueueFullException("full", Duration.ofSeconds(2)));
        arrivals.settleAndLook(arrivals.watch(trigger(null)));

        assertThat(((Body.Stored) arrivals.started.get(0).body()).file()).doesNotExist();
    }
}
