package io.patchbay.connector.http;

import io.patchbay.connector.auth.Proof;
import io.patchbay.payload.RequestLog;
import io.patchbay.secret.Redactor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Writes requests and answers down without secrets. */
final class RequestLogs {

    private static final int MOST_HEADERS = 30;
    private static final String HIDDEN = "***";

    private final String instance;
    private final String endpoint;
    private final Redactor redactor;

    RequestLogs(String instance, String endpoint, Redactor redactor) {
        this.instance = instance;
        this.endpoint = endpoint;
        this.redactor = redactor;
    }

    /** One round of a request: what was sent when, and what came of it. */
    record Round(
            String uri,
            String method,
            @Nullable HttpEntity entity,
            Map<String, String> headers,
            Instant at,
            long nanos) {}

    /** A request and its answer; where redirects were followed, each request of them. */
    List<RequestLog> of(Round round, List<WireCall.Hop> hops, @Nullable Reply reply, @Nullable String error) {
        List<RequestLog> all = new ArrayList<>(hops.size() + 1);
        Round here = round;
        for (WireCall.Hop hop : hops) {
            Duration took = Duration.ofNanos(hop.nanos() - here.nanos());
            all.add(log(here, hop.status(), took, 0, Map.of(), null));
            here = new Round(
                    redactor.redact(hop.to().toString()),
                    hop.method(),
                    here.entity(),
                    here.headers(),
                    here.at().plus(took),
                    hop.nanos());
        }
        all.add(log(
                here,
                reply == null ? 0 : reply.status(),
                Duration.ofNanos(System.nanoTime() - here.nanos()),
                reply == null ? 0 : reply.received(),
                reply == null ? Map.of() : HeaderSet.recorded(first(reply.headers()), redactor),
                error));
        return all;
    }

    private RequestLog log(
            Round round,
            int status,
            Duration took,
            long received,
            Map<String, String> responseHeaders,
            @Nullable String error) {
        HttpEntity entity = round.entity();
        return new RequestLog(
                instance,
                endpoint,
                round.method(),
                round.uri(),
                status,
                round.at(),
                took,
                entity == null ? 0 : Math.max(0, entity.getContentLength()),
                received,
                round.headers(),
                responseHeaders,
                error == null ? null : redactor.redact(error));
    }

    private static List<Header> first(List<Header> headers) {
        return headers.size() <= MOST_HEADERS ? headers : new ArrayList<>(headers.subList(0, MOST_HEADERS));
    }

    /** Headers with a proof among them, whose values are hidden whatever they are. */
    Map<String, String> shown(Map<String, String> headers, Proof proof) {
        if (proof.parts().isEmpty()) {
            return headers;
        }
        Map<String, String> all = new LinkedHashMap<>(headers);
        for (Proof.Part part : proof.parts()) {
            if (part.into() == Proof.Into.HEADER) {
                all.put(part.name(), HIDDEN);
            }
        }
        return all;
    }

    /** A URI with a proof in it, whose values are hidden whatever they are. */
    String shown(URI uri, Proof proof) {
        StringBuilder text = new StringBuilder(redactor.redact(uri.toString()));
        char separator = uri.getRawQuery() == null ? '?' : '&';
        for (Proof.Part part : proof.parts()) {
            if (part.into() == Proof.Into.QUERY) {
                text.append(separator).append(part.name()).append('=').append(HIDDEN);
                separator = '&';
            }
        }
        return text.toString();
    }
}
