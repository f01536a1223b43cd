package io.patchbay.connector.camel;

import io.patchbay.connector.Trace;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.WireLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps the requests of one call that a person made, and what is told about it. */
final class CallTrace implements Trace {

    private static final int MOST_WARNINGS = 20;
    private static final int MOST_EXCHANGES = 200;
    private static final long MOST_BYTES = 8L << 20;

    /** More than a person wants in a file. */
    private static final WireLog.Wanted EACH = new WireLog.Wanted(1 << 20, false);

    private final List<RequestLog> requests = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final @Nullable List<WireLog> exchanges;
    private final AtomicLong kept = new AtomicLong();
    private volatile boolean ended = true;

    /** @param exchanges gets requests and answers with their bodies; null when nobody wants to see these */
    CallTrace(@Nullable List<WireLog> exchanges) {
        this.exchanges = exchanges;
    }

    List<RequestLog> requests() {
        return requests;
    }

    List<String> warnings() {
        return warnings;
    }

    /** The list was not read to its end. */
    void goesOn() {
        ended = false;
    }

    boolean ended() {
        return ended;
    }

    @Override
    public boolean wanted() {
        return true;
    }

    @Override
    public WireLog.Wanted bodies() {
        return exchanges == null ? WireLog.Wanted.NONE : EACH;
    }

    @Override
    public void request(RequestLog request) {
        requests.add(request);
    }

    @Override
    public void request(RequestLog request, WireLog exchange) {
        request(request);
        if (exchanges == null) {
            return;
        }
        long size = kept.addAndGet(exchange.bytes());
        if (exchanges.size() < MOST_EXCHANGES && size <= MOST_BYTES) {
            exchanges.add(exchange);
        } else {
            ended = false; // not all of it is there
        }
    }

    @Override
    public void warn(String text) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(text);
        }
    }

    @Override
    public void onCancel(Runnable close) {
        // Nobody cancels: the timeout of the connector bounds the call.
    }

    @Override
    public boolean cancelled() {
        return false;
    }
}
