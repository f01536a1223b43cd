package io.patchbay.ops.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.StepException;
import io.patchbay.run.Run;
import io.patchbay.run.ShapeTrace;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * The span of one passage of a shape, below which those of its requests stand. What an exception says stays out: it may repeat what
 * a system answered, or a payload. Its code does not.
 */
final class ShapeSpan implements ShapeTrace {

    private static final int FIRST_ERROR = 400;

    private final RunSpan of;
    private final Span span;

    ShapeSpan(RunSpan of, Span span) {
        this.of = of;
        this.span = span;
    }

    /** The span of a request is made when it is over, as its log tells it; the system hears before under which id. */
    @Override
    public Map<String, String> headers(String instance) {
        if (!of.spans().told().contains(instance)) {
            return Map.of();
        }
        SpanContext here = span.getSpanContext();
        return TraceText.headers(SpanContext.create(
                here.getTraceId(), of.spans().ids().generateSpanId(), here.getTraceFlags(), here.getTraceState()));
    }

    @Override
    public void request(int attempt, RequestLog request) {
        if (!of.another()) {
            return;
        }
        Run.Identity run = of.run();
        SpanBuilder builder = of.spans()
                .tracer()
                .spanBuilder(request.method() + " " + request.endpoint())
                .setParent(Context.root().with(span))
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(request.at())
                .setAttribute(Spans.FLOW, run.flow())
                .setAttribute(Spans.RUN, run.id())
                .setAttribute(Spans.INSTANCE, request.instance())
                .setAttribute(Spans.ENDPOINT, request.endpoint())
                .setAttribute(Spans.METHOD, request.method())
                .setAttribute(Spans.ATTEMPT, (long) attempt)
                .setAttribute(Spans.REQUEST_SIZE, request.sent())
                .setAttribute(Spans.RESPONSE_SIZE, request.received());
        if (request.status() > 0) {
            builder.setAttribute(Spans.HTTP_STATUS, (long) request.status());
        }
        SpanContext told = TraceText.read(request.requestHeaders().get(TraceText.PARENT));
        Span made = told == null ? builder.startSpan() : of.spans().ids().asSpan(told.getSpanId(), builder::startSpan);
        if (request.error() != null || request.status() >= FIRST_ERROR) {
            made.setStatus(StatusCode.ERROR);
            made.setAttribute(Spans.ERROR, request.status() > 0 ? String.valueOf(request.status()) : "no_answer");
        }
        made.end(request.at().plus(request.took()));
    }

    @Override
    public void again(int attempt, StepException why, Duration pause) {
        span.addEvent(
                "retry",
                Attributes.of(Spans.ATTEMPT, (long) attempt, Spans.ERROR, why.code(), Spans.PAUSE, pause.toMillis()));
    }

    @Override
    public void failed(StepException why) {
        if (why.isHeld()) {
            span.addEvent("held");
            return;
        }
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(Spans.ERROR, why.code());
        span.setAttribute(Spans.OWNER, why.owner().name().toLowerCase(Locale.ROOT));
        span.addEvent("failed", Attributes.of(Spans.ERROR, why.code()));
    }

    @Override
    public void ended() {
        span.end();
        of.left(this);
    }
}
