package io.patchbay.service.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest that is known of an item of a service.
 *
 * @param reference what people know it by; null for what failed before that could be read
 * @param status how it stands
 * @param at since when
 * @param run the run in which that happened; of one that is sent again, the new one
 * @param tries how often it has failed since it was last sent, or 1 for one that was sent
 * @param shape where it failed, or null
 * @param code stable name of the failure, or null
 * @param reason a sentence, or null
 * @param failedPayload id of the failed payload that holds it, or null
 * @param resync whether it can be sent again
 */
public record Item(
        @Nullable String reference,
        ItemStatus status,
        Instant at,
        String run,
        int tries,
        @Nullable String shape,
        @Nullable String code,
        @Nullable String reason,
        @Nullable String failedPayload,
        boolean resync) {}
