package io.patchbay.api;

import io.patchbay.run.KnownList;
import io.patchbay.run.KnownLists;
import io.patchbay.run.PullCursor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Lists with known keys in memory. */
public final class FakeKnownLists implements KnownLists {

    private final Map<PullCursor.Key, KnownList> all = new ConcurrentHashMap<>();

    public void clear() {
        all.clear();
    }

    /** A list whose keys a run kept. */
    public void with(PullCursor.Key key, long keys) {
        Instant noon = Instant.parse("2026-11-24T12:00:00Z");
        all.put(key, new KnownList(key, "", "id", keys, keys * 3, noon, "run-1", false));
    }

    @Override
    public List<KnownList> list(@Nullable String flow) {
        return all.values().stream()
                .filter(list -> flow == null || list.key().flow().equals(flow))
                .toList();
    }

    @Override
    public Optional<KnownList> find(PullCursor.Key key) {
        return Optional.ofNullable(all.get(key));
    }

    @Override
    public CompletableFuture<Boolean> forget(PullCursor.Key key) {
        return CompletableFuture.completedFuture(all.remove(key) != null);
    }

    @Override
    public CompletableFuture<Boolean> allow(PullCursor.Key key) {
        KnownList now = all.computeIfPresent(
                key,
                (any, old) -> new KnownList(
                        key, old.inputs(), old.fields(), old.keys(), old.bytes(), old.keptAt(), old.run(), true));
        return CompletableFuture.completedFuture(now != null);
    }
}
