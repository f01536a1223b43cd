package io.patchbay.run.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.RequestLog;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Overlap;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueueProperties;
import io.patchbay.queue.StaleClaimException;
import io.patchbay.queue.Start;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.queue.TableQueue;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.CapturedPayload.Direction;
import io.patchbay.run.Checkpoints.Progress;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunHistory.Query;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class JdbcRunsTest {

    private static final Instant NOW = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);

    @TempDir
    Path data;

    Store store;
    TableQueue queue;
    JdbcRuns runs;

    @BeforeEach
    void open() throws Exception {
        open(HistoryProperties.defaults());
    }

    private void open(HistoryProperties bounds) throws Exception {
        store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
        queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC());
        queue.policies(Map.of("orders", new Policy(Overlap.PARALLEL, 100, "rev1")));
        runs = new JdbcRuns(store, queue, queue.lists(), bounds, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        runs.close();
        store.close();
    }

    private void crash() throws Exception {
        close();
        open();
    }

    @Test
    void keepsAllOfARecord() throws Exception {
        RunRecord record = record(newId(), RunStatus.PARTIAL, NOW);
        get(runs.checkpoints().finish(record, null));
        assertThat(runs.history().run(record.id())).contains(record);
        assertThat(runs.history()
                        .runs(new Query("orders", null, null, null, 10))
                        .data())
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.shapes()).isEqualTo(record.shapes());
                    assertThat(listed.logs()).isEmpty();
                });
    }

    @Test
    void aLongLogIsKeptWholeAndGivesWayToTheShortOneOfARunTakenUpAgain() throws Exception {
        RunRecord going = withLog(record(newId(), RunStatus.RUNNING, null), 1_000);
        runs.history().started(going);
        runs.flush();
        assertThat(runs.history().run(going.id())).contains(going);
        crash();
        RunRecord ended = record(going.id(), RunStatus.SUCCEEDED, NOW);
        get(runs.checkpoints().finish(ended, null));
        assertThat(runs.history().run(going.id())).contains(ended);
    }

    @Test
    void outcomeAndAcknowledgementAreOne() throws Exception {
        Claim claim = claim();
        String id = claim.start().id();
        runs.history().started(record(id, RunStatus.RUNNING, null));
        get(runs.checkpoints().finish(record(id, RunStatus.SUCCEEDED, NOW), claim));
        assertThat(queue.lists().find(id)).isEmpty();
        assertThat(runs.history().run(id).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThatThrownBy(() -> get(runs.checkpoints().finish(record(id, RunStatus.FAILED, NOW), claim)))
                .hasCauseInstanceOf(StaleClaimException.class);
        assertThat(runs.history().run(id).orElseThrow().status())
                .as("nothing of a fenced off run is written")
                .isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aLateStoryNeverOverwritesAnOutcome() throws Exception {
        String id = newId();
        get(runs.checkpoints().finish(record(id, RunStatus.SUCCEEDED, NOW), null));
        runs.history().progressed(withoutLog(record(id, RunStatus.RUNNING, null)));
        runs.flush();
        assertThat(runs.history().run(id).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(runs.history().run(id).orElseThrow().logs()).hasSize(1);
    }

    @Test
    void outcomesWrittenBesideThePathAreThereAfterAnOrderlyEnd() throws Exception {
        RunRecord listedBefore = record(newId(), RunStatus.RUNNING, null);
        runs.history().started(listedBefore);
        runs.flush();
        List<String> ids = new ArrayList<>(List.of(listedBefore.id()));
        for (int i = 0; i < 50; i++) {
            ids.add(newId());
        }
        for (String id : ids) {
            get(runs.checkpoints().finish(record(id, RunStatus.SUCCEEDED, NOW), null));
        }
        crash();
        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(runs.history().run(id).orElseThrow().status())
                                .isEqualTo(RunStatus.SUCCEEDED));
    }

    @Test
    void showsARunThatGoesOnAtOnceAndAfterItWasWritten() {
        RunRecord going = record(newId(), RunStatus.RUNNING, null);
        runs.history().started(going);
        assertThat(runs.history().run(going.id())).contains(going);
        runs.flush();
        assertThat(runs.history().run(going.id())).contains(going);
        assertThat(runs.history()
                        .runs(new Query(null, RunStatus.RUNNING, null, null, 10))
                        .data())
                .hasSize(1);
    }

    @Test
    void listsStartsThatWaitAsQueuedRunsAndPagesThroughAll() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            if (i % 2 == 0) {
                RunRecord record = record(newId(), RunStatus.SUCCEEDED, NOW);
                get(runs.checkpoints().finish(record, null));
                ids.add(record.id());
            } else {
                ids.add(accept());
            }
        }
        List<String> listed = new ArrayList<>();
        String after = null;
        do {
            Slice<RunRecord> slice = runs.history().runs(new Query("orders", null, null, after, 3));
            slice.data().forEach(run -> listed.add(run.id()));
            after = slice.next();
        } while (after != null);
        java.util.Collections.reverse(ids);
        assertThat(listed).isEqualTo(ids);
        assertThat(runs.history()
                        .runs(new Query("orders", RunStatus.QUEUED, null, null, 10))
                        .data())
                .hasSize(3);
        assertThat(runs.history().run(ids.get(1)).orElseThrow().status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void findsTextAndTakesWildcardsForWhatTheyAre() throws Exception {
        get(runs.checkpoints().finish(record(newId(), RunStatus.FAILED, NOW), null));
        assertThat(found("SHOP answered")).isEqualTo(1);
        assertThat(found("100%_")).isEqualTo(1);
        assertThat(found("1%_")).isZero();
        assertThat(found("'; drop table run; --")).isZero();
    }

    private int found(String text) {
        return runs.history().runs(new Query(null, null, text, null, 10)).data().size();
    }

    @Test
    void aRunThatIsTakenUpAgainFindsItsOpenPagesMarksAndFailures() throws Exception {
        String id = claim().start().id();
        Payload source = Payload.empty(Lineage.ofRun(id));
        List<Payload> pages = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Payload page = page(source, i, 3);
            pages.add(page);
            get(runs.checkpoints().page(id, "pull", page, Json.NODES.numberNode(i + 1)));
        }
        Lineage sentOf0 = pages.get(0).lineage().child("map", 0);
        Lineage sentOf1 = pages.get(1).lineage().child("map", 0);
        get(runs.checkpoints().sent(id, "push", sentOf0.text(), null));
        get(runs.checkpoints().sent(id, "push", sentOf1.text(), page(source, 1, 1)));
        get(runs.checkpoints().delivered(id, "pull", pages.get(0), null));
        FailedPayload failed = failed(id, pages.get(1), FailedPayload.State.OPEN);
        get(runs.checkpoints().failed(failed));
        get(runs.checkpoints().failed(failed(id, pages.get(2), FailedPayload.State.HELD)));
        crash();
        Progress progress = runs.checkpoints().load(id);
        var pull = progress.pulls().get("pull|" + id);
        assertThat(pull.delivered()).isEqualTo(1);
        assertThat(pull.next()).isEqualTo(Json.NODES.numberNode(3));
        assertThat(pull.open()).hasSize(2);
        assertThat(pull.open().get(0).tree()).isEqualTo(pages.get(1).tree());
        assertThat(pull.open().get(0).recordPath()).isEqualTo(pages.get(1).recordPath());
        assertThat(progress.sent()).containsOnlyKeys("push|" + sentOf1.text());
        assertThat(progress.sent().get("push|" + sentOf1.text()).output()).isNotNull();
        assertThat(progress.failed()).containsOnlyKeys("push|" + pages.get(1).lineage());

        get(runs.checkpoints().page(id, "pull", page(source, 3, 1), null));
        get(runs.checkpoints().delivered(id, "pull", pages.get(1), null));
        pull = runs.checkpoints().load(id).pulls().get("pull|" + id);
        assertThat(pull.delivered()).isEqualTo(2);
        assertThat(pull.next())
                .as("a page without a place to go on keeps the last one")
                .isEqualTo(Json.NODES.numberNode(3));
        assertThat(pull.open()).hasSize(2);
        assertThat(runs.checkpoints().load(id).sent()).isEmpty();
    }

    @Test
    void aRunThatGetsFurtherInEachLifeIsNeverPutAside() throws Exception {
        String id = claim().start().id();
        for (int life = 1; life < 5; life++) {
            crash();
            queue.claim(1);
            runs.checkpoints().load(id);
            get(runs.checkpoints().sent(id, "push", id + "/pull#" + life, null));
        }
        crash();
        assertThat(queue.claim(1)).hasSize(1);
        assertThat(runs.checkpoints().load(id).sent()).hasSize(4);
    }

    @Test
    void deliveringAPageLeavesThePageWhoseNumberBeginsAlike() throws Exception {
        String id = newId();
        Payload source = Payload.empty(Lineage.ofRun(id));
        for (int i : List.of(1, 10)) {
            get(runs.checkpoints().page(id, "pull", page(source, i, 1), null));
            get(runs.checkpoints().sent(id, "push", page(source, i, 1).lineage().text(), null));
        }
        get(runs.checkpoints().delivered(id, "pull", page(source, 1, 1), null));
        Progress progress = runs.checkpoints().load(id);
        assertThat(progress.pulls().get("pull|" + id).open()).hasSize(1);
        assertThat(progress.sent()).containsOnlyKeys("push|" + id + "/pull#10");
    }

    @Test
    void theEndOfARunLeavesNothingButItsRecordAndItsFailedPayloads() throws Exception {
        Claim claim = claim();
        String id = claim.start().id();
        Payload big = bigPage(Payload.empty(Lineage.ofRun(id)), 0);
        get(runs.checkpoints().page(id, "pull", big, null));
        get(runs.checkpoints().sent(id, "push", big.lineage().text(), big));
        get(runs.checkpoints().failed(failed(id, big, FailedPayload.State.OPEN)));
        assertThat(files()).isEqualTo(3);
        get(runs.checkpoints().finish(record(id, RunStatus.PARTIAL, NOW), claim));
        assertThat(files()).as("only the failed payload's").isEqualTo(1);
        assertThat(runs.checkpoints().load(id).pulls()).isEmpty();
        FailedPayload kept =
                runs.history().failed("orders", null, null, 10).data().get(0);
        assertThat(kept.payload().tree()).isEqualTo(big.tree());
    }

    @Test
    void aFailedPayloadWhoseBodyIsAFileOutlivesItsStart() throws Exception {
        accept(new Body.Bytes("x".repeat(200_000).getBytes(StandardCharsets.UTF_8), "text/plain"));
        Claim claim = queue.claim(1).get(0);
        String id = claim.start().id();
        Payload payload = new Payload(Lineage.ofRun(id), claim.start().body(), RecordPath.ROOT, Map.of("name", "a b"));
        FailedPayload failed = failed(id, payload, FailedPayload.State.OPEN);
        get(runs.checkpoints().failed(failed));
        get(runs.checkpoints().finish(record(id, RunStatus.FAILED, NOW), claim));
        crash();
        FailedPayload kept = runs.history().failed(failed.id()).orElseThrow();
        assertThat(kept.payload().bytes()).hasSize(200_000);
        assertThat(kept.payload().meta()).containsEntry("name", "a b");
        assertThat(kept.code()).isEqualTo("HTTP_STATUS");
        get(runs.history().failedIs(failed.id(), FailedPayload.State.RESOLVED));
        assertThat(runs.history()
                        .failed(null, FailedPayload.State.OPEN, null, 10)
                        .data())
                .isEmpty();
        assertThat(runs.history()
                        .failed(null, FailedPayload.State.RESOLVED, null, 10)
                        .data())
                .hasSize(1);
    }

    @Test
    void keepsCapturedPayloadsInTheOrderInWhichTheyWereTaken() {
        String id = newId();
        for (int i = 0; i < 5; i++) {
            runs.history().captured(captured(id, i % 2 == 0 ? "map" : "push", "n" + i, Duration.ofHours(1)));
        }
        runs.flush();
        assertThat(runs.history().payloads(id, null, true))
                .extracting(each -> new String(each.bytes(), StandardCharsets.UTF_8))
                .containsExactly("n0", "n1", "n2", "n3", "n4");
        assertThat(runs.history().payloads(id, "push", false))
                .hasSize(2)
                .allMatch(each -> each.bytes().length == 0 && each.size() == 2);
    }

    @Test
    void saysHowManyCapturedPayloadsItCouldNotKeep() throws Exception {
        String id = newId();
        byte[] large = new byte[900_000];
        for (int i = 0; i < 200; i++) {
            runs.history()
                    .captured(new CapturedPayload(
                            id, "map", Direction.OUT, id, "x/y", large.length, large, NOW, Duration.ofHours(1)));
        }
        get(runs.checkpoints().finish(record(id, RunStatus.SUCCEEDED, NOW), null));
        runs.flush();
        int kept = runs.history().payloads(id, null, false).size();
        assertThat(kept).isBetween(1, 199);
        assertThat(runs.history().run(id).orElseThrow().logs())
                .last()
                .satisfies(line -> assertThat(line.text()).startsWith(200 - kept + " captured payloads"));
    }

    @Test
    void sweepsWhatIsPastItsTime() throws Exception {
        RunRecord old =
                record(idAt(NOW.minus(Duration.ofDays(40))), RunStatus.SUCCEEDED, NOW.minus(Duration.ofDays(40)));
        RunRecord recent = record(newId(), RunStatus.SUCCEEDED, NOW);
        get(runs.checkpoints().finish(old, null));
        get(runs.checkpoints().finish(recent, null));
        runs.history().captured(captured(recent.id(), "map", "gone", Duration.ofMillis(1)));
        runs.history().captured(captured(recent.id(), "map", "kept", Duration.ofDays(1)));
        get(runs.checkpoints()
                .failed(failed(recent.id(), page(Payload.empty(Lineage.ofRun("x")), 0, 1), FailedPayload.State.OPEN)));
        runs.flush();
        runs.history().sweep(NOW.plusSeconds(60));
        assertThat(runs.history().run(old.id())).isEmpty();
        assertThat(runs.history().run(recent.id())).isPresent();
        assertThat(runs.history().payloads(recent.id(), null, true))
                .extracting(each -> new String(each.bytes(), StandardCharsets.UTF_8))
                .containsExactly("kept");
        assertThat(runs.history().failed(null, null, null, 10).data()).hasSize(1);
        runs.history().sweep(NOW.plus(Duration.ofDays(91)));
        assertThat(runs.history().failed(null, null, null, 10).data()).isEmpty();
        assertThat(runs.history().runs(new Query(null, null, null, null, 10)).data())
                .isEmpty();
    }

    @Test
    void boundsRunsByNumberAndCapturedPayloadsByBytes() throws Exception {
        close();
        open(new HistoryProperties(Duration.ofDays(30), 5, Duration.ofDays(90), DataSize.ofBytes(10)));
        for (int i = 0; i < 12; i++) {
            RunRecord record = record(newId(), RunStatus.SUCCEEDED, NOW);
            get(runs.checkpoints().finish(record, null));
            runs.history().captured(captured(record.id(), "map", "n" + i, Duration.ofDays(1)));
        }
        runs.flush();
        runs.history().sweep(NOW);
        assertThat(runs.history().runs(new Query(null, null, null, null, 100)).data())
                .hasSize(5);
    }

    @Test
    void aRunThatDiedWithTheProcessIsNotRunningForEver() throws Exception {
        RunRecord head = record(newId(), RunStatus.RUNNING, null);
        runs.history().started(head);
        Claim claim = claim();
        runs.history().started(record(claim.start().id(), RunStatus.RUNNING, null));
        runs.flush();
        for (int i = 0; i < 3; i++) {
            crash();
            queue.claim(10);
        }
        assertThat(runs.history().run(head.id()).orElseThrow().status()).isEqualTo(RunStatus.FAILED);
        RunRecord aside = runs.history().run(claim.start().id()).orElseThrow();
        assertThat(aside.status()).isEqualTo(RunStatus.FAILED);
        assertThat(aside.reason()).contains("put aside");
        assertThat(queue.lists().retry(aside.id()).get(10, TimeUnit.SECONDS)).isTrue();
        Claim again = queue.claim(1).get(0);
        runs.history().started(record(aside.id(), RunStatus.RUNNING, null));
        runs.flush();
        assertThat(runs.history().run(aside.id()).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
        get(runs.checkpoints().finish(record(aside.id(), RunStatus.SUCCEEDED, NOW), again));
        assertThat(runs.history().run(aside.id()).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aRunWhoseFlowIsGoneIsNotShownAsRunning() throws Exception {
        Claim claim = claim();
        String id = claim.start().id();
        runs.history().started(record(id, RunStatus.RUNNING, null));
        runs.flush();
        crash();
        queue.policies(Map.of());
        assertThat(runs.history().run(id).orElseThrow().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(runs.history()
                        .runs(new Query("orders", RunStatus.QUEUED, null, null, 10))
                        .data())
                .extracting(RunRecord::id)
                .containsExactly(id);
    }

    private Claim claim() throws Exception {
        accept();
        return queue.claim(1).get(0);
    }

    private String accept() throws Exception {
        return accept(Body.EMPTY);
    }

    private String accept(Body body) throws Exception {
        String id = newId();
        queue.accept(new Start(id, "orders", "webhook", Priority.REGULAR, NOW, body, Map.of(), null, null))
                .get(10, TimeUnit.SECONDS);
        return id;
    }

    private static String newId() {
        return UuidCreator.getTimeOrderedEpochPlus1().toString();
    }

    private static String idAt(Instant instant) {
        return UuidCreator.getTimeOrderedEpoch(instant).toString();
    }

    private static Payload page(Payload source, int ordinal, int records) {
        JsonNode list = Json.NODES.arrayNode();
        for (int i = 0; i < records; i++) {
            ((com.fasterxml.jackson.databind.node.ArrayNode) list)
                    .addObject()
                    .put("n", ordinal * 100 + i)
                    .put("price", new java.math.BigDecimal("1.10"));
        }
        return Payload.of(source.lineage().child("pull", ordinal), list);
    }

    private static Payload bigPage(Payload source, int ordinal) {
        return Payload.of(
                source.lineage().child("pull", ordinal), Json.NODES.arrayNode().add("x".repeat(1_500_000)));
    }

    private static FailedPayload failed(String runId, Payload payload, FailedPayload.State state) {
        return new FailedPayload(
                newId(),
                runId,
                "orders",
                "rev1",
                "push",
                payload,
                Owner.REMOTE,
                "HTTP_STATUS",
                "the shop said 500",
                3,
                NOW,
                state);
    }

    private static CapturedPayload captured(String runId, String shape, String text, Duration keep) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CapturedPayload(runId, shape, Direction.OUT, runId, "text/plain", bytes.length, bytes, NOW, keep);
    }

    private static RunRecord withoutLog(RunRecord run) {
        return withLog(run, 0);
    }

    private static RunRecord withLog(RunRecord run, int lines) {
        return new RunRecord(
                run.id(),
                run.flow(),
                run.revision(),
                run.trigger(),
                run.status(),
                run.queuedAt(),
                run.startedAt(),
                run.endedAt(),
                run.reason(),
                run.parent(),
                run.resumed(),
                run.shapes(),
                Collections.nCopies(lines, new RunRecord.LogLine(NOW, "push", LogLevel.INFO, "sent")),
                run.requests());
    }

    private static RunRecord record(
            String id, RunStatus status, java.time.@org.jspecify.annotations.Nullable Instant ended) {
        return new RunRecord(
                id,
                "orders",
                "rev1",
                "webhook",
                status,
                NOW,
                NOW.plusMillis(5),
                ended,
                status == RunStatus.FAILED ? "the shop answered 500, 100%_ sure" : null,
                null,
                0,
                List.of(new RunRecord.ShapeRecord(
                        "push", "connection", 1, 1, 0, 250, 250, 10, 20_000, 1, Duration.ofMillis(17))),
                List.of(new RunRecord.LogLine(NOW, "push", LogLevel.INFO, "sent")),
                List.of(new RunRecord.Request(
                        "push",
                        1,
                        new RequestLog(
                                "shop",
                                "orders.create",
                                "POST",
                                "https://shop.example/orders",
                                201,
                                NOW,
                                Duration.ofMillis(12),
                                20_000,
                                10,
                                Map.of("Content-Type", "application/json"),
                                Map.of(),
                                null))));
    }

    private long files() throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("bodies"))) {
            return files.count();
        }
    }

    private static void get(CompletableFuture<Void> write) throws Exception {
        write.get(20, TimeUnit.SECONDS);
    }
}
