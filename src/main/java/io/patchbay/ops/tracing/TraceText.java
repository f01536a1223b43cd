package io.patchbay.ops.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in a trace as W3C's headers say it, and as one line: {@code traceparent}, and {@code tracestate} behind a blank where there is one. */
final class TraceText {

    static final String PARENT = "traceparent";
    static final String STATE = "tracestate";

    /** Longer states may be cut, says W3C; ours are left out. */
    private static final int LONGEST_STATE = 512;

    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // must be there until it is gone
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    private TraceText() {}

    /** Reads headers by the rules of W3C; null when there is no valid place in them. */
    static @Nullable SpanContext read(String parent, @Nullable String state) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(PARENT, parent);
        if (state != null && state.length() <= LONGEST_STATE) {
            headers.put(STATE, state);
        }
        SpanContext found =
                Span.fromContext(W3C.extract(Context.root(), headers, GETTER)).getSpanContext();
        return found.isValid() ? found : null;
    }

    /** Reads a line. */
    static @Nullable SpanContext read(@Nullable String line) {
        if (line == null) {
            return null;
        }
        int blank = line.indexOf(' ');
        return blank < 0 ? read(line, null) : read(line.substring(0, blank), line.substring(blank + 1));
    }

    /** The headers of a place. */
    static Map<String, String> headers(SpanContext place) {
        Map<String, String> headers = new LinkedHashMap<>();
        W3C.inject(Context.root().with(Span.wrap(place)), headers, (all, name, value) -> {
            if (all != null) {
                all.put(name, value);
            }
        });
        return headers;
    }

    /** A place as a line. */
    static String line(SpanContext place) {
        Map<String, String> headers = headers(place);
        String state = headers.get(STATE);
        return headers.get(PARENT) + (state == null ? "" : " " + state);
    }

    /** A place without its state. */
    static String parent(SpanContext place) {
        return String.valueOf(headers(place).get(PARENT));
    }
}
