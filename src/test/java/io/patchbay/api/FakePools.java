package io.patchbay.api;

import io.patchbay.run.pool.KeptPools;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Data pools in memory. */
public final class FakePools implements KeptPools {

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::entity).thenComparing(Place::key);
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Map<String, Map<Place, PoolKey>> all = new ConcurrentHashMap<>();

    public void clear() {
        all.clear();
    }

    /** A key that a run remembered, or claimed. */
    public void with(String pool, String entity, String key, boolean claimed) {
        pool(pool).put(new Place(entity, key), new PoolKey(entity, key, claimed, "run-1", NOON, NOON.plusSeconds(60)));
    }

    private Map<Place, PoolKey> pool(String name) {
        return all.computeIfAbsent(name, any -> new ConcurrentSkipListMap<>(ORDER));
    }

    @Override
    public List<PoolSize> pools() {
        return all.keySet().stream()
                .sorted()
                .map(name -> {
                    long claimed = pool(name).values().stream()
                            .filter(PoolKey::claimed)
                            .count();
                    return new PoolSize(name, pool(name).size() - claimed, claimed);
                })
                .toList();
    }

    @Override
    public List<PoolKey> keys(String pool, Query query) {
        Place after = query.after();
        return pool(pool).entrySet().stream()
                .filter(key -> after == null || ORDER.compare(key.getKey(), after) > 0)
                .map(Map.Entry::getValue)
                .filter(key -> fits(key, query.entity(), query.prefix()))
                .limit(query.limit())
                .toList();
    }

    private static boolean fits(PoolKey key, @Nullable String entity, @Nullable String prefix) {
        return (entity == null || key.entity().equals(entity))
                && (prefix == null || key.key().startsWith(prefix));
    }

    @Override
    public boolean forget(String pool, String entity, String key) {
        return pool(pool).remove(new Place(entity, key)) != null;
    }

    @Override
    public long forgetAll(String pool, @Nullable String entity, @Nullable String prefix) {
        int before = pool(pool).size();
        pool(pool).values().removeIf(key -> fits(key, entity, prefix));
        return before - pool(pool).size();
    }

    @Override
    public int add(String pool, List<Line> keys, Duration keep) {
        int added = 0;
        for (Line line : keys) {
            PoolKey key = new PoolKey(line.entity(), line.key(), false, null, NOON, NOON.plus(keep));
            added += pool(pool).putIfAbsent(new Place(line.entity(), line.key()), key) == null ? 1 : 0;
        }
        return added;
    }
}
