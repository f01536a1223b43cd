package io.patchbay.notification;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people are told, whatever the way.
 *
 * @param id the same for the same message, so that one sent twice can be told
 * @param at when it came up
 * @param title one line
 * @param text some sentences, plain
 * @param link where to see more, or null
 * @param facts for programs that read it, in order
 */
public record Notice(
        String id,
        Instant at,
        String title,
        String text,
        @Nullable String link,
        Map<String, String> facts) {

    public Notice {
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
