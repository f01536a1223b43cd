package io.patchbay.connector.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of the limit.
 *
 * @param remaining calls or points that are left, the call of the answer taken off
 * @param reset when all is free again, from now
 * @param cost what the call cost
 * @param requestedCost what was set aside for it before it was made
 */
public record RateReport(
        @Nullable Long remaining,
        @Nullable Duration reset,
        @Nullable Integer cost,
        @Nullable Integer requestedCost) {

    boolean saysNothing() {
        return remaining == null && cost == null && requestedCost == null;
    }
}
