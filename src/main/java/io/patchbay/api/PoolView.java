package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.pool.KeptPools;

/** A data pool. */
@Doc("A data pool that has keys")
record PoolView(
        String name,

        @Doc("Keys that are remembered") long remembered,

        @Doc("Keys that runs have claimed and whose records they have not sent yet")
        long claimed) {

    static PoolView of(KeptPools.PoolSize pool) {
        return new PoolView(pool.name(), pool.remembered(), pool.claimed());
    }
}
