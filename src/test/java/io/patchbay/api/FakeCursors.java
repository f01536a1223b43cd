package io.patchbay.api;

import io.patchbay.payload.CursorKind;
import io.patchbay.run.Cursors;
import io.patchbay.run.PullCursor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Cursors in memory. */
public final class FakeCursors implements Cursors {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Map<PullCursor.Key, PullCursor> all = new ConcurrentHashMap<>();

    public void clear() {
        all.clear();
    }

    /** A cursor that a run moved. */
    public void with(String flow, CursorKind kind, String position) {
        with(new PullCursor.Key(flow, "shop-uk", "orders.list"), "", kind, position);
    }

    /** A cursor of a list with inputs that a run moved. */
    public void with(PullCursor.Key key, String inputs, CursorKind kind, String position) {
        all.put(key, new PullCursor(key, inputs, kind, position, NOON, "run-1"));
    }

    @Override
    public List<PullCursor> list(@Nullable String flow) {
        return all.values().stream()
                .filter(cursor -> flow == null || cursor.key().flow().equals(flow))
                .toList();
    }

    @Override
    public Optional<PullCursor> find(PullCursor.Key key) {
        return Optional.ofNullable(all.get(key));
    }

    @Override
    public CompletableFuture<Boolean> put(PullCursor.Key key, String position) {
        PullCursor now = all.computeIfPresent(
                key, (any, old) -> new PullCursor(key, old.inputs(), old.kind(), position, NOON.plusSeconds(60), null));
        return CompletableFuture.completedFuture(now != null);
    }

    @Override
    public CompletableFuture<Boolean> put(PullCursor seen, String position) {
        return seen.equals(all.get(seen.key())) ? put(seen.key(), position) : CompletableFuture.completedFuture(false);
    }

    @Override
    public CompletableFuture<Boolean> forget(PullCursor seen) {
        return CompletableFuture.completedFuture(all.remove(seen.key(), seen));
    }

    @Override
    public CompletableFuture<Boolean> forget(PullCursor.Key key) {
        return CompletableFuture.completedFuture(all.remove(key) != null);
    }
}
