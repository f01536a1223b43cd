package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.run.RunStatus;
import io.patchbay.trial.dry.Captured;
import io.patchbay.trial.dry.DryReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a dry run. */
@Doc("What came of a dry run: what was read, and what was not done")
record DryRunView(
        String flow,
        @Doc("What ran") String revision,

        @Doc("How a run would have ended whose writes are answered as these were")
        RunStatus status,

        @Doc("Why it failed or stopped") @Nullable String reason,
        @Doc("How long it took, in milliseconds") long tookMs,
        @Doc("What passed each shape, in flow order") List<RunView.ShapeView> shapes,

        @Doc("What was not done, in the order in which it would have been")
        List<WriteView> writes,

        @Doc(
                "How much each shape would have done, by its id, what is beyond the bounds among it; under an empty id the run itself")
        Map<String, Long> counts,

        @Doc("Whether some of it is beyond the bounds and only counted")
        boolean more,

        @Doc("Requests that were made, which only read") List<RequestView> reads,
        List<LogView> logs,

        @Doc("What the caller of a callback would have got") @Nullable
        WriteView answer) {

    /** Something that was not done. */
    @Doc("Something that was not done, without secrets")
    record WriteView(
            @Doc("The shape that would have done it; empty for the run itself")
            String shape,

            @Doc("Where it would have gone") Captured.Kind kind,

            @Doc("What would have been done, like POST, WRITE or APPEND")
            String what,

            @Doc("To what: an address, a path, a statement, a flow, a key")
            String target,

            Map<String, String> headers,

            @Doc("What goes along by name, like the inputs of an endpoint") @Nullable
            JsonNode with,

            @Doc("The content: JSON as a value, text as text, else base64: and Base64") @Nullable
            JsonNode body,

            @Doc("Media type of the content") @Nullable String contentType,
            @Doc("How many bytes the content has") long bytes,

            @Doc("Whether the end of the content is missing")
            boolean cut,

            @Doc("What the flow was told in its place") String answer) {

        static WriteView of(Captured captured) {
            return new WriteView(
                    captured.shape(),
                    captured.kind(),
                    captured.what(),
                    captured.target(),
                    captured.headers(),
                    captured.with(),
                    captured.body(),
                    captured.contentType(),
                    captured.bytes(),
                    captured.cut(),
                    captured.answer());
        }
    }

    static DryRunView of(DryReport report) {
        Captured answer = report.answer();
        return new DryRunView(
                report.flow(),
                report.revision(),
                report.status(),
                report.reason(),
                report.tookMillis(),
                report.shapes().stream().map(RunView.ShapeView::of).toList(),
                report.writes().stream().map(WriteView::of).toList(),
                report.counts(),
                !report.kept(),
                report.reads().stream().map(RequestView::of).toList(),
                report.logs().stream().map(LogView::of).toList(),
                answer == null ? null : WriteView.of(answer));
    }
}
