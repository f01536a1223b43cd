package io.patchbay.shape;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * What {@code stores.yaml} declares about a cache.
 *
 * @param scope who shares what is in it
 * @param keep how long an entry is kept after it was last written
 * @param most what the entries of one scope may have in bytes together
 * @param entries how many entries one scope may have
 */
@Doc("A keyed store of payloads")
public record CacheRules(
        @Doc("Who shares what is in it: one run, all runs of one flow, or all flows") @Default("run")
        Scope scope,

        @Doc(
                "How long an entry is kept after it was last written, at most 366d; what a run keeps ends with the run, too")
        @Default("7d")
        Duration keep,

        @Doc(
                "What its entries may have together, each run's or flow's counted for itself; a write beyond it fails, at most 1GB")
        @Default("50MB")
        DataSize most,

        @Doc("How many entries it may have, counted in the same way, at most 1000000; a write beyond it fails")
        @Default("100000")
        int entries) {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final DataSize LARGEST = DataSize.ofGigabytes(1);
    private static final int MOST_ENTRIES = 1_000_000;

    /** What a cache that is not declared is. */
    public static final CacheRules DEFAULT =
            new CacheRules(Scope.RUN, Duration.ofDays(7), DataSize.ofMegabytes(50), 100_000);

    /** Who shares what is in a cache. */
    public enum Scope {
        /** One run; what it kept is freed when it is over. */
        RUN,
        /** All runs of one flow. */
        FLOW,
        /** All flows of the runtime. */
        COMPANY
    }

    public CacheRules {
        if (keep.compareTo(Duration.ofSeconds(1)) < 0 || keep.compareTo(LONGEST) > 0) {
            throw new WrongValueException("'keep' must be at least 1s and at most 366d", "write it like keep: 7d");
        }
        if (most.toBytes() < 1 || most.compareTo(LARGEST) > 0) {
            throw new WrongValueException("'most' must be at least 1B and at most 1GB", "write it like most: 50MB");
        }
        if (entries < 1 || entries > MOST_ENTRIES) {
            throw new WrongValueException(
                    "'entries' must be at least 1 and at most " + MOST_ENTRIES, "write it like entries: 100000");
        }
    }
}
