package io.patchbay.ops.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ids of traces and spans: random ones, but for a trace that is called as its run, and a request's span whose id the system was told
 * before the span was made. A builder of spans takes no id, so one is given for the time in which its span begins.
 */
final class GivenIds implements IdGenerator {

    private final IdGenerator random = IdGenerator.random();
    private final ThreadLocal<@Nullable String> trace = new ThreadLocal<>();
    private final ThreadLocal<@Nullable String> span = new ThreadLocal<>();

    /** Begins something with a trace id of our own choice. */
    <T> T inTrace(String id, Supplier<T> begin) {
        return with(trace, id, begin);
    }

    /** Begins something with a span id of our own choice. */
    <T> T asSpan(String id, Supplier<T> begin) {
        return with(span, id, begin);
    }

    private static <T> T with(ThreadLocal<@Nullable String> given, String id, Supplier<T> begin) {
        given.set(id);
        try {
            return begin.get();
        } finally {
            given.remove();
        }
    }

    @Override
    public String generateSpanId() {
        String id = span.get();
        return id == null ? random.generateSpanId() : id;
    }

    @Override
    public String generateTraceId() {
        String id = trace.get();
        return id == null ? random.generateTraceId() : id;
    }
}
