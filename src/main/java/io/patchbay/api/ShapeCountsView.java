package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.counts.ShapeSums;
import java.time.Instant;
import java.util.List;

/** What passed the shapes of a flow. */
@Doc("What passed the shapes of a flow")
record ShapeCountsView(
        @Doc("Since the beginning of this hour") Instant since,

        @Doc("Runs that go on; what they did so far is counted, too")
        long running,

        @Doc("Each shape of the flow as it is now, in order")
        List<Counted> shapes) {

    /** What passed one shape. */
    @Doc("What passed one shape")
    record Counted(
            String shape,
            @Doc("The kind of shape") String type,
            long payloadsIn,
            long payloadsOut,

            @Doc("Payloads that failed for good, records that left their page among them")
            long payloadsFailed,

            long recordsIn,
            long recordsOut,
            @Doc("Received from outside systems") long bytesIn,
            @Doc("Sent to outside systems") long bytesOut,
            @Doc("Tries, the first ones among them") long attempts,

            @Doc("Tries beyond one for each payload; not told of shapes that take all payloads at once")
            long retries,

            @Doc("Time its tries took, added up, in milliseconds")
            long tookMs) {

        static Counted of(String shape, String type, ShapeSums all) {
            return new Counted(
                    shape,
                    type,
                    all.payloadsIn(),
                    all.payloadsOut(),
                    all.payloadsFailed(),
                    all.recordsIn(),
                    all.recordsOut(),
                    all.bytesIn(),
                    all.bytesOut(),
                    all.attempts(),
                    Math.max(0, all.attempts() - all.payloadsIn()),
                    all.tookMs());
        }
    }
}
