package io.patchbay.shape.cache;

import io.patchbay.payload.Attempt;
import io.patchbay.shape.CacheRules;

/**
 * What one run, one flow or all flows have in a cache.
 *
 * @param cache the cache's name
 * @param rules what is declared about it
 * @param owner the run's or the flow's id; empty where all flows share it
 */
public record CacheSpace(String cache, CacheRules rules, String owner) {

    /** The one that a shape works on. */
    static CacheSpace of(String cache, CacheRules rules, Attempt attempt) {
        String owner = switch (rules.scope()) {
            case RUN -> attempt.runId();
            case FLOW -> attempt.flow();
            case COMPANY -> "";
        };
        return new CacheSpace(cache, rules, owner);
    }
}
