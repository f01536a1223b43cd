package io.patchbay.run.counts;

import io.patchbay.run.RunRecord.ShapeRecord;

/**
 * What passed one shape.
 *
 * @param payloadsIn payloads that reached it
 * @param payloadsOut payloads that it handed on
 * @param payloadsFailed payloads that failed in it for good, records that left their page among them
 * @param recordsIn records in the payloads that reached it
 * @param recordsOut records in the payloads that it handed on
 * @param bytesIn bytes received from outside systems
 * @param bytesOut bytes sent to outside systems
 * @param attempts tries, the first ones among them
 * @param tookMs time its tries took, added up, in milliseconds
 */
public record ShapeSums(
        long payloadsIn,
        long payloadsOut,
        long payloadsFailed,
        long recordsIn,
        long recordsOut,
        long bytesIn,
        long bytesOut,
        long attempts,
        long tookMs) {

    /** Nothing at all. */
    public static final ShapeSums NOTHING = new ShapeSums(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Of one run. */
    public static ShapeSums of(ShapeRecord shape) {
        return new ShapeSums(
                shape.payloadsIn(),
                shape.payloadsOut(),
                shape.payloadsFailed(),
                shape.recordsIn(),
                shape.recordsOut(),
                shape.bytesIn(),
                shape.bytesOut(),
                shape.attempts(),
                shape.took().toMillis());
    }

    /** Both together. */
    public ShapeSums plus(ShapeSums other) {
        return new ShapeSums(
                payloadsIn + other.payloadsIn,
                payloadsOut + other.payloadsOut,
                payloadsFailed + other.payloadsFailed,
                recordsIn + other.recordsIn,
                recordsOut + other.recordsOut,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                attempts + other.attempts,
                tookMs + other.tookMs);
    }

    /** In the order of the table's columns. */
    long[] values() {
        return new long[] {
            payloadsIn, payloadsOut, payloadsFailed, recordsIn, recordsOut, bytesIn, bytesOut, attempts, tookMs
        };
    }
}
