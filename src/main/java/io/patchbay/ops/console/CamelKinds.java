package io.patchbay.ops.console;

import javax.management.ObjectInstance;
import org.jolokia.service.jmx.api.CacheKeyProvider;
import org.jspecify.annotations.Nullable;

/**
 * Has Jolokia describe Camel's MBeans once for each class, not once for each route, step and endpoint: Hawtio asks for all of
 * them before it shows anything, which with 1,000 flows was more than 50 MB. All MBeans of one class of Camel have the same attributes and operations.
 *
 * <p>Jolokia makes it by name ({@code META-INF/jolokia/services}).
 */
public final class CamelKinds extends CacheKeyProvider {

    private static final String CAMEL = "org.apache.camel";

    /** @param order when it is asked, among others */
    public CamelKinds(int order) {
        super(order);
    }

    /** What MBeans have in common that are described once; null for one that is described by itself. */
    @Override
    public @Nullable String determineKey(ObjectInstance bean) {
        String className = bean.getClassName();
        return bean.getObjectName().getDomain().equals(CAMEL) && className != null && className.startsWith(CAMEL + ".")
                ? CAMEL + ":" + className
                : null;
    }
}
