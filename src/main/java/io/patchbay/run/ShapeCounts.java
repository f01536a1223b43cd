package io.patchbay.run;

import io.patchbay.run.RunRecord.ShapeRecord;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one shape in one run. */
final class ShapeCounts {

    final LongAdder payloadsIn = new LongAdder();
    final LongAdder payloadsOut = new LongAdder();
    final LongAdder payloadsFailed = new LongAdder();
    final LongAdder recordsIn = new LongAdder();
    final LongAdder recordsOut = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder attempts = new LongAdder();
    final LongAdder nanos = new LongAdder();

    ShapeRecord record(String shape, String type) {
        return new ShapeRecord(
                shape,
                type,
                payloadsIn.sum(),
                payloadsOut.sum(),
                payloadsFailed.sum(),
                recordsIn.sum(),
                recordsOut.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                attempts.sum(),
                Duration.ofNanos(nanos.sum()));
    }
}
