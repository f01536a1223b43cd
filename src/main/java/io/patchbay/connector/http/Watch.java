package io.patchbay.connector.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call that has no end. The client's own timeouts are for single reads, so headers, answers before the answer (RFC 9110,
 * section 15.2), the body of a redirect or a request that is not taken could hold a call for ever.
 */
final class Watch implements AutoCloseable {

    private final ScheduledExecutorService timer;
    private final Runnable end;
    private final long longest;
    private volatile long moved = System.nanoTime();
    private volatile boolean over;
    private volatile boolean held;
    private @Nullable Future<?> next;
    private boolean closed;

    /**
     * Begins to watch.
     *
     * @param longestNanos from when the last piece of the request was taken to the end of the answer
     * @param end closes the connection
     */
    Watch(ScheduledExecutorService timer, long longestNanos, Runnable end) {
        this.timer = timer;
        this.longest = longestNanos;
        this.end = end;
        look();
    }

    private synchronized void look() {
        long left = held ? longest : longest - (System.nanoTime() - moved);
        if (closed) {
            return;
        }
        if (left <= 0) {
            over = true;
            end.run();
            return;
        }
        try {
            next = timer.schedule(this::look, left, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the program ends, and the call with it
        }
    }

    /** A further request of the call waits for its place: that is no time of the system's. */
    void hold() {
        held = true;
    }

    /** A further request of the call begins. */
    void anew() {
        moved = System.nanoTime();
        held = false;
    }

    /** Whether the call was ended. */
    boolean over() {
        return over;
    }

    /** The same content; its way to the system is looked at. */
    HttpEntity watched(HttpEntity entity) {
        return new HttpEntityWrapper(entity) {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                super.writeTo(new FilterOutputStream(out) {
                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        out.write(bytes, from, length);
                        moved = System.nanoTime();
                    }
                });
            }
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
