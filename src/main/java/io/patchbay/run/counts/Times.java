package io.patchbay.run.counts;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long runs took: how many fell into each class of times. Two classes double the time, so that a percentile that is read from them is
 * right to within a fifth.
 *
 * @param runs how many, by class
 */
public record Times(SortedMap<Integer, Long> runs) {

    private static final double PER_DOUBLING = 2;

    /** No run at all. */
    public static final Times NOTHING = new Times(new TreeMap<>());

    public Times {
        runs = new TreeMap<>(runs);
    }

    /** The class of a time. */
    static int classOf(long millis) {
        return millis < 1 ? 0 : 1 + (int) Math.floor(PER_DOUBLING * Math.log((double) millis) / Math.log(2) + 1e-9);
    }

    /** A time in the middle of a class. */
    private static long millis(int time) {
        return time == 0 ? 0 : Math.round(Math.pow(2, (time - 0.5) / PER_DOUBLING));
    }

    /** Both together. */
    public Times plus(Times other) {
        SortedMap<Integer, Long> all = new TreeMap<>(runs);
        other.runs.forEach((time, count) -> all.merge(time, count, Long::sum));
        return new Times(all);
    }

    /**
     * How long this part of the runs took at most, in milliseconds; null when there was none.
     *
     * @param part 0 to 1, like 0.95
     */
    public @Nullable Long percentile(double part) {
        long all = runs.values().stream().mapToLong(Long::longValue).sum();
        long rank = Math.max(1, (long) Math.ceil(part * all));
        long seen = 0;
        for (Map.Entry<Integer, Long> one : runs.entrySet()) {
            seen += one.getValue();
            if (seen >= rank) {
                return millis(one.getKey());
            }
        }
        return null;
    }
}
