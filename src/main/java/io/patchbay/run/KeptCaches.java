package io.patchbay.run;

import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.KeyPattern;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator sees of caches and does to them. What is done is on disk when the call returns. */
public interface KeptCaches {

    /** What one run, one flow or all flows have in a cache. */
    record Space(String cache, CacheRules.Scope scope, String owner, long entries, long bytes) {

        /** Where it stands in the list. */
        public Place place() {
            return new Place(cache, scope, owner);
        }
    }

    /** Where a space stands in the list of all. */
    record Place(String cache, CacheRules.Scope scope, String owner) {}

    /**
     * A part of an entry.
     *
     * @param payload the payload; where its body is a file, that file may go at any time
     * @param content its body, open; closing it is the caller's
     */
    record Part(Payload payload, InputStream content) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /**
     * Spaces that hold something, by cache, scope and owner.
     *
     * @param cache of this cache; of all for null
     * @param after the place behind which to begin; null for the first
     */
    List<Space> spaces(@Nullable String cache, @Nullable Place after, int most);

    /** What stands under a key now. */
    Optional<CacheEntry> find(CacheSpace space, String key) throws StepException;

    /** Entries in the order of their keys, behind one. */
    List<CacheEntry> list(CacheSpace space, KeyPattern keys, @Nullable String after, int most) throws StepException;

    /** A part of an entry; empty when the entry was replaced since it was found. */
    Optional<Part> part(CacheEntry entry, int part) throws StepException;

    /** Makes changes, all or none. @throws StepException when a bound of the cache is passed */
    void write(CacheSpace space, List<CacheWrite> writes, @Nullable Duration keep) throws StepException;

    /** Deletes entries. @return how many */
    int delete(CacheSpace space, KeyPattern keys) throws StepException;
}
