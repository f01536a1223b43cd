package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.shape.cache.CacheEntry;
import java.time.Instant;

/** An entry of a cache. */
@Doc("An entry of a cache")
record CacheEntryView(
        String key,

        @Doc(
                "How it came to be: one payload or number (value), records one after the other (list), payloads that stay apart (pages)")
        CacheEntry.Kind kind,

        @Doc("How many payloads it is made of") int parts,

        @Doc("What they have together, as it counts for the bound 'most'")
        long bytes,

        @Doc("When it was last written") Instant written,

        @Doc("When it goes") Instant expires) {

    static CacheEntryView of(CacheEntry entry) {
        return new CacheEntryView(
                entry.key(), entry.kind(), entry.parts(), entry.bytes(), entry.writtenAt(), entry.expiresAt());
    }
}
