package io.patchbay.run;

import io.patchbay.payload.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run leaves for the run that called it and waits.
 *
 * @param run its id
 * @param caller id of the run that waits
 * @param status how it ended
 * @param payload what reached its end, several as one list; null for nothing
 * @param code what the failure is called, or null when the caller goes on
 * @param message what failed, a sentence, or null when the caller goes on
 * @param endedAt when it ended
 */
public record CallResult(
        String run,
        String caller,
        RunStatus status,
        @Nullable Payload payload,
        @Nullable String code,
        @Nullable String message,
        Instant endedAt) {}
