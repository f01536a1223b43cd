package io.patchbay.route.version;

import io.patchbay.flow.Outline;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version as it is held against another one.
 *
 * @param text of the flow's file
 * @param outline what it says; null when it is no flow at all
 * @param scripts texts of scripts by path
 * @param tables digests of lookup tables by name; null when they are not known
 * @param behind digests of what shapes resolved to, by shape; null when they are not known
 */
public record Side(
        String text,
        @Nullable Outline outline,
        Map<String, String> scripts,
        @Nullable Map<String, String> tables,
        @Nullable Map<String, String> behind) {
    public Side {
        scripts = Map.copyOf(scripts);
    }
}
