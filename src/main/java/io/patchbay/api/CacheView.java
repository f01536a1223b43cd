package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.KeptCaches;
import io.patchbay.shape.CacheRules;
import org.jspecify.annotations.Nullable;

/** What one run, one flow or all flows have in a cache. */
@Doc("What one run, one flow or all flows have in a cache")
record CacheView(
        String name,

        @Doc("Who shares it: a run, the runs of a flow, or all flows (company)")
        CacheRules.Scope scope,

        @Doc("Id of the run or the flow; null where all flows share it") @Nullable
        String owner,

        @Doc("Whether routes/stores.yaml declares the cache with this scope now")
        boolean declared,

        long entries,

        @Doc("What the entries have together, as it counts for the bound 'most'")
        long bytes) {

    static CacheView of(KeptCaches.Space space, boolean declared) {
        return new CacheView(
                space.cache(),
                space.scope(),
                space.owner().isEmpty() ? null : space.owner(),
                declared,
                space.entries(),
                space.bytes());
    }
}
