package io.patchbay.flow;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.SourcePath;
import io.patchbay.queue.Overlap;
import io.patchbay.queue.Priority;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** How runs of a flow behave. */
@Doc("How runs of the flow behave")
public record FlowSettings(
        @Doc("Which waiting start goes first when many flows have some") @Default("regular")
        Priority priority,

        @Doc(
                "What a start does while a run is going; the default is 'latest' for a flow with schedules alone, else 'queue'")
        @Nullable
        Overlap overlap,

        @Doc("Most runs at one time under 'overlap: parallel'") @Default("4") @Range(min = 1, max = 256)
        int concurrency,

        @Doc(
                "'streamed': a page goes on while the next is fetched; 'staged': each shape sees everything before the next")
        @Default("streamed")
        Delivery delivery,

        @Doc("Bounds of one run") @Default("{}") Limits limits,

        @Doc(
                "Which payloads the run record keeps; secrets that the program knows are replaced by ***. Failed payloads are kept whole, to be sent again")
        @Default("{}")
        Capture capture,

        @Doc(
                "Paths in a record that say what it is about, like the number of an order; the first that has a value counts. Failed payloads are found by it, and resolve themselves when records with the same values pass the shape in a later run")
        @Default("[]")
        List<SourcePath> businessKey,

        @Doc("What people are told of, and who they are") @Default("{}")
        AlertSettings alerts) {

    /** The same with another capture. */
    FlowSettings with(Capture other) {
        return new FlowSettings(priority, overlap, concurrency, delivery, limits, other, businessKey, alerts);
    }

    /** The same with other bounds. */
    FlowSettings with(Limits other) {
        return new FlowSettings(priority, overlap, concurrency, delivery, other, capture, businessKey, alerts);
    }

    /** When payloads go from shape to shape. */
    public enum Delivery {
        /** Page by page. */
        STREAMED,
        /** All before the next shape. */
        STAGED
    }

    /** Bounds of one run; a run that passes one stops with that reason. */
    @Doc(
            "Bounds of one run; a run that passes one stops and says so. A run that is taken up again begins to count anew")
    public record Limits(
            @Doc("Most pages one connection may pull") @Default("10000") @Range(min = 1)
            long pages,

            @Doc("Most payloads that may pass any one shape") @Default("1000000") @Range(min = 1)
            long payloads,

            @Doc(
                    "Most requests that its shapes may make to systems outside; the first one beyond is made, and ends the run")
            @Default("1000000")
            @Range(min = 1)
            long requests,

            @Doc("Most bytes that these requests and their answers may have together") @Default("100GB")
            DataSize bytes,

            @Doc("Longest time a run may take") @Default("6h")
            Duration time) {}

    /** Which payloads the run record keeps. */
    @Doc(
            "Which payloads in and out of each shape the run record keeps, and which bodies of requests and answers, and for how long")
    public record Capture(
            @Doc("'all', 'failures' or 'none'; the default is 'failures' for a flow with a callback, else 'all'")
            @Nullable
            Kept payloads,

            @Doc(
                    "Of which HTTP requests to systems outside their bodies and those of the answers are kept: 'all', 'failures' or 'none'. The default is 'failures', and 'none' for a flow with 'mask' or 'payloads: none'. With 'mask', a body that is no whole JSON is left out")
            @Nullable
            Kept requests,

            @Doc("How long they are kept") @Default("72h") Duration keep,

            @Doc("Most bytes kept of one payload or body; the rest is cut off and the record says so") @Default("64KB")
            DataSize most,

            @Doc("Most bytes kept of one run") @Default("16MB")
            DataSize perRun,

            @Doc("Paths whose values are replaced by *** before they are kept") @Default("[]")
            List<String> mask) {}

    /** Which payloads, or bodies of requests, are kept. */
    public enum Kept {
        /** All, in and out. */
        ALL,
        /** Those that failed. */
        FAILURES,
        /** None; a failed payload is still kept for replay. */
        NONE
    }
}
