package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.payload.RequestLog;
import io.patchbay.run.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A request to an outside system, and its answer, without secrets. */
@Doc("A request to an outside system, and its answer; secrets are replaced")
record RequestView(
        @Doc("The shape that made it; null for a call by hand") @Nullable
        String shape,

        @Doc("The first try is 1") int attempt,
        @Doc("The connector instance") String instance,
        String endpoint,
        @Doc("HTTP method or file operation") String method,
        @Doc("URL or path") String target,
        @Doc("The answer's status; 0 when none came") int status,
        @Doc("When it was sent") Instant at,
        @Doc("Until the answer was read, in milliseconds") long tookMs,
        @Doc("Bytes sent") long sent,
        @Doc("Bytes received") long received,
        Map<String, String> requestHeaders,
        Map<String, String> responseHeaders,

        @Doc("Why there was no answer, or what was wrong with it") @Nullable
        String error,

        @Doc(
                "Names what is kept of its body and of its answer's, for .../requests/{bodies}/bodies; null when nothing is")
        @Nullable
        String bodies) {

    static RequestView of(RunRecord.Request request) {
        return of(request.shape(), request.attempt(), request.log(), request.bodies());
    }

    /** Of calls by hand, in their order. */
    static List<RequestView> all(List<RequestLog> requests) {
        return IntStream.range(0, requests.size())
                .mapToObj(i -> of(null, i + 1, requests.get(i), null))
                .toList();
    }

    /** Of a call by hand. */
    static RequestView of(RequestLog log) {
        return of(null, 1, log, null);
    }

    private static RequestView of(@Nullable String shape, int attempt, RequestLog log, @Nullable String bodies) {
        return new RequestView(
                shape,
                attempt,
                log.instance(),
                log.endpoint(),
                log.method(),
                log.target(),
                log.status(),
                log.at(),
                log.took().toMillis(),
                log.sent(),
                log.received(),
                log.requestHeaders(),
                log.responseHeaders(),
                log.error(),
                bodies);
    }
}
