package io.patchbay.ops.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.patchbay.queue.Start;
import io.patchbay.run.Run;
import io.patchbay.run.RunTrace;
import io.patchbay.run.Runner;
import io.patchbay.run.Tracing;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows runs with OpenTelemetry's SDK. Camel's own tracing (camel-opentelemetry2) is not used: its spans are exchanges and nodes,
 * which end where a start goes through the queue, know nothing of tries and of payloads that fail in parts, and write the trace into
 * the headers of messages. A step knows all of these. Micrometer's observations hang on the thread, which a run changes at will.
 *
 * <p>Spans wait in a bounded queue and are sent by a thread of their own; what does not fit, or what the collector does not take, is
 * left out.
 */
final class OtlpTracing implements Tracing, AutoCloseable {

    private static final Set<String> CALLED_FROM_OUTSIDE = Set.of("webhook", "api", "event", "inbound", "file");
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int BATCH = 512;
    private static final long LAST_SECONDS = 2;

    private final SdkTracerProvider provider;
    private final Spans spans;
    private final RunSampler sampler;
    private final Function<String, @Nullable String> traceOf;

    /** @param traceOf where an earlier run is shown; null when nowhere */
    OtlpTracing(TracingProperties settings, Function<String, @Nullable String> traceOf) {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(Objects.requireNonNull(settings.endpoint()))
                .setTimeout(settings.timeout())
                .setCompression("gzip");
        settings.headers().forEach(exporter::addHeader);
        GivenIds ids = new GivenIds();
        this.provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setSampler(Sampler.alwaysOn()) // what is not to be traced makes no span at all
                .setResource(Resource.create(
                        Attributes.builder().put("service.name", "patchbay").build()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setMaxQueueSize(settings.queue())
                        .setMaxExportBatchSize(Math.min(BATCH, settings.queue()))
                        .setScheduleDelay(EVERY)
                        .build())
                .build();
        this.spans = new Spans(provider.get("io.patchbay"), ids, settings.spans(), Set.copyOf(settings.tell()));
        this.sampler = new RunSampler(settings.sampling());
        this.traceOf = traceOf;
    }

    @Override
    public RunTrace begin(Run.Identity run, Map<String, String> meta) {
        SpanContext ours = TraceText.read(meta.get(Start.TRACE));
        if (ours == null && run.trigger().equals(Runner.WAITED)) {
            ours = before(run);
        }
        SpanContext parent = ours != null ? ours : TraceText.read(meta.get(Start.CALLER_TRACE));
        boolean sampled = ours == null ? sampler.takes(run.id()) : ours.isSampled();
        String trace = parent == null ? run.id().replace("-", "") : parent.getTraceId();
        if (!sampled) {
            return new Unsampled(
                    SpanContext.create(
                            trace,
                            spans.ids().generateSpanId(),
                            TraceFlags.getDefault(),
                            parent == null ? TraceState.getDefault() : parent.getTraceState()),
                    spans.told());
        }
        SpanBuilder builder = spans.tracer()
                .spanBuilder(run.flow())
                .setSpanKind(kind(run.trigger()))
                .setParent(parent == null ? Context.root() : Context.root().with(Span.wrap(parent)))
                .setAttribute(Spans.FLOW, run.flow())
                .setAttribute(Spans.RUN, run.id())
                .setAttribute(Spans.REVISION, run.revision())
                .setAttribute(Spans.TRIGGER, run.trigger());
        if (run.resumed() > 0) {
            builder.setAttribute(Spans.RESUMED, (long) run.resumed());
        }
        SpanContext linked = ours == null ? before(run) : null;
        if (linked != null) {
            builder.addLink(linked);
        }
        return new RunSpan(
                spans, run, parent == null ? spans.ids().inTrace(trace, builder::startSpan) : builder.startSpan());
    }

    private @Nullable SpanContext before(Run.Identity run) {
        return run.parent() == null ? null : TraceText.read(traceOf.apply(run.parent()));
    }

    private static SpanKind kind(String trigger) {
        return trigger.equals("callback")
                ? SpanKind.SERVER
                : CALLED_FROM_OUTSIDE.contains(trigger) ? SpanKind.CONSUMER : SpanKind.INTERNAL;
    }

    /** Sends what is left, for a short time. */
    @Override
    public void close() {
        provider.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
}
