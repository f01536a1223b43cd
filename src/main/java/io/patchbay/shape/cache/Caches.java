package io.patchbay.shape.cache;

import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where caches are kept. Every change of an entry is whole or not there at all, whoever else changes it at the same time. */
public interface Caches {

    /**
     * Who changes a cache, and for what: a change that was made before for the same is not made again.
     *
     * @param run id of the run
     * @param mark tells the change from all others of the run
     */
    record Maker(String run, String mark) {}

    /**
     * Makes changes, all or none.
     *
     * @param keep how long they are kept; the cache's own time where it is shorter or this is null
     * @param maker null for an operator, and for a change that may be made again
     * @throws StepException when a bound of the cache is passed, what stands there does not fit, or the store does not answer
     */
    void write(CacheSpace space, List<CacheWrite> writes, @Nullable Duration keep, @Nullable Maker maker)
            throws StepException;

    /** What stands under a key now. */
    Optional<CacheEntry> find(CacheSpace space, String key) throws StepException;

    /**
     * Entries in the order of their keys.
     *
     * @param keys which
     * @param after the key behind which to begin; null for the first
     */
    List<CacheEntry> list(CacheSpace space, KeyPattern keys, @Nullable String after, int most) throws StepException;

    /**
     * A part of an entry; empty when the entry was replaced since it was found.
     *
     * @param folder where a large body goes, as a file of its own that whoever asked deletes
     */
    Optional<Payload> part(CacheEntry entry, int part, Path folder) throws StepException;

    /** Deletes entries. @return how many */
    int delete(CacheSpace space, KeyPattern keys) throws StepException;

    /** Whether another one has claimed a key, whose time is not over. */
    boolean claimed(CacheSpace space, String key, Maker maker) throws StepException;

    /**
     * Claims a key for one that is about to work out what is to stand there. One that has it already may claim it again.
     *
     * @param maker who does so, and for what: the same one after a crash is the same
     * @param time how long others leave it alone
     * @return false while another one has it
     */
    boolean claim(CacheSpace space, String key, Maker maker, Duration time) throws StepException;

    /** Gives a claim back; another one's stays. */
    void release(CacheSpace space, String key, Maker maker) throws StepException;
}
