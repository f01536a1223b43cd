package io.patchbay.connector;

import io.patchbay.payload.StepException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the certificates of servers whose client lets nobody see them: after its first use, and each day from then on. A paused instance
 * is left alone. Safe for use by several threads.
 */
public final class DailyLook implements AutoCloseable {

    private static final Duration EVERY = Duration.ofDays(1);
    /** When there was no room for it, or the instance is paused. */
    private static final Duration LATER = Duration.ofMinutes(10);

    private final String instance;
    private final ConnectorServices services;
    private final Look look;
    private boolean begun;
    private boolean closed;
    private @Nullable Future<?> next;

    /** One that has not begun. */
    public DailyLook(String instance, ConnectorServices services, Look look) {
        this.instance = instance;
        this.services = services;
        this.look = look;
    }

    /** Goes to the servers. Blocks. */
    public interface Look {
        /** Does so. What it meets calls meet, too, and tell. */
        void now() throws IOException, StepException;
    }

    /** The client has connected: from now on it is looked. Returns at once. */
    public synchronized void begin() {
        if (!begun) {
            begun = true;
            after(Duration.ZERO);
        }
    }

    private synchronized void after(Duration pause) {
        if (closed) {
            return;
        }
        try {
            next = services.timer().schedule(this::work, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the program ends
        }
    }

    private void work() {
        try {
            if (services.pausing().why(instance) == null) {
                services.workers().execute(this::look);
                return;
            }
        } catch (RejectedExecutionException e) {
            // all are busy
        }
        after(LATER);
    }

    private void look() {
        try {
            look.now();
        } catch (IOException | StepException e) {
            // A certificate that has ended was seen; of all else calls tell.
        } finally {
            after(EVERY);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
