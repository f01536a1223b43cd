package io.patchbay.api;

import io.patchbay.queue.Priority;
import io.patchbay.queue.QueuedStart;
import io.patchbay.queue.StartLists;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts in memory. */
public final class FakeStarts implements StartLists {

    public final Map<String, QueuedStart> starts = new TreeMap<>();

    @Override
    public List<QueuedStart> list(@Nullable String flow, QueuedStart.State state, @Nullable String after, int limit) {
        return starts.values().stream()
                .filter(start -> flow == null || start.flow().equals(flow))
                .filter(start -> start.state() == state)
                .filter(start -> after == null || start.id().compareTo(after) < 0)
                .sorted(Comparator.comparing(QueuedStart::id).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<QueuedStart> find(String id) {
        return Optional.ofNullable(starts.get(id));
    }

    @Override
    public Optional<Instant> oldest(String flow) {
        return starts.values().stream()
                .filter(start -> start.flow().equals(flow) && start.state() == QueuedStart.State.WAITING)
                .map(QueuedStart::queuedAt)
                .min(Instant::compareTo);
    }

    @Override
    public Map<String, Long> quarantined() {
        return starts.values().stream()
                .filter(start -> start.state() == QueuedStart.State.QUARANTINED)
                .collect(Collectors.groupingBy(QueuedStart::flow, TreeMap::new, Collectors.counting()));
    }

    @Override
    public CompletableFuture<Boolean> retry(String id) {
        return CompletableFuture.completedFuture(starts.get(id).state() == QueuedStart.State.QUARANTINED);
    }

    @Override
    public CompletableFuture<Boolean> prioritise(String id, Priority priority) {
        QueuedStart old = starts.get(id);
        boolean waits = old.state() == QueuedStart.State.WAITING;
        if (waits) {
            starts.put(
                    id,
                    new QueuedStart(
                            id,
                            old.flow(),
                            old.trigger(),
                            priority,
                            old.queuedAt(),
                            old.size(),
                            old.crashes(),
                            old.state()));
        }
        return CompletableFuture.completedFuture(waits);
    }

    @Override
    public CompletableFuture<Boolean> discard(String id) {
        boolean idle = starts.get(id).state() != QueuedStart.State.CLAIMED;
        if (idle) {
            starts.remove(id);
        }
        return CompletableFuture.completedFuture(idle);
    }
}
