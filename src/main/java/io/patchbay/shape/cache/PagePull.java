package io.patchbay.shape.cache;

import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Yields the payloads that entries are made of, one after the other. */
final class PagePull implements Pull {

    private static final int PORTION = 200;

    private final Caches caches;
    private final CacheSpace space;
    private final KeyPattern keys;
    private final Payload source;
    private final Attempt attempt;
    private final Deque<CacheEntry> entries;
    private @Nullable String last;
    private boolean more;
    private int part;
    private long ordinal;
    private boolean ended;

    PagePull(
            Caches caches, CacheSpace space, KeyPattern keys, List<CacheEntry> first, Payload source, Attempt attempt) {
        this.caches = caches;
        this.space = space;
        this.keys = keys;
        this.entries = new ArrayDeque<>(first);
        this.more = !keys.plain() && first.size() == PORTION;
        this.source = source;
        this.attempt = attempt;
    }

    static List<CacheEntry> first(Caches caches, CacheSpace space, KeyPattern keys) throws StepException {
        return keys.plain()
                ? caches.find(space, keys.prefix()).map(List::of).orElse(List.of())
                : caches.list(space, keys, null, PORTION);
    }

    @Override
    public Element next() {
        if (ended) {
            return new End();
        }
        try {
            while (true) {
                CacheEntry entry = entry();
                if (entry == null || attempt.cancelled()) {
                    ended = true;
                    return new End();
                }
                if (part >= entry.parts()) {
                    entries.remove();
                    last = entry.key();
                    part = 0;
                    continue;
                }
                Payload page = caches.part(entry, part, attempt.spillFolder()).orElse(null);
                part++;
                if (page == null) {
                    throw new StepException(
                            Owner.LIMIT,
                            "CACHE_CHANGED",
                            "key '" + entry.key() + "' of cache '" + space.cache()
                                    + "' was replaced while its pages were read",
                            null,
                            true,
                            null);
                }
                Payload out = Loading.inPlaceOf(source, page)
                        .withLineage(source.lineage().child(attempt.shape(), ordinal++));
                if (ordinal <= attempt.resumeOrdinal()) {
                    discard(page); // kept before the run was taken up again
                    continue;
                }
                return new Page(out, null);
            }
        } catch (StepException e) {
            ended = true;
            return new Failed(e);
        }
    }

    private static void discard(Payload page) throws StepException {
        if (page.body() instanceof Body.Stored stored) {
            try {
                Files.deleteIfExists(stored.file());
            } catch (IOException e) {
                throw new StepException(
                        Owner.INTERNAL, "NO_ROOM", "a file of the run cannot be deleted", e, true, null);
            }
        }
    }

    private @Nullable CacheEntry entry() throws StepException {
        if (entries.isEmpty() && more) {
            List<CacheEntry> next = caches.list(space, keys, last, PORTION);
            entries.addAll(next);
            more = next.size() == PORTION;
        }
        return entries.peek();
    }

    @Override
    public void close() {
        ended = true;
    }
}
