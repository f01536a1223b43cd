package io.patchbay.ops.tracing;

import java.util.UUID;

/**
 * Decides by a run's id whether it is traced, so that one that is taken up again goes on as it began. The ids begin with the time and
 * those of one moment follow each other, so they are mixed before they are compared.
 */
record RunSampler(double part) {

    private static final double RANGE = 1L << 53;

    /** Whether a run is traced. */
    boolean takes(String run) {
        if (part >= 1) {
            return true;
        }
        UUID id = UUID.fromString(run);
        long mixed = mix(id.getLeastSignificantBits() ^ mix(id.getMostSignificantBits()));
        return (mixed >>> 11) / RANGE < part;
    }

    /** The last step of MurmurHash3: each bit that goes in changes half of those that come out. */
    private static long mix(long bits) {
        long mixed = bits;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
