package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.route.MapPreviews;
import io.patchbay.shape.map.Preview;
import io.patchbay.shape.map.Preview.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a map makes of a sample. */
@Doc("What a map makes of a sample, and how")
record MapPreviewView(
        @Doc("Id of the map; null when the text has errors") @Nullable
        String shape,

        @Doc("Of a map that is an expression, which has no fields to show: its language") @Nullable
        String language,

        @Doc("Whether there is a result and nothing failed") boolean good,

        @Doc("What would go on") @Nullable JsonNode result,
        List<MappedView> records,

        @Doc("How many records of the sample were not looked at")
        long more,

        @Doc("What is wrong with the text") List<ProblemView> problems) {

    /** One record. */
    @Doc("What became of one record")
    record MappedView(
            @Doc("Number of the record in the sample, from 1")
            long number,

            @Doc("What it became; null when it failed") @Nullable
            JsonNode result,

            @Nullable MapFailureView failure,
            @Doc("What each field did") List<FieldView> fields) {}

    /** Why a record failed. */
    @Doc("Why a record failed")
    record MapFailureView(
            @Doc("Stable name") String code,
            @Doc("A sentence") String message,

            @Doc("Line of the field, or of the function, in the flow's file")
            int line,

            int column,

            @Doc("The function that failed, or null") @Nullable
            String function) {}

    /** What a field did. */
    @Doc("What one field did with one record")
    record FieldView(
            @Doc("Its targets") String to,
            @Doc("Line of the field in the flow's file") int line,

            @Doc("written; nothing: it came to nothing; skipped: its condition does not hold; failed")
            Outcome outcome,

            @Doc("Values on their way, the first 10 of them: one, or one for each item that was lined up")
            List<ValueView> values,

            @Doc("How many more values there are") int more,

            @Doc("Why it failed, or null") @Nullable MapFailureView failure) {}

    /** A value on its way. */
    @Doc("A value on its way through a field")
    record ValueView(
            @Doc("What the source gave; null also when it led nowhere") @Nullable
            JsonNode in,

            List<StepView> steps,
            @Doc("What was written") @Nullable JsonNode out) {}

    /** What a function made of a value. */
    @Doc("What a function made of a value")
    record StepView(String function, @Nullable JsonNode out) {}

    static MapPreviewView of(MapPreviews.Answer answer) {
        List<ProblemView> problems =
                answer.problems().stream().map(ProblemView::of).toList();
        Preview preview = answer.preview();
        return preview == null
                ? new MapPreviewView(null, null, false, null, List.of(), 0, problems)
                : new MapPreviewView(
                        preview.shape(),
                        preview.language(),
                        preview.good(),
                        preview.result(),
                        preview.records().stream().map(MapPreviewView::record).toList(),
                        preview.more(),
                        problems);
    }

    private static MappedView record(Preview.Mapped one) {
        return new MappedView(
                one.number(),
                one.result(),
                failure(one.failure()),
                one.fields().stream().map(MapPreviewView::field).toList());
    }

    private static @Nullable MapFailureView failure(Preview.@Nullable Failure failure) {
        return failure == null
                ? null
                : new MapFailureView(
                        failure.code(),
                        failure.message(),
                        failure.at().line(),
                        failure.at().column(),
                        failure.function());
    }

    private static FieldView field(Preview.FieldTrace trace) {
        return new FieldView(
                trace.to(),
                trace.at().line(),
                trace.outcome(),
                trace.values().stream().map(MapPreviewView::value).toList(),
                trace.more(),
                failure(trace.failure()));
    }

    private static ValueView value(Preview.ValueTrace value) {
        return new ValueView(
                value.in(),
                value.steps().stream()
                        .map(step -> new StepView(step.function(), step.out()))
                        .toList(),
                value.out());
    }
}
