package io.patchbay.connector.sftp;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** A few connections to one server: logging in costs more than most files. What is idle for a minute is closed. */
final class SftpSessions implements AutoCloseable {

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long ASK_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SftpEndpoint endpoint;
    private final Semaphore places;
    private final long waitMillis;
    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final Deque<SftpSession> idle = new ArrayDeque<>();
    private boolean closed;
    private boolean sweeping;

    SftpSessions(SftpEndpoint endpoint, int most, long waitMillis, ScheduledExecutorService timer, Executor workers) {
        this.endpoint = endpoint;
        this.places = new Semaphore(most, true);
        this.waitMillis = waitMillis;
        this.timer = timer;
        this.workers = workers;
    }

    /** A connection that works; to be given back. */
    SftpSession take() throws StepException {
        try {
            if (!places.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
                throw new StepException(
                        Owner.LIMIT,
                        "NO_CONNECTION",
                        "all SFTP connections of the instance are in use",
                        null,
                        true,
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepException(
                    Owner.INTERNAL, "INTERRUPTED", "the wait for an SFTP connection was interrupted", e);
        }
        boolean taken = false;
        try {
            SftpSession kept = poll();
            while (kept != null && !alive(kept)) {
                kept.cut();
                kept = poll();
            }
            SftpSession session = kept != null ? kept : new SftpSession(endpoint);
            if (kept == null) {
                session.connect(endpoint.getConfiguration(), new DefaultExchange(endpoint.getCamelContext()));
            }
            taken = true;
            return session;
        } finally {
            if (!taken) {
                places.release();
            }
        }
    }

    private static boolean alive(SftpSession session) {
        boolean fresh = System.nanoTime() - session.usedAt() < ASK_AFTER_NANOS;
        return session.isConnected() && (fresh || session.sendNoop());
    }

    private synchronized @Nullable SftpSession poll() {
        return idle.pollLast();
    }

    /** Gives a connection back; one that failed is closed. */
    void giveBack(SftpSession session, boolean works) {
        places.release();
        session.used(System.nanoTime());
        boolean keep;
        synchronized (this) {
            keep = works && !closed;
            if (keep) {
                idle.addLast(session);
                sweepLater();
            }
        }
        if (!keep) {
            session.cut();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            timer.schedule(this::sweep, IDLE_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        Deque<SftpSession> old = new ArrayDeque<>();
        synchronized (this) {
            sweeping = false;
            long now = System.nanoTime();
            while (!idle.isEmpty() && (closed || now - idle.peekFirst().usedAt() >= IDLE_NANOS)) {
                old.add(idle.pollFirst());
            }
            if (!idle.isEmpty()) {
                sweepLater();
            }
        }
        if (!old.isEmpty()) {
            try {
                workers.execute(() -> old.forEach(SftpSession::cut));
            } catch (RejectedExecutionException e) {
                old.forEach(SftpSession::cut); // closing a socket does not wait
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        sweep();
    }
}
