package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is different for the calls of one endpoint. */
@Doc("What is different for the calls of one endpoint")
public record EndpointLimitConfig(
        @Doc("How much a call counts, in place of the policies' weight; 0 when it is not counted")
        @Nullable
        @Range(min = 0, max = 1_000_000)
        Integer weight,

        @Doc("Limits of this endpoint, of each instance for itself, besides the others") @Default("[]")
        List<RateLimitConfig.Policy> policies) {

    /** @throws IllegalArgumentException if it says nothing */
    public EndpointLimitConfig {
        if (weight == null && policies.isEmpty()) {
            throw new IllegalArgumentException("an endpoint's rateLimit needs 'weight' or 'policies'");
        }
    }
}
