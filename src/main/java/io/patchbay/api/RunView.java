package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run, with what passed its shapes; its log, requests and payloads are lists of their own. */
@Doc("A run, with what passed its shapes")
record RunView(
        @Doc("UUIDv7: sorts by time") String id,
        String flow,
        @Doc("What ran") String revision,

        @Doc("Number of the version that ran; null when it is not kept any more") @Nullable
        Integer version,

        @Doc("What started it") String trigger,
        RunStatus status,
        @Doc("When its start was accepted") Instant queuedAt,
        @Doc("When it began") @Nullable Instant startedAt,
        @Doc("When it ended") @Nullable Instant endedAt,

        @Doc("From beginning to end, in milliseconds") @Nullable
        Long tookMs,

        @Doc("Why it failed or stopped, or what of it waits to go on") @Nullable
        String reason,

        @Doc("The run that it goes on from") @Nullable String parent,

        @Doc("How often it was taken up again after a crash; its counts begin at the last time")
        int resumed,

        @Doc("Where the run is shown as a trace, as a `traceparent`: `00-TRACE-SPAN-01`") @Nullable
        String trace,

        @Doc("What passed each shape, in flow order") List<ShapeView> shapes) {

    /** What passed one shape. */
    @Doc("What passed one shape")
    record ShapeView(
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

            @Doc("Time its tries took, added up, in milliseconds")
            long tookMs) {

        static ShapeView of(RunRecord.ShapeRecord shape) {
            return new ShapeView(
                    shape.shape(),
                    shape.type(),
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
    }

    static RunView of(RunRecord run, @Nullable Integer version) {
        Instant began = run.startedAt();
        Instant ended = run.endedAt();
        return new RunView(
                run.id(),
                run.flow(),
                run.revision(),
                version,
                run.trigger(),
                run.status(),
                run.queuedAt(),
                began,
                ended,
                began == null || ended == null
                        ? null
                        : Duration.between(began, ended).toMillis(),
                run.reason(),
                run.parent(),
                run.resumed(),
                run.trace(),
                run.shapes().stream().map(ShapeView::of).toList());
    }
}
