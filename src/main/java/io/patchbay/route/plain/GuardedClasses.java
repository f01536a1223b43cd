package io.patchbay.route.plain;

import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the classes that routes may name: values without behaviour, exceptions, and Camel's own, by which it loads its
 * parts. A body of another type could open files ({@code java.io.File}) or more.
 */
final class GuardedClasses extends DefaultClassResolver {

    private static final Set<Class<?>> VALUES = Set.of(
            Object.class,
            String.class,
            Boolean.class,
            Byte.class,
            Character.class,
            Double.class,
            Float.class,
            Integer.class,
            Long.class,
            Number.class,
            Short.class,
            byte[].class,
            BigDecimal.class,
            BigInteger.class,
            Date.class,
            InputStream.class,
            List.class,
            ArrayList.class,
            Map.class,
            HashMap.class,
            LinkedHashMap.class,
            Set.class);

    @Override
    protected @Nullable Class<?> loadClass(String name, ClassLoader loader) {
        Class<?> found = super.loadClass(name, loader);
        if (found == null
                || found.isPrimitive()
                || VALUES.contains(found)
                || found.getName().startsWith("org.apache.camel.")
                || Throwable.class.isAssignableFrom(found)) {
            return found;
        }
        throw new Refused(
                        "CLASS_NOT_ALLOWED",
                        "class '" + name + "' is not allowed",
                        "allowed are text, bytes, numbers, lists, maps and exceptions")
                .exception();
    }
}
