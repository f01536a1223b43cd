package io.patchbay.sandbox.shopify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * The bucket of points that calls are paid from, as the smallest plan has it. Shopify's own estimate of a query before it is run
 * goes by rules for lists that are not published whole; here a call costs what it gave, a point an object and ten a mutation.
 */
final class Throttle {

    private static final double MOST = 2000;
    private static final double RESTORED = 100;

    private final Clock clock;
    private double available = MOST;
    private Instant counted;

    Throttle(Clock clock) {
        this.clock = clock;
        counted = clock.instant();
    }

    /** Whether nothing is left, and a call has to wait. */
    boolean isEmpty() {
        Instant now = clock.instant();
        available = Math.min(
                MOST, available + RESTORED * Duration.between(counted, now).toMillis() / 1000);
        counted = now;
        return available < 1;
    }

    /** Takes what a call costs, and tells it as {@code extensions.cost}. */
    Map<String, Object> take(Object data, boolean mutation) {
        int cost = Math.max(1, objects(data) - 1) + (mutation ? 10 : 0);
        available -= cost;
        return Map.of(
                "requestedQueryCost",
                cost,
                "actualQueryCost",
                cost,
                "throttleStatus",
                Map.of("maximumAvailable", MOST, "currentlyAvailable", Math.floor(available), "restoreRate", RESTORED));
    }

    private static int objects(Object data) {
        if (data instanceof Map<?, ?> map) {
            return 1 + map.values().stream().mapToInt(Throttle::objects).sum();
        }
        return data instanceof Collection<?> list
                ? list.stream().mapToInt(Throttle::objects).sum()
                : 0;
    }
}
