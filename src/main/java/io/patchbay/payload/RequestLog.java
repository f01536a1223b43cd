package io.patchbay.payload;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to an outside system and its answer, as the run record keeps it: no secret is in it.
 *
 * @param instance the connector instance
 * @param endpoint the endpoint's id
 * @param method HTTP method or file operation
 * @param target URL or path, secrets replaced
 * @param status answer's status; 0 when none came
 * @param at when it was sent
 * @param took until the answer was read
 * @param sent bytes sent
 * @param received bytes received
 * @param requestHeaders by name, secrets replaced
 * @param responseHeaders by name, secrets replaced
 * @param error why there was no answer, or what was wrong with it
 */
public record RequestLog(
        String instance,
        String endpoint,
        String method,
        String target,
        int status,
        Instant at,
        Duration took,
        long sent,
        long received,
        Map<String, String> requestHeaders,
        Map<String, String> responseHeaders,
        @Nullable String error) {

    public RequestLog {
        requestHeaders = Map.copyOf(requestHeaders);
        responseHeaders = Map.copyOf(responseHeaders);
    }
}
