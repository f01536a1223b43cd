package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Payload;
import io.patchbay.queue.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Checkpoints in memory, for tests of runs: what a real store keeps, without the disk. */
public final class MemoryCheckpoints implements Checkpoints {

    public final List<FailedPayload> failed = new CopyOnWriteArrayList<>();
    public final List<RunRecord> outcomes = new CopyOnWriteArrayList<>();
    public final Map<String, Sent> sent = new ConcurrentHashMap<>();
    public final Map<PullCursor.Key, String> cursors = new ConcurrentHashMap<>();
    private final Map<PullCursor.Key, CursorKind> kinds = new ConcurrentHashMap<>();
    public final List<String> passed = new CopyOnWriteArrayList<>();
    public final List<String> events = new CopyOnWriteArrayList<>();
    private final Map<String, List<Payload>> open = new ConcurrentHashMap<>();
    private final Map<String, Long> delivered = new ConcurrentHashMap<>();
    private final Map<String, Boolean> well = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> next = new ConcurrentHashMap<>();

    @Override
    public Progress load(String runId) {
        Map<String, PullProgress> pulls = new LinkedHashMap<>();
        open.forEach((key, pages) -> pulls.put(
                key,
                new PullProgress(
                        delivered.getOrDefault(key, 0L), next.get(key), pages, well.getOrDefault(key, false))));
        Map<String, FailedPayload> failures = new LinkedHashMap<>();
        failed.forEach(each -> failures.put(each.shape() + "|" + each.payload().lineage(), each));
        return new Progress(pulls, sent, failures);
    }

    @Override
    public CompletableFuture<Void> page(String runId, String shape, Payload page, @Nullable JsonNode behind) {
        String key = key(shape, page);
        open.computeIfAbsent(key, any -> new CopyOnWriteArrayList<>()).add(page);
        if (behind != null) {
            next.put(key, behind);
        }
        events.add("page " + page.lineage());
        return CompletableFuture.completedFuture(null);
    }

    private static String key(String shape, Payload page) {
        String lineage = page.lineage().text();
        return shape + "|" + lineage.substring(0, lineage.lastIndexOf('/'));
    }

    @Override
    public CompletableFuture<Void> delivered(
            String runId, String shape, Payload page, @Nullable JsonNode behind, boolean isWell) {
        String key = key(shape, page);
        List<Payload> pages = new ArrayList<>(open.getOrDefault(key, List.of()));
        pages.removeIf(each -> each.lineage().equals(page.lineage()));
        open.put(key, pages);
        delivered.merge(key, 1L, Long::sum);
        well.merge(key, isWell, Boolean::logicalOr);
        events.add("delivered " + page.lineage());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> sent(String runId, String shape, String lineage, @Nullable Payload output) {
        sent.put(shape + "|" + lineage, new Sent(output));
        events.add("sent " + lineage);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> failed(FailedPayload payload) {
        failed.add(payload);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean waits(String flow, String shape, Instant before) {
        return failed.stream()
                .anyMatch(each ->
                        each.shape().equals(shape) && !each.keys().values().isEmpty());
    }

    @Override
    public CompletableFuture<Integer> passed(String flow, String shape, Instant before, List<String> keys) {
        keys.forEach(key -> passed.add(shape + ":" + key));
        return CompletableFuture.completedFuture(1);
    }

    @Override
    public ListKeys keys() {
        throw new UnsupportedOperationException("keys of lists need a database");
    }

    @Override
    public CompletableFuture<Void> finish(RunRecord outcome, @Nullable Claim claim, Moves moves) {
        outcomes.add(outcome);
        for (PullCursor.Move move : moves.cursors()) {
            if (Objects.equals(cursors.get(move.key()), move.from())) {
                cursors.put(move.key(), move.to());
                kinds.put(move.key(), move.kind());
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public PullCursor.@Nullable At cursor(PullCursor.Key key) {
        String position = cursors.get(key);
        return position == null ? null : new PullCursor.At(kinds.getOrDefault(key, CursorKind.SEQUENCE), position);
    }
}
