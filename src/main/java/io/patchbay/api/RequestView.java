package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.payload.RequestLog;
import io.patchbay.run.RunRecord;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that a shape made, and its answer, without secrets. */
@Doc("A request that a shape made, and its answer; secrets are replaced")
record RequestView(
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
        String error) {

    static RequestView of(RunRecord.Request request) {
        RequestLog log = request.log();
        return new RequestView(
                request.shape(),
                request.attempt(),
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
                log.error());
    }
}
