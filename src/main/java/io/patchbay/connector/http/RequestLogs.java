package io.patchbay.connector.http;

import io.patchbay.connector.Trace;
import io.patchbay.connector.auth.Proof;
import io.patchbay.payload.Body;
import io.patchbay.payload.Redacting;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.WireLog;
import io.patchbay.secret.Redactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Writes requests and answers down without secrets. */
final class RequestLogs {

    private static final int MOST_HEADERS = 30;
    private static final String HIDDEN = "***";

    /** In the place of what hides its secrets from a look, as a gzip file and a workbook do. */
    private static final Body.Bytes NO_LOOK = new Body.Bytes(
            "(not shown: secrets cannot be taken out of packed content)".getBytes(StandardCharsets.UTF_8),
            "text/plain");

    /** What is read of a body behind its bound. */
    private static final int BEHIND = 64 * 1024;

    /** A shorter one may be an ordinary word. */
    private static final int SHORTEST = 6;

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
            Proof proof,
            Instant at,
            long nanos) {}

    /** Tells how a round went, and with which bodies where somebody wants to see them. */
    void tell(Trace trace, Round round, WireCall call, @Nullable Reply reply, @Nullable String error) {
        List<RequestLog> all = of(round, call.hops(), reply, error);
        RequestLog last = all.get(all.size() - 1);
        all.subList(0, all.size() - 1).forEach(trace::request);
        WireLog.Wanted wanted = trace.bodies();
        if (wanted.of(last)) {
            RequestLog whole =
                    all.size() == 1 ? last : of(round, List.of(), reply, error).get(0);
            trace.request(last, wire(whole, round, call, wanted.most()));
        } else {
            trace.request(last);
        }
    }

    /** How much of a body is read so that this can be shown of it. */
    static int read(WireLog.Wanted wanted) {
        return wanted.any() ? wanted.most() + BEHIND : 0;
    }

    private WireLog wire(RequestLog log, Round round, WireCall call, int most) {
        HttpEntity entity = round.entity();
        KeptBytes sent = KeptBytes.ofBeginning(most + BEHIND);
        KeptBytes packed = KeptBytes.ofBeginning(most + BEHIND);
        boolean unread = false;
        if (entity != null) {
            try {
                if ("gzip".equals(entity.getContentEncoding())) { // what is compressed could not be redacted
                    begin(entity, packed);
                    new GZIPInputStream(new ByteArrayInputStream(packed.bytes())).transferTo(sent);
                } else {
                    begin(entity, sent);
                }
            } catch (KeptBytes.EnoughException e) {
                // it is as much as is shown
            } catch (IOException e) {
                unread = true; // the call was made, whatever can be shown of it
            }
        }
        String type = entity == null ? "" : Objects.requireNonNullElse(entity.getContentType(), "");
        return new WireLog(
                log,
                part(sent, unread || packed.cut(), type, text -> hidden(text, round.proof()), most),
                part(call.kept(), false, type(log.responseHeaders()), redactor::redact, most));
    }

    /** Reads no more of a large file than is kept. */
    private static void begin(HttpEntity entity, KeptBytes into) throws IOException {
        try {
            entity.writeTo(into);
        } catch (KeptBytes.EnoughException e) {
            // it is as much as is shown
        }
    }

    /** A body without secrets. What was read behind the bound goes after they were looked for: one that stands across it is seen whole. */
    private static WireLog.Part part(
            KeptBytes kept, boolean unread, String type, UnaryOperator<String> redact, int most) {
        if (isPacked(kept.bytes())) {
            return new WireLog.Part(NO_LOOK, true);
        }
        byte[] clean = Redacting.redacted(kept.bytes(), redact);
        int length = Math.min(most, kept.cut() ? Math.max(0, clean.length - BEHIND) : clean.length);
        byte[] shown = length < clean.length ? Arrays.copyOf(clean, length) : clean;
        return new WireLog.Part(new Body.Bytes(shown, type), unread || kept.cut() || length < clean.length);
    }

    private static String type(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** RFC 1952 for gzip; APPNOTE 4.3.7 for zip, which workbooks are. */
    private static boolean isPacked(byte[] content) {
        boolean gzip = content.length > 1 && content[0] == 0x1f && content[1] == (byte) 0x8b;
        boolean zip =
                content.length > 3 && content[0] == 'P' && content[1] == 'K' && content[2] == 3 && content[3] == 4;
        return gzip || zip;
    }

    /** Without secrets and without what a proof has in a body. */
    private String hidden(String text, Proof proof) {
        String hidden = redactor.redact(text);
        for (Proof.Part part : proof.parts()) {
            if (part.into() == Proof.Into.PLACED && part.value().length() >= SHORTEST) {
                hidden = hidden.replace(part.value(), HIDDEN);
            }
        }
        return hidden;
    }

    /** A request and its answer; where redirects were followed, each request of them. */
    private List<RequestLog> of(Round round, List<WireCall.Hop> hops, @Nullable Reply reply, @Nullable String error) {
        List<RequestLog> all = new ArrayList<>(hops.size() + 1);
        Round here = round;
        for (WireCall.Hop hop : hops) {
            Duration took = Duration.ofNanos(hop.nanos() - here.nanos());
            all.add(log(here, hop.status(), took, 0, Map.of(), null));
            here = new Round(
                    withoutProof(redactor.redact(hop.to().toString()), here.proof()),
                    hop.method(),
                    hop.method().equals(here.method()) ? here.entity() : null, // one that became a GET has none
                    here.headers(),
                    here.proof(),
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

    /** An address in which a system repeats what it was asked with. */
    private static String withoutProof(String address, Proof proof) {
        String hidden = address;
        for (Proof.Part part : proof.parts()) {
            if (part.into() == Proof.Into.QUERY) {
                hidden = hidden.replaceAll(
                        "([?&]" + Pattern.quote(part.name()) + "=)[^&#]*", "$1" + Matcher.quoteReplacement(HIDDEN));
            }
        }
        return hidden;
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
