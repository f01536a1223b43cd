package io.patchbay.shape;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.Map;

/**
 * What {@code routes/stores.yaml} declares; the files of all roots together, where a name of a later root stands for that of an
 * earlier one. Shapes get it by {@link #of}; a shape whose meaning hangs on a declaration has that in its fingerprint.
 *
 * @param caches by name
 * @param pools by name
 */
public record Stores(
        @Doc("Caches by name") @Default("{}") Map<String, CacheRules> caches,
        @Doc("Data pools by name") @Default("{}") Map<String, PoolRules> pools) {

    /** Nothing is declared. */
    public static final Stores NONE = new Stores(Map.of(), Map.of());

    public Stores {
        caches = Map.copyOf(caches);
        pools = Map.copyOf(pools);
    }

    /** The declarations that hold around a flow. */
    public static Stores of(Surroundings around) {
        return around.services().get(Stores.class) instanceof Stores stores ? stores : NONE;
    }

    /** The cache of this name; one that is not declared has the defaults. */
    public CacheRules cache(String name) {
        return caches.getOrDefault(name, CacheRules.DEFAULT);
    }

    /** The pool of this name; one that is not declared has the defaults. */
    public PoolRules pool(String name) {
        return pools.getOrDefault(name, PoolRules.DEFAULT);
    }
}
