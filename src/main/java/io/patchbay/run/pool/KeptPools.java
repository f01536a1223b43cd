package io.patchbay.run.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Data pools, for an operator. What reads and writes throws {@link IllegalStateException} when the store does not answer. */
public interface KeptPools {

    /** A pool with keys in it. */
    record PoolSize(String name, long remembered, long claimed) {}

    /**
     * A key of a pool.
     *
     * @param entity empty for none
     * @param claimed whether a run has claimed it and not yet sent its record
     * @param run the run that did so last; null when an operator did
     */
    record PoolKey(
            String entity,
            String key,
            boolean claimed,
            @Nullable String run,
            Instant since,
            Instant expires) {}

    /** Where a list goes on. */
    record Place(String entity, String key) {}

    /** What to look for; null does not matter. */
    record Query(
            @Nullable String entity,
            @Nullable String prefix,
            @Nullable Place after,
            int limit) {}

    /** A line of an import. */
    record Line(String entity, String key) {}

    /** Pools with keys in them, by name. */
    List<PoolSize> pools();

    /** Keys of a pool, by entity and key. */
    List<PoolKey> keys(String pool, Query query);

    /** Forgets one key. @return false when it is not there */
    boolean forget(String pool, String entity, String key);

    /** Forgets all keys that a query finds, in portions. @return how many */
    long forgetAll(String pool, @Nullable String entity, @Nullable String prefix);

    /** Remembers keys that are not there; others stay as they are. @return how many were not there */
    int add(String pool, List<Line> keys, Duration keep);
}
