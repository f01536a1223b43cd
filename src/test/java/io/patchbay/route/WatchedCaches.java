package io.patchbay.route;

import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.Caches;
import io.patchbay.shape.cache.KeyPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Caches that count how many have found a key claimed by another one. */
final class WatchedCaches implements Caches {

    private final Caches caches;
    private final AtomicInteger waiting;
    private final Set<Maker> seen = ConcurrentHashMap.newKeySet();

    WatchedCaches(Caches caches, AtomicInteger waiting) {
        this.caches = caches;
        this.waiting = waiting;
    }

    @Override
    public void write(CacheSpace space, List<CacheWrite> writes, @Nullable Duration keep, @Nullable Maker maker)
            throws StepException {
        caches.write(space, writes, keep, maker);
    }

    @Override
    public Optional<CacheEntry> find(CacheSpace space, String key) throws StepException {
        return caches.find(space, key);
    }

    @Override
    public List<CacheEntry> list(CacheSpace space, KeyPattern keys, @Nullable String after, int most)
            throws StepException {
        return caches.list(space, keys, after, most);
    }

    @Override
    public Optional<Payload> part(CacheEntry entry, int part, Path folder) throws StepException {
        return caches.part(entry, part, folder);
    }

    @Override
    public int delete(CacheSpace space, KeyPattern keys) throws StepException {
        return caches.delete(space, keys);
    }

    @Override
    public boolean claimed(CacheSpace space, String key, Maker maker) throws StepException {
        boolean claimed = caches.claimed(space, key, maker);
        if (claimed && seen.add(maker)) {
            waiting.incrementAndGet();
        }
        return claimed;
    }

    @Override
    public boolean claim(CacheSpace space, String key, Maker maker, Duration time) throws StepException {
        boolean claimed = caches.claim(space, key, maker, time);
        if (!claimed && seen.add(maker)) {
            waiting.incrementAndGet();
        }
        return claimed;
    }

    @Override
    public void release(CacheSpace space, String key, Maker maker) throws StepException {
        caches.release(space, key, maker);
    }
}
