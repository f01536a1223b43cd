package io.patchbay.run.jdbc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RequestLog;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Overlap;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueueProperties;
import io.patchbay.queue.Start;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.queue.TableQueue;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.CapturedPayload.Direction;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.segment.CapturedSegments;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs in a store of their own with a queue that knows the flow `orders`, and samples of what is kept of a run. */
final class RunsFixture {

    /** To the millisecond, as a store keeps it. */
    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final Path data;
    private CapturedSegments.Outside outside = CapturedSegments.Outside.NOWHERE;
    private Store store;
    private TableQueue queue;
    private JdbcRuns runs;

    RunsFixture(Path data) throws Exception {
        this.data = data;
        open(HistoryProperties.defaults());
    }

    RunsFixture(Path data, StoreProperties settings, HistoryProperties bounds) throws Exception {
        this.data = data;
        open(settings, bounds);
    }

    RunsFixture(Path data, StoreProperties settings, HistoryProperties bounds, CapturedSegments.Outside outside)
            throws Exception {
        this.data = data;
        this.outside = outside;
        open(settings, bounds);
    }

    /** After {@link #close}, with what the folder has. */
    void open(HistoryProperties bounds) throws Exception {
        open(StoreProperties.embedded(), bounds);
    }

    private void open(StoreProperties settings, HistoryProperties bounds) throws Exception {
        store = Store.open(settings, data, Clock.systemUTC());
        queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC());
        queue.policies(Map.of("orders", new Policy(Overlap.PARALLEL, 100, "rev1")));
        runs = new JdbcRuns(store, queue, queue.lists(), bounds, outside, Clock.systemUTC());
    }

    void close() throws Exception {
        runs.close();
        store.close();
    }

    void crash() throws Exception {
        close();
        open(HistoryProperties.defaults());
    }

    Store store() {
        return store;
    }

    TableQueue queue() {
        return queue;
    }

    RunHistory history() {
        return runs.history();
    }

    Checkpoints checkpoints() {
        return runs.checkpoints();
    }

    void flush() {
        runs.flush();
    }

    Claim claim() throws Exception {
        accept();
        return queue.claim(1).get(0);
    }

    String accept() throws Exception {
        return accept(Body.EMPTY);
    }

    String accept(Body body) throws Exception {
        String id = newId();
        queue.accept(new Start(id, "orders", "webhook", Priority.REGULAR, NOW, body, Map.of(), null, null))
                .get(10, TimeUnit.SECONDS);
        return id;
    }

    /** How many bodies lie in files. */
    long files() throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("bodies"))) {
            return files.count();
        }
    }

    static String newId() {
        return UuidCreator.getTimeOrderedEpochPlus1().toString();
    }

    /** A page of the shape `pull`, with as many records as told. */
    static Payload page(Payload source, int ordinal, int records) {
        ArrayNode list = Json.NODES.arrayNode();
        for (int i = 0; i < records; i++) {
            list.addObject().put("n", ordinal * 100 + i).put("price", new BigDecimal("1.10"));
        }
        return Payload.of(source.lineage().child("pull", ordinal), list);
    }

    static FailedPayload failed(String runId, Payload payload, FailedPayload.State state) {
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

    static CapturedPayload captured(String runId, String shape, String text, Duration keep) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CapturedPayload(
                runId,
                shape,
                Direction.OUT,
                runId,
                CapturedPayload.About.NOTHING,
                "text/plain",
                bytes.length,
                bytes,
                NOW,
                keep);
    }

    /** Text that does not pack well: a body of its own. */
    static String noise(int length) {
        return new java.util.Random(7 * length)
                .ints(length, ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A run of the flow `orders` with one shape, one line of log and one request. */
    static RunRecord record(String id, RunStatus status, @Nullable Instant ended) {
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

    /** Waits until it is written. */
    static void get(CompletableFuture<Void> write) throws Exception {
        write.get(20, TimeUnit.SECONDS);
    }

    /** The same run with these lines of log. */
    static RunRecord withLog(RunRecord run, List<RunRecord.LogLine> lines) {
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
                lines,
                run.requests());
    }
}
