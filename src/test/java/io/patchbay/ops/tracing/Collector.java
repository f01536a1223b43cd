package io.patchbay.ops.tracing;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** Takes spans by OTLP over HTTP and reads them as the standard describes them. */
public final class Collector implements AutoCloseable {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    public volatile int status = 200;
    public volatile String authorization = "";

    /** One that takes spans from now on. */
    public Collector() throws IOException {
        server.createContext("/v1/traces", this::take);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    private void take(HttpExchange exchange) throws IOException {
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(in);
            if (status == 200) {
                for (ResourceSpans resource : request.getResourceSpansList()) {
                    for (ScopeSpans scope : resource.getScopeSpansList()) {
                        spans.addAll(scope.getSpansList());
                    }
                }
            }
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** The spans of a run, when its own has come; the others end before it. */
    public List<Span> spansOf(String run) {
        await().atMost(SOON).until(() -> spans.stream().anyMatch(span -> isRun(span, run)));
        return spans.stream()
                .filter(span -> attribute(span, "patchbay.run").equals(run))
                .toList();
    }

    /** The span of a run itself. */
    public Span span(String run) {
        return spansOf(run).stream()
                .filter(span -> isRun(span, run))
                .findFirst()
                .orElseThrow();
    }

    /** The one span of a run with this name. */
    public Span span(String run, String name) {
        List<Span> found = spansOf(run).stream()
                .filter(span -> span.getName().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " spans '" + name + "' among "
                    + spansOf(run).stream().map(Span::getName).toList());
        }
        return found.get(0);
    }

    private static boolean isRun(Span span, String run) {
        return attribute(span, "patchbay.run").equals(run)
                && !attribute(span, "patchbay.trigger").isEmpty();
    }

    public static String attribute(Span span, String name) {
        return attribute(span.getAttributesList(), name);
    }

    public static String attribute(List<KeyValue> attributes, String name) {
        return attributes.stream()
                .filter(one -> one.getKey().equals(name))
                .map(one -> one.getValue().hasIntValue()
                        ? String.valueOf(one.getValue().getIntValue())
                        : one.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    public static String trace(Span span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    public static String id(Span span) {
        return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    public static String parent(Span span) {
        return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }

    /** All that has come, as text. */
    public String text() {
        return spans.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
