package io.patchbay.shape;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        CacheRules declared = declaredCache(name);
        return declared == null ? CacheRules.DEFAULT : declared;
    }

    /** The pool of this name; one that is not declared has the defaults. */
    public PoolRules pool(String name) {
        PoolRules declared = declaredPool(name);
        return declared == null ? PoolRules.DEFAULT : declared;
    }

    /** What is declared of a cache; null when nothing is. That of an environment, NAME@ENVIRONMENT, is as NAME is, unless it is declared itself. */
    public @Nullable CacheRules declaredCache(String name) {
        return declared(name, caches);
    }

    /** The same of a pool. */
    public @Nullable PoolRules declaredPool(String name) {
        return declared(name, pools);
    }

    private static <T> @Nullable T declared(String name, Map<String, T> all) {
        T own = all.get(name);
        int at = name.indexOf('@');
        return own != null || at < 0 ? own : all.get(name.substring(0, at));
    }
}
