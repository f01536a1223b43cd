package io.patchbay.bench;

import java.util.Arrays;

/** How long calls took, counted by microsecond up to two seconds. Not safe for several threads. */
final class Latencies {

    private static final int MOST = 2_000_000;

    private final int[] counts = new int[MOST + 1];
    private long total;

    void add(long nanos) {
        counts[(int) Math.min(MOST, nanos / 1_000)]++;
        total++;
    }

    void addAll(Latencies other) {
        Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
        total += other.total;
    }

    long count() {
        return total;
    }

    /** Milliseconds within which a share (0 to 1) of the calls was answered. */
    double millis(double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int micros = 0; micros < counts.length; micros++) {
            seen += counts[micros];
            if (seen >= wanted && seen > 0) {
                return micros / 1_000.0;
            }
        }
        return 0;
    }
}
