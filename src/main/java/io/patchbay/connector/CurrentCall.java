package io.patchbay.connector;

import io.patchbay.payload.RequestLog;
import io.patchbay.payload.WireLog;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows calls that are made one after the other: only the one that is on its way can be ended, and only it is kept. */
public final class CurrentCall implements Trace {

    private final Trace outside;
    private @Nullable Runnable close;
    private boolean ended;

    /** Calls that end when the outside trace does. */
    public CurrentCall(Trace outside) {
        this.outside = outside;
        outside.onCancel(this::end);
    }

    /** Ends the call that is on its way, and every further one. */
    public void end() {
        Runnable current;
        synchronized (this) {
            ended = true;
            current = close;
            close = null;
        }
        if (current != null) {
            current.run();
        }
    }

    @Override
    public String run() {
        return outside.run();
    }

    @Override
    public String shape() {
        return outside.shape();
    }

    @Override
    public boolean wanted() {
        return outside.wanted();
    }

    @Override
    public Map<String, String> headers(String instance) {
        return outside.headers(instance);
    }

    @Override
    public void request(RequestLog request) {
        outside.request(request);
    }

    @Override
    public WireLog.Wanted bodies() {
        return outside.bodies();
    }

    @Override
    public void request(RequestLog request, WireLog exchange) {
        outside.request(request, exchange);
    }

    @Override
    public void warn(String text) {
        outside.warn(text);
    }

    @Override
    public void onCancel(Runnable action) {
        boolean late;
        synchronized (this) {
            late = ended;
            close = action;
        }
        if (late) {
            action.run();
        }
    }

    @Override
    public boolean cancelled() {
        synchronized (this) {
            if (ended) {
                return true;
            }
        }
        return outside.cancelled();
    }
}
