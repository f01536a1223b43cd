package io.patchbay.shape.wait;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a payload that waited.
 *
 * @param state how it went
 * @param by who decided, or what told the event; null when its time was over
 * @param note what they said, or null
 * @param at when
 * @param data what came with it, or null
 */
public record Decision(
        WaitState state,
        @Nullable String by,
        @Nullable String note,
        Instant at,
        @Nullable JsonNode data) {}
