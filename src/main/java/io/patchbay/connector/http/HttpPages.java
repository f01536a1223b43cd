package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.paging.PageAnswer;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.connector.paging.PagePull.PageSource;
import io.patchbay.connector.paging.Pager;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.StepException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Pages of an HTTP endpoint, one request each. */
final class HttpPages implements PageSource {

    private final HttpOperation operation;
    private final Request request;
    private final Pager pager;
    private final Answers answers;
    private final Trace outside;
    private final Queue<RequestLog> told = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Runnable close;
    private volatile boolean closed;

    HttpPages(HttpOperation operation, Request request, Pager pager, Answers answers) {
        this.operation = operation;
        this.pager = pager;
        this.answers = answers;
        this.outside = request.trace();
        Trace own = new Trace() {
            @Override
            public boolean wanted() {
                return outside.wanted();
            }

            @Override
            public void request(RequestLog log) {
                told.add(log);
            }

            @Override
            public void warn(String text) {
                // HTTP has nothing to warn of
            }

            @Override
            public void onCancel(Runnable action) {
                close = action;
                if (closed) {
                    action.run();
                }
            }

            @Override
            public boolean cancelled() {
                return outside.cancelled();
            }
        };
        this.request = new Request(request.payload(), request.with(), request.queuedAt(), request.key(), own);
        outside.onCancel(this::close);
    }

    @Override
    public @Nullable Fetched fetch(JsonNode state, boolean mayWait) throws StepException {
        Governor governor = operation.governor();
        Governor.Permit permit = governor.tryNow();
        if (permit == null && !mayWait) {
            return null;
        }
        if (permit == null) {
            permit = governor.take();
        }
        HttpOperation.Exchanged exchanged;
        try {
            exchanged = operation.exchange(request, pager.turn(state));
        } finally {
            permit.release();
        }
        Payload page = answers.payload(exchanged, request.payload());
        int records = page.recordCount();
        PageAnswer answer = new PageAnswer(
                exchanged.uri(),
                exchanged.reply().tree(),
                records,
                exchanged.reply().headersOf("Link"));
        return new Fetched(page, records == 0 && !answers.emitEmpty(), pager.next(state, answer));
    }

    @Override
    public void report() {
        for (RequestLog log = told.poll(); log != null; log = told.poll()) {
            outside.request(log);
        }
    }

    @Override
    public boolean cancelled() {
        return request.trace().cancelled();
    }

    @Override
    public void close() {
        closed = true;
        Runnable action = close;
        if (action != null) {
            action.run();
        }
    }
}
