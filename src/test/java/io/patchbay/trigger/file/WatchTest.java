package io.patchbay.trigger.file;

import static io.patchbay.trigger.file.Arrivals.ARCHIVED;
import static io.patchbay.trigger.file.Arrivals.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Overlap;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueueFullException;
import io.patchbay.queue.QueueProperties;
import io.patchbay.queue.Start;
import io.patchbay.queue.StartQueue;
import io.patchbay.queue.TableQueue;
import io.patchbay.trigger.FileArrival;
import io.patchbay.trigger.FileArrival.Fate;
import io.patchbay.trigger.FileArrival.Order;
import io.patchbay.trigger.FileArrival.Then;
import io.patchbay.trigger.file.Outcomes.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** One watch on a folder of this machine; the clock goes when the test says so. */
class WatchTest {

    private static final Instant EARLIER = Instant.parse("2026-02-27T08:00:00Z");

    @TempDir
    private Path home;

    private Arrivals arrivals;

    @BeforeEach
    void open() throws Exception {
        arrivals = new Arrivals(home);
    }

    @AfterEach
    void close() throws Exception {
        arrivals.close();
    }

    private void look(Watch watch) {
        watch.look(new Look());
    }

    private void forward(Duration by) {
        arrivals.clock.forward(by);
    }

    private List<String> in(String folder) throws IOException {
        Path path = arrivals.inbox.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void takesAFileOnceWithItsContentAndName() throws Exception {
        arrivals.put("orders.json", "[{\"n\":1}]");
        Watch watch = arrivals.watch(trigger(null));
        arrivals.settleAndLook(watch);
        look(watch);

        assertThat(arrivals.started).singleElement().satisfies(start -> {
            assertThat(start.text()).isEqualTo("[{\"n\":1}]");
            assertThat(start.body().contentType()).isEqualTo("application/json");
            assertThat(start.flow()).isEqualTo("orders");
            assertThat(start.trigger()).isEqualTo("file");
            assertThat(start.meta())
                    .isEqualTo(Map.of(
                            "file.name", "orders.json",
                            "file.path", "orders.json",
                            "file.size", "9",
                            "file.modified", "2026-02-27T08:15:30Z"));
        });
        assertThat(in(".")).containsExactly("orders.json");
    }

    @Test
    void knowsTheMediaTypeByTheEnding() throws Exception {
        for (String ending : List.of("json", "csv", "xml", "ndjson", "dat")) {
            arrivals.put("a." + ending, "1");
        }
        arrivals.settleAndLook(arrivals.watch(trigger(null)));

        assertThat(arrivals.started)
                .extracting(start -> start.name() + " " + start.body().contentType())
                .containsExactly(
                        "a.csv text/csv",
                        "a.dat application/octet-stream",
                        "a.json application/json",
                        "a.ndjson application/x-ndjson",
                        "a.xml application/xml");
    }

    @Test
    void leavesAFileThatStillChanges() throws Exception {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(null));
        look(watch);
        forward(Duration.ofSeconds(29));
        look(watch);
        assertThat(arrivals.started).isEmpty();

        arrivals.put("a.csv", "1,2");
        forward(Duration.ofSeconds(10));
        look(watch);
        forward(Duration.ofSeconds(29));
        look(watch);
        assertThat(arrivals.started).isEmpty();

        forward(Duration.ofSeconds(1));
        look(watch);
        assertThat(arrivals.started)
                .singleElement()
                .satisfies(start -> assertThat(start.text()).isEqualTo("1,2"));
    }

    @Test
    void movesAFileWhenItsRunHasSucceededAndNotBefore() throws Exception {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(ARCHIVED));
        arrivals.settleAndLook(watch);
        look(watch);
        assertThat(in(".")).containsExactly("a.csv");

        arrivals.end("a.csv", Outcome.SUCCEEDED);
        look(watch);

        assertThat(in(".")).isEmpty();
        assertThat(in("archive")).containsExactly("a.csv");
        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void movesAFileWhoseRunFailedToItsOwnFolder() throws Exception {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(ARCHIVED));
        arrivals.settleAndLook(watch);
        arrivals.end("a.csv", Outcome.FAILED);
        look(watch);

        assertThat(in("failed")).containsExactly("a.csv");
        assertThat(in("archive")).isEmpty();
    }

    @Test
    void deletesAFileWhenItsRunHasSucceeded() throws Exception {
        arrivals.put("a.csv", "1");
        arrivals.put("b.csv", "2");
        Watch watch = arrivals.watch(trigger(new Then(new Fate(null, true), null)));
        arrivals.settleAndLook(watch);
        arrivals.end("a.csv", Outcome.SUCCEEDED);
        arrivals.end("b.csv", Outcome.FAILED);
        look(watch);
        look(watch);

        assertThat(in(".")).as("what failed stays").containsExactly("b.csv");
        assertThat(arrivals.started).hasSize(2);
    }

    @Test
    void keepsBothWhenANameIsInTheArchiveAlready() throws Exception {
        Files.createDirectories(arrivals.inbox.resolve("archive"));
        arrivals.put("archive/a.csv", "old");
        arrivals.put("a.csv", "new");
        Watch watch = arrivals.watch(trigger(ARCHIVED));
        arrivals.settleAndLook(watch);
        arrivals.end("a.csv", Outcome.SUCCEEDED);
        look(watch);

        String run = arrivals.started.get(0).id();
        assertThat(in("archive")).containsExactlyInAnyOrder("a.csv", "a-" + run + ".csv");
        assertThat(arrivals.inbox.resolve("archive/a.csv")).hasContent("old");
    }

    @Test
    void triesAMoveAgainThatDidNotWork() throws Exception {
        Files.writeString(arrivals.inbox.resolve("archive"), "a file where the folder should be");
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(patterned("*.csv", ARCHIVED));
        arrivals.settleAndLook(watch);
        arrivals.end("a.csv", Outcome.SUCCEEDED);
        look(watch);
        assertThat(in(".")).contains("a.csv");

        Files.delete(arrivals.inbox.resolve("archive"));
        arrivals.outcomes.clear(); // how the run ended is remembered
        look(watch);

        assertThat(in("archive")).containsExactly("a.csv");
        assertThat(arrivals.started).hasSize(1);
    }

    private static FileArrival patterned(String pattern, Then then) {
        FileArrival all = trigger(then);
        return new FileArrival(
                all.instance(), all.path(), pattern, all.order(), all.every(), all.stableFor(), all.maxSize(), then);
    }

    @Test
    void takesOnlyWhatThePatternMeans() throws Exception {
        for (String name : List.of("a.csv", "b.json", "c.txt", ".hidden.csv")) {
            arrivals.put(name, "1");
        }
        arrivals.settleAndLook(arrivals.watch(patterned("*.{csv,json}", null)));

        assertThat(arrivals.names()).containsExactly("a.csv", "b.json");
    }

    @Test
    void startsAgainForANewFileOfTheSameName() throws Exception {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(null));
        arrivals.settleAndLook(watch);
        arrivals.put("a.csv", "2", EARLIER);
        arrivals.settleAndLook(watch);

        assertThat(arrivals.started).extracting(Arrivals.Started::text).containsExactly("1", "2");
        assertThat(arrivals.started).extracting(Arrivals.Started::id).doesNotHaveDuplicates();
    }

    /** Somebody puts a file from the archive back, unchanged down to its time, to have it worked on again. */
    @Test
    void startsAgainForAFileThatCameBackFromTheArchive() throws Exception {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(ARCHIVED));
        arrivals.settleAndLook(watch);
        arrivals.end("a.csv", Outcome.SUCCEEDED);
        look(watch);
        Files.move(arrivals.inbox.resolve("archive/a.csv"), arrivals.inbox.resolve("a.csv"));
        arrivals.settleAndLook(watch);

        assertThat(arrivals.names()).containsExactly("a.csv", "a.csv");
        assertThat(arrivals.started).extracting(Arrivals.Started::id).doesNotHaveDuplicates();
    }

    @Test
    void doesNotLetAReplacedFileGoWithTheRunOfTheOldOne() throws Exception {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(ARCHIVED));
        arrivals.settleAndLook(watch);
        arrivals.put("a.csv", "2", EARLIER);
        arrivals.end("a.csv", Outcome.SUCCEEDED);
        look(watch);
        assertThat(in(".")).containsExactly("a.csv");

        forward(Duration.ofSeconds(30));
        look(watch);
        assertThat(arrivals.started).hasSize(2);
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
    void remembersWhatItTookOverARestart() throws Exception {
        arrivals.put("a.csv", "1");
        arrivals.settleAndLook(arrivals.watch(trigger(null)));
        arrivals.settleAndLook(arrivals.watch(trigger(null)));

        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void doesNotTakeFilesAgainThatWereAwayForAWhile() throws Exception {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(null));
        arrivals.settleAndLook(watch);
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
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(null));
        arrivals.settleAndLook(watch);
        Files.delete(arrivals.inbox.resolve("a.csv"));
        look(watch);
        forward(Duration.ofDays(1));
        look(watch);

        assertThat(new TakenFiles(arrivals.store.database().dataSource(), "orders", trigger(null)).all())
                .isEmpty();
    }

    @Test
    void putsAFileAsideThatIsTooLarge() throws Exception {
        arrivals.put("large.csv", "12345678901");
        arrivals.put("small.csv", "1234567890");
        Watch watch = arrivals.watch(trigger("inbox", Order.NAME, DataSize.ofBytes(10), ARCHIVED));
        arrivals.settleAndLook(watch);
        look(watch);

        assertThat(arrivals.names()).containsExactly("small.csv");
        assertThat(in("failed")).containsExactly("large.csv");
    }

    @Test
    void leavesAFileThatIsTooLargeWhereItIsWithoutAFate() throws Exception {
        arrivals.put("large.csv", "12345678901");
        Watch watch = arrivals.watch(trigger("inbox", Order.NAME, DataSize.ofBytes(10), null));
        arrivals.settleAndLook(watch);
        look(watch);

        assertThat(arrivals.started).isEmpty();
        assertThat(in(".")).containsExactly("large.csv");
    }

    @Test
    void putsAFileAsideThatCannotBeReadAgainAndAgainAndGoesOnWithTheOthers() throws Exception {
        arrivals.put("bad.csv", "1");
        arrivals.put("good.csv", "2");
        Watch watch = arrivals.watch(trigger(ARCHIVED), denying("bad.csv"));
        arrivals.settleAndLook(watch);
        assertThat(arrivals.names()).containsExactly("good.csv");

        for (int i = 1; i < Taking.MOST_TRIES; i++) {
            assertThat(in("failed")).isEmpty();
            forward(Duration.ofMinutes(5));
            look(watch);
        }
        look(watch);
        assertThat(in("failed")).containsExactly("bad.csv");
    }

    private FileArrivals.Parts denying(String denied) {
        return arrivals.parts(
                instance -> new Arrivals.Passing(arrivals.world.folder(instance)) {
                    @Override
                    public void read(String path, Sink sink, Call call) throws StepException {
                        if (path.equals(denied)) {
                            throw new StepException(Owner.REMOTE, "FILE_DENIED", "cannot read '" + path + "'");
                        }
                        super.read(path, sink, call);
                    }
                },
                "replica-1");
    }

    @Test
    void doesNotTakeAFileThatGrowsBetweenListingAndReading() throws Exception {
        arrivals.put("a.csv", "1");
        FileArrivals.Parts parts = arrivals.parts(
                instance -> new Arrivals.Passing(arrivals.world.folder(instance)) {
                    @Override
                    public void read(String path, Sink sink, Call call) throws StepException {
                        append(arrivals.inbox.resolve(path));
                        super.read(path, sink, call);
                    }
                },
                "replica-1");
        arrivals.settleAndLook(arrivals.watch(trigger(null), parts));
        assertThat(arrivals.started).isEmpty();

        arrivals.settleAndLook(arrivals.watch(trigger(null)));
        assertThat(arrivals.started).extracting(Arrivals.Started::text).containsExactly("1,2");
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "1,2");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void takesFilesInTheWantedOrder() throws Exception {
        arrivals.put("b.csv", "1", EARLIER);
        arrivals.put("a.csv", "1", EARLIER.plusSeconds(2));
        arrivals.put("c.csv", "1", EARLIER.plusSeconds(1));
        arrivals.settleAndLook(arrivals.watch(trigger(null)));
        assertThat(arrivals.names()).containsExactly("a.csv", "b.csv", "c.csv");
    }

    @Test
    void takesTheOldestFirst() throws Exception {
        arrivals.put("b.csv", "1", EARLIER);
        arrivals.put("a.csv", "1", EARLIER.plusSeconds(2));
        arrivals.put("c.csv", "1", EARLIER.plusSeconds(1));
        arrivals.settleAndLook(arrivals.watch(trigger("inbox", Order.OLDEST, DataSize.ofMegabytes(1), null)));
        assertThat(arrivals.names()).containsExactly("b.csv", "c.csv", "a.csv");
    }

    @Test
    void takesTheNewestFirst() throws Exception {
        arrivals.put("b.csv", "1", EARLIER);
        arrivals.put("a.csv", "1", EARLIER.plusSeconds(2));
        arrivals.put("c.csv", "1", EARLIER.plusSeconds(1));
        arrivals.settleAndLook(arrivals.watch(trigger("inbox", Order.NEWEST, DataSize.ofMegabytes(1), null)));
        assertThat(arrivals.names()).containsExactly("a.csv", "c.csv", "b.csv");
    }

    @Test
    void takesSoManyAtATimeAndAsksToGoOn() throws Exception {
        for (int i = 0; i <= Watch.MOST_TAKEN; i++) {
            Files.writeString(arrivals.inbox.resolve("f" + i + ".csv"), "1");
        }
        Watch watch = arrivals.watch(trigger(null));
        watch.look(new Look());
        forward(Duration.ofSeconds(30));

        assertThat(watch.look(new Look())).isTrue();
        assertThat(arrivals.started).hasSize(Watch.MOST_TAKEN);
        assertThat(watch.look(new Look())).isFalse();
        assertThat(arrivals.started).hasSize(Watch.MOST_TAKEN + 1);
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

    @Test
    void saysOnceThatAFolderIsMissingAndGoesOnWhenItIsThere() throws Exception {
        Files.delete(arrivals.inbox);
        Watch watch = arrivals.watch(trigger(null));
        List<String> said = new ArrayList<>();
        Handler handler = handler(said);
        java.util.logging.Logger log = java.util.logging.Logger.getLogger(FileArrivals.class.getName());
        log.addHandler(handler);
        try {
            look(watch);
            look(watch);
            look(watch);
            Files.createDirectories(arrivals.inbox);
            arrivals.put("a.csv", "1");
            arrivals.settleAndLook(watch);
        } finally {
            log.removeHandler(handler);
        }

        assertThat(said.stream().filter(line -> line.startsWith("WARNING"))).hasSize(1);
        assertThat(said).anyMatch(line -> line.startsWith("INFO") && line.contains("no more"));
        assertThat(arrivals.names()).containsExactly("a.csv");
    }

    private static Handler handler(List<String> said) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void streamsALargeFileIntoAStoredBody() throws Exception {
        byte[] block = new byte[1 << 20];
        try (var out = Files.newOutputStream(arrivals.inbox.resolve("large.ndjson"))) {
            for (int i = 0; i < 50; i++) {
                java.util.Arrays.fill(block, (byte) ('a' + i % 26));
                out.write(block);
            }
        }
        arrivals.settleAndLook(arrivals.watch(trigger(null)));

        Body.Stored body = (Body.Stored) arrivals.started.get(0).body();
        assertThat(body.size()).isEqualTo(50L << 20);
        assertThat(body.contentType()).isEqualTo("application/x-ndjson");
        assertThat(Files.mismatch(body.file(), arrivals.inbox.resolve("large.ndjson")))
                .isEqualTo(-1);
    }

    @Test
    void leavesAFileWhoseRunNobodyKnowsAnyMore() throws Exception {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(ARCHIVED));
        arrivals.settleAndLook(watch);
        arrivals.end("a.csv", Outcome.UNKNOWN);
        look(watch);
        look(watch);
        arrivals.end("a.csv", Outcome.SUCCEEDED);
        look(watch);

        assertThat(in(".")).containsExactly("a.csv");
        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void asksAgainAboutARunThatIsUnknownForAMoment() throws Exception {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(ARCHIVED));
        arrivals.settleAndLook(watch);
        arrivals.end("a.csv", Outcome.UNKNOWN);
        look(watch);
        arrivals.end("a.csv", Outcome.SUCCEEDED);
        look(watch);

        assertThat(in("archive")).containsExactly("a.csv");
    }

    @Test
    void leavesAFolderToTheReplicaThatHasItUntilItsLeaseEnds() throws Exception {
        arrivals.put("a.csv", "1");
        Watch one = arrivals.watch(trigger(null), arrivals.parts(arrivals.world::folder, "one"));
        Watch two = arrivals.watch(trigger(null), arrivals.parts(arrivals.world::folder, "two"));
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
    void readsTimesThatDifferByLessThanAMillisecondAsOne() throws Exception {
        arrivals.put("a.csv", "1", EARLIER.plusNanos(1_000_001));
        Watch watch = arrivals.watch(trigger(null));
        arrivals.settleAndLook(watch);
        Files.setLastModifiedTime(arrivals.inbox.resolve("a.csv"), FileTime.from(EARLIER.plusNanos(1_999_999)));
        arrivals.settleAndLook(watch);

        assertThat(arrivals.started).hasSize(1);
    }
}
