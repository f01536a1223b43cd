package io.patchbay.ops.tracing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Traces of runs.
 *
 * @param endpoint where a collector takes spans by OTLP over HTTP, like {@code http://collector:4318/v1/traces}; without it runs are not
 *     traced
 * @param sampling which part of runs is traced, 0 to 1. Whoever calls does not change it
 * @param headers sent with spans, by name: what the collector wants to see, like {@code Authorization}; best given in the environment
 * @param spans most spans of one run, 10 to 100000; what comes then is counted only
 * @param queue most spans that wait to be sent, 100 to 100000; what comes then is left out
 * @param timeout how long the collector may take to accept spans, 100ms to 60s
 * @param tell names of instances that are told of the trace in {@code traceparent} of each request; no other system hears of it
 */
@ConfigurationProperties("patchbay.tracing")
record TracingProperties(
        @Nullable String endpoint,
        @DefaultValue("0.1") double sampling,
        @DefaultValue Map<String, String> headers,
        @DefaultValue("1000") int spans,
        @DefaultValue("4096") int queue,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue List<String> tell) {

    TracingProperties {
        headers = Map.copyOf(headers);
        tell = List.copyOf(tell);
        require(sampling >= 0 && sampling <= 1, "sampling", "0 to 1", sampling);
        require(spans >= 10 && spans <= 100_000, "spans", "10 to 100000", spans);
        require(queue >= 100 && queue <= 100_000, "queue", "100 to 100000", queue);
        require(timeout.toMillis() >= 100 && timeout.toMillis() <= 60_000, "timeout", "100ms to 60s", timeout);
        require(
                endpoint == null || endpoint.isBlank() || isHttp(endpoint),
                "endpoint",
                "an address like http://collector:4318/v1/traces, without a user; 'headers' take what proves who sends",
                withoutUser(String.valueOf(endpoint)));
    }

    /** Whoever writes a password into it must not find it in the log. */
    private static String withoutUser(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? address : "***" + address.substring(at);
    }

    private static boolean isHttp(String address) {
        try {
            URI uri = URI.create(address);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean fine, String name, String expected, Object got) {
        if (!fine) {
            throw new IllegalArgumentException("patchbay.tracing." + name + " is to be " + expected + ", got " + got);
        }
    }
}
