package io.patchbay.run;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.patchbay.flow.FlowSettings;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.WireLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bodies of requests of a run and of their answers, as its flow says: without secrets, masked as its payloads are, within the
 * bound of the run. They lie where captured payloads lie, and go when these go.
 */
final class RequestBodies {

    /** No more of one is written, whatever the flow's bound. */
    private static final int MOST = 1_000_000;

    /** What cannot be masked may hold what nobody shall see. */
    private static final Body.Bytes NO_MASK = new Body.Bytes(
            "(not kept: the flow masks payloads, and this is no whole JSON)".getBytes(StandardCharsets.UTF_8),
            "text/plain");

    private static final ObjectReader WHOLE = Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Run run;
    private final WireLog.Wanted wanted;

    RequestBodies(Run run) {
        this.run = run;
        FlowSettings.Kept kept = run.rules().keptRequests();
        int most = (int) Math.min(MOST, run.rules().capture().most().toBytes());
        this.wanted = kept == FlowSettings.Kept.NONE
                ? WireLog.Wanted.NONE
                : new WireLog.Wanted(most, kept == FlowSettings.Kept.FAILURES);
    }

    /** What is kept. */
    WireLog.Wanted wanted() {
        return wanted;
    }

    /**
     * Keeps those of a request; returns what names them, or null when nothing is kept.
     *
     * @param log the last request, when redirects were followed
     */
    @Nullable
    String keep(String shape, RequestLog log, WireLog exchange) {
        String name = run.services().newId();
        // A redirect may have made a request without a body of one that had one.
        boolean same = exchange.log().method().equals(log.method());
        boolean sent = same && keep(shape, name, CapturedPayload.Direction.SENT, exchange.sent(), log.sent());
        boolean received = keep(shape, name, CapturedPayload.Direction.RECEIVED, exchange.received(), log.received());
        return sent || received ? name : null;
    }

    private boolean keep(String shape, String name, CapturedPayload.Direction direction, WireLog.Part part, long went) {
        if (part.content().bytes().length == 0 && !part.cut()) {
            return false;
        }
        WireLog.Part shown = masked(part);
        byte[] bytes = shown.content().bytes();
        if (!run.mayCapture(bytes.length)) {
            return false;
        }
        run.services()
                .history()
                .captured(new CapturedPayload(
                        run.identity().id(),
                        shape,
                        direction,
                        name,
                        CapturedPayload.About.NOTHING,
                        shown.content().contentType(),
                        shown.cut() ? Math.max(went, bytes.length + 1L) : bytes.length,
                        bytes,
                        run.services().clock().instant(),
                        run.rules().capture().keep()));
        return true;
    }

    private WireLog.Part masked(WireLog.Part part) {
        List<String> mask = run.rules().capture().mask();
        if (mask.isEmpty()) {
            return part;
        }
        if (part.cut()) {
            return new WireLog.Part(NO_MASK, true);
        }
        try {
            byte[] clean = Json.MAPPER.writeValueAsBytes(
                    Capture.masked(WHOLE.readTree(part.content().bytes()), mask));
            byte[] kept = clean.length > wanted.most() ? Arrays.copyOf(clean, wanted.most()) : clean;
            return new WireLog.Part(new Body.Bytes(kept, part.content().contentType()), kept.length < clean.length);
        } catch (IOException e) {
            return new WireLog.Part(NO_MASK, true);
        }
    }
}
