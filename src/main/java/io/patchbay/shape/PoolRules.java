package io.patchbay.shape;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import java.time.Duration;

/**
 * What {@code stores.yaml} declares about a data pool.
 *
 * @param keep how long a key is remembered after it was last seen
 */
@Doc("A set of keys that were seen")
public record PoolRules(
        @Doc("How long a key is remembered after it was last seen, at most 3660d") @Default("90d")
        Duration keep) {

    private static final Duration LONGEST = Duration.ofDays(3660);

    /** What a pool that is not declared is. */
    public static final PoolRules DEFAULT = new PoolRules(Duration.ofDays(90));

    public PoolRules {
        if (keep.compareTo(Duration.ofSeconds(1)) < 0 || keep.compareTo(LONGEST) > 0) {
            throw new WrongValueException("'keep' must be at least 1s and at most 3660d", "write it like keep: 90d");
        }
    }
}
