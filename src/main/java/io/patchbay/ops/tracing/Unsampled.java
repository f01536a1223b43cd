package io.patchbay.ops.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.StepException;
import io.patchbay.queue.Start;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunTrace;
import io.patchbay.run.ShapeTrace;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run of which no spans are made; what it starts and calls hears that, so that no trace has holes. */
record Unsampled(SpanContext place, Set<String> told) implements RunTrace, ShapeTrace {

    @Override
    public ShapeTrace shape(String shape, String type) {
        return told.isEmpty() ? ShapeTrace.NONE : this;
    }

    @Override
    public Map<String, String> carried() {
        return Map.of(Start.TRACE, TraceText.line(place));
    }

    @Override
    public @Nullable String shown() {
        return null;
    }

    @Override
    public void ended(@Nullable RunRecord record) {
        // There is no span to end.
    }

    @Override
    public Map<String, String> headers(String instance) {
        return told.contains(instance) ? TraceText.headers(place) : Map.of();
    }

    @Override
    public void request(int attempt, RequestLog request) {
        // There are no spans.
    }

    @Override
    public void again(int attempt, StepException why, Duration pause) {
        // There are no spans.
    }

    @Override
    public void failed(StepException why) {
        // There are no spans.
    }

    @Override
    public void ended() {
        // There are no spans.
    }
}
