package io.patchbay.ops.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.patchbay.queue.Start;
import io.patchbay.run.Run;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.RunTrace;
import io.patchbay.run.ShapeTrace;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The span of a run, below which those of its shapes stand. */
final class RunSpan implements RunTrace {

    private final Spans spans;
    private final Run.Identity run;
    private final Span span;
    private final Context context;
    private final AtomicInteger made = new AtomicInteger(1);
    private final AtomicLong leftOut = new AtomicLong();
    private final Set<ShapeSpan> open = ConcurrentHashMap.newKeySet();

    RunSpan(Spans spans, Run.Identity run, Span span) {
        this.spans = spans;
        this.run = run;
        this.span = span;
        this.context = Context.root().with(span);
    }

    @Override
    public ShapeTrace shape(String shape, String type) {
        if (!another()) {
            return new Unsampled(span.getSpanContext(), spans.told());
        }
        ShapeSpan begun = new ShapeSpan(
                this,
                spans.tracer()
                        .spanBuilder(shape)
                        .setParent(context)
                        .setAttribute(Spans.FLOW, run.flow())
                        .setAttribute(Spans.RUN, run.id())
                        .setAttribute(Spans.SHAPE, shape)
                        .setAttribute(Spans.SHAPE_TYPE, type)
                        .startSpan());
        open.add(begun);
        return begun;
    }

    /** Whether the run may have another span. */
    boolean another() {
        if (made.incrementAndGet() <= spans.most()) {
            return true;
        }
        leftOut.incrementAndGet();
        return false;
    }

    Spans spans() {
        return spans;
    }

    Run.Identity run() {
        return run;
    }

    /** The shape's span has ended. */
    void left(ShapeSpan shape) {
        open.remove(shape);
    }

    @Override
    public Map<String, String> carried() {
        return Map.of(Start.TRACE, TraceText.line(span.getSpanContext()));
    }

    @Override
    public @Nullable String shown() {
        return TraceText.parent(span.getSpanContext());
    }

    @Override
    public void ended(@Nullable RunRecord record) {
        open.forEach(ShapeSpan::ended);
        if (leftOut.get() > 0) {
            span.setAttribute(Spans.LEFT_OUT, leftOut.get());
        }
        if (record == null) {
            span.setAttribute(Spans.STATUS, "left");
        } else {
            span.setAttribute(Spans.STATUS, record.status().name().toLowerCase(Locale.ROOT));
            if (record.status() == RunStatus.FAILED) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        span.end();
    }

    SpanContext place() {
        return span.getSpanContext();
    }
}
