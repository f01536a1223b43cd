package io.patchbay.run;

import io.patchbay.shape.CacheRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is in caches, for people. */
public interface CacheLists {

    /** What one run, one flow or all flows have in a cache. */
    record Space(String cache, CacheRules.Scope scope, String owner, long entries, long bytes) {}

    /** By cache, scope and owner; of one cache, or of all for null. */
    List<Space> spaces(@Nullable String cache);
}
