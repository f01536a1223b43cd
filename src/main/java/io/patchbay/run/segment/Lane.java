package io.patchbay.run.segment;

import java.time.Duration;

/**
 * What is kept for about the same time lies in the same segments, so that they are deleted as a whole: times are rounded up to the
 * next of four steps between two powers of two.
 *
 * @param minutes how long at most
 */
record Lane(long minutes) {

    private static final Duration OLDEST = Duration.ofHours(6);

    /** Where a payload goes that is kept for so long. */
    static Lane of(Duration keep) {
        long minutes = Math.max(1, keep.plusSeconds(59).toMinutes());
        long step = Math.max(1, Long.highestOneBit(minutes) / 4);
        return new Lane((minutes + step - 1) / step * step);
    }

    /** How long a segment of the lane may take further blocks: an eighth of the time, so that its first block is not kept much longer than told. */
    Duration age() {
        Duration eighth = Duration.ofSeconds(Math.max(60, minutes * 60 / 8));
        return eighth.compareTo(OLDEST) > 0 ? OLDEST : eighth;
    }
}
