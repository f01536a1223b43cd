package io.patchbay.api;

import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.WaitingPayloads;
import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Payloads that wait, in a map. An event releases nothing, and is kept unless its key is {@code nobody}. */
public final class FakeWaits implements WaitingPayloads {

    final Map<String, WaitingPayload> all = new ConcurrentSkipListMap<>();
    final Map<String, Payload> payloads = new ConcurrentSkipListMap<>();

    Waits.@Nullable Event told;

    /** Nothing waits. */
    public void clear() {
        all.clear();
        payloads.clear();
    }

    /** One that waits. */
    public void add(String id, String flow) {
        all.put(
                id,
                new WaitingPayload(
                        id,
                        new WaitingPayload.Left("r1", ApiFixture.NOON, flow, "abc", "approved", "r1", false),
                        new WaitingPayload.Wish(
                                Awaits.APPROVAL, null, "Order 7", null, ApiFixture.NOON.plusSeconds(60)),
                        ApiFixture.NOON,
                        null,
                        null,
                        8,
                        Map.of(),
                        null));
        payloads.put(
                id,
                new Payload(
                        Lineage.ofRun("r1"),
                        new Body.Bytes("{\"id\":7}".getBytes(StandardCharsets.UTF_8), "application/json"),
                        RecordPath.ROOT,
                        Map.of()));
    }

    @Override
    public Slice<WaitingPayload> list(Query which, @Nullable String after, int limit) {
        List<WaitingPayload> found = all.values().stream()
                .filter(one ->
                        which.flow() == null || which.flow().equals(one.at().flow()))
                .filter(one -> which.state() == null || which.state() == one.state())
                .filter(one -> after == null || one.id().compareTo(after) > 0)
                .toList();
        return found.size() <= limit
                ? new Slice<>(found, null)
                : new Slice<>(found.subList(0, limit), found.get(limit - 1).id());
    }

    @Override
    public Optional<WaitingPayload> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    @Override
    public Optional<Payload> payload(String id) {
        return Optional.ofNullable(payloads.get(id));
    }

    @Override
    public Map<String, Long> counts() {
        return Map.of();
    }

    @Override
    public CompletableFuture<WaitingPayload> approve(String id, Word word) {
        return decide(id, word, WaitState.APPROVED);
    }

    @Override
    public CompletableFuture<WaitingPayload> reject(String id, Word word) {
        return decide(id, word, WaitState.REJECTED);
    }

    private CompletableFuture<WaitingPayload> decide(String id, Word word, WaitState how) {
        WaitingPayload before = all.get(id);
        if (before.decision() != null) {
            return CompletableFuture.failedFuture(new NotNowException("it does not wait any more"));
        }
        WaitingPayload now =
                before.with(new Decision(how, word.by(), word.note(), ApiFixture.NOON, word.data()), "run-of-" + id);
        all.put(id, now);
        return CompletableFuture.completedFuture(now);
    }

    @Override
    public CompletableFuture<Waits.Told> tell(Waits.Event event) {
        told = event;
        boolean nobody = event.key().equals("nobody");
        return CompletableFuture.completedFuture(new Waits.Told(List.of(), nobody ? null : ApiFixture.NOON, false));
    }
}
