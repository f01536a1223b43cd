package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.pool.KeptPools;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key of a data pool. */
@Doc("A key of a data pool")
record PoolKeyView(
        @Doc("What kind of thing the key names; empty for none")
        String entity,

        String key,

        @Doc("Whether a run has claimed it and not sent its record yet; else it is remembered")
        boolean claimed,

        @Doc("The run that did so; null when an operator did") @Nullable
        String run,

        @Doc("Since when") Instant since,

        @Doc("When it is forgotten, unless it is seen again")
        Instant expires) {

    static PoolKeyView of(KeptPools.PoolKey key) {
        return new PoolKeyView(key.entity(), key.key(), key.claimed(), key.run(), key.since(), key.expires());
    }
}
