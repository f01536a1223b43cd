package io.patchbay.connector;

import io.patchbay.payload.RequestLog;
import io.patchbay.payload.WireLog;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what calls on another thread tell, until the thread that follows them passes it on. */
public final class Told implements Trace {

    private final Trace outside;
    private final Queue<Runnable> told = new ConcurrentLinkedQueue<>();

    /** Keeps what is meant for the outside trace. */
    public Told(Trace outside) {
        this.outside = outside;
    }

    /** Passes on what was told so far. */
    public void report() {
        for (Runnable one = told.poll(); one != null; one = told.poll()) {
            one.run();
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
        told.add(() -> outside.request(request));
    }

    @Override
    public WireLog.Wanted bodies() {
        return outside.bodies();
    }

    @Override
    public void request(RequestLog request, WireLog exchange) {
        told.add(() -> outside.request(request, exchange));
    }

    @Override
    public void warn(String text) {
        told.add(() -> outside.warn(text));
    }

    @Override
    public void onCancel(Runnable close) {
        outside.onCancel(close);
    }

    @Override
    public boolean cancelled() {
        return outside.cancelled();
    }
}
