package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.counts.Sums;

/** What runs that ended add up to. */
@Doc("What runs that ended add up to")
record CountsView(
        @Doc("Runs that ended") long runs,
        @Doc("Runs that went well") long succeeded,
        @Doc("Runs that went well in part") long partial,
        @Doc("Runs that failed") long failed,
        @Doc("Runs that somebody stopped") long stopped,

        @Doc("Payloads that passed the busiest shape of each run")
        long payloads,

        @Doc("Payloads that failed for good") long payloadsFailed,

        @Doc("Records that passed the busiest shape of each run")
        long records,

        @Doc("Received from outside systems") long bytesIn,
        @Doc("Sent to outside systems") long bytesOut) {

    static CountsView of(Sums sums) {
        return new CountsView(
                sums.runs(),
                sums.succeeded(),
                sums.partial(),
                sums.failed(),
                sums.stopped(),
                sums.payloads(),
                sums.payloadsFailed(),
                sums.records(),
                sums.bytesIn(),
                sums.bytesOut());
    }
}
