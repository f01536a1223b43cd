package io.patchbay.api;

import io.patchbay.shape.trackdata.Direction;
import io.patchbay.shape.trackdata.Sighting;
import io.patchbay.shape.trackdata.Tracked;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Sightings in memory; keeps what it was asked. A part ends after one entry. */
public final class FakeTracked implements Tracked {

    private final List<Sighting> all = new CopyOnWriteArrayList<>();

    /** The last question. */
    public volatile @Nullable Query asked;

    public void clear() {
        all.clear();
        asked = null;
    }

    /** An order that was sent at noon. */
    public void with(String value) {
        Instant noon = Instant.parse("2026-11-24T12:00:00Z");
        all.add(new Sighting(
                "id" + value,
                "order",
                value,
                "id",
                Direction.SEND,
                true,
                "erp",
                "orders-to-erp",
                "sent",
                "run-1",
                noon));
    }

    @Override
    public CompletableFuture<Void> saw(List<Sighting> sightings) {
        all.addAll(sightings);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Slice find(Query query) {
        asked = query;
        if ("nonsense".equals(query.after())) {
            throw new IllegalArgumentException("'after' is the 'next' of the page before");
        }
        return new Slice(
                all.stream()
                        .limit(1)
                        .map(one -> new Found(one, "partial", new Failed("push", "open")))
                        .toList(),
                all.size() > 1 ? "further" : null);
    }
}
