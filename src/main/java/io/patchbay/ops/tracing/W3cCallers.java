package io.patchbay.ops.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.patchbay.trigger.CallerTraces;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads W3C's trace context. A caller may say where its request is shown, and nothing else: its flag, that the trace is sampled, is
 * not taken over, or every caller could have all of its runs traced.
 */
final class W3cCallers implements CallerTraces {

    @Override
    public @Nullable String of(Function<String, List<String>> headers) {
        List<String> parents = headers.apply(TraceText.PARENT);
        if (parents.size() != 1) {
            return null; // W3C 3.2: several are none
        }
        List<String> states = headers.apply(TraceText.STATE);
        SpanContext found = TraceText.read(parents.get(0), states.isEmpty() ? null : String.join(",", states));
        return found == null
                ? null
                : TraceText.line(SpanContext.createFromRemoteParent(
                        found.getTraceId(), found.getSpanId(), TraceFlags.getDefault(), found.getTraceState()));
    }
}
