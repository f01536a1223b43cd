package io.patchbay.connector;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few sessions on one server: logging in costs more than most work. What is idle for a minute is closed.
 *
 * @param <S> what a session is
 */
public final class SessionPool<S extends SessionPool.Session> implements AutoCloseable {

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long ASK_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Opening<S> opening;
    private final Semaphore places;
    private final long waitMillis;
    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final Deque<Idle<S>> idle = new ArrayDeque<>();
    private final IdentityHashMap<S, Object> lent = new IdentityHashMap<>();
    private boolean closed;
    private boolean sweeping;

    /** A logged-in connection, used by one caller at a time. */
    public interface Session {
        /** Whether it is open, as far as this side knows. */
        boolean open();

        /** Whether the server still answers on it. */
        boolean answers();

        /** Cuts it without waiting for whatever uses it. */
        void cut();
    }

    /** Makes a session. */
    public interface Opening<S> {
        /** Connects and logs in. */
        S open() throws StepException;
    }

    private record Idle<S>(S session, long since) {}

    /**
     * A pool that is empty yet.
     *
     * @param most sessions at a time
     * @param waitMillis longest wait for one that is in use
     * @param services whose timer and workers close what is idle
     */
    public SessionPool(Opening<S> opening, int most, long waitMillis, ConnectorServices services) {
        this.opening = opening;
        this.places = new Semaphore(most, true);
        this.waitMillis = waitMillis;
        this.timer = services.timer();
        this.workers = services.workers();
    }

    /** A session that works; to be given back. @throws StepException when there is none, or whatever the opening throws */
    public S take() throws StepException {
        try {
            if (!places.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
                throw new StepException(
                        Owner.LIMIT,
                        "NO_CONNECTION",
                        "all connections of the instance are in use (requester.maxConnections)",
                        null,
                        true,
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepException(Owner.INTERNAL, "INTERRUPTED", "the wait for a connection was interrupted", e);
        }
        boolean taken = false;
        try {
            Idle<S> kept = poll();
            while (kept != null && !alive(kept)) {
                kept.session().cut();
                kept = poll();
            }
            S session = kept != null ? kept.session() : opening.open();
            synchronized (this) {
                lent.put(session, new Object());
            }
            taken = true;
            return session;
        } finally {
            if (!taken) {
                places.release();
            }
        }
    }

    private boolean alive(Idle<S> kept) {
        boolean fresh = System.nanoTime() - kept.since() < ASK_AFTER_NANOS;
        return kept.session().open() && (fresh || kept.session().answers());
    }

    private synchronized @Nullable Idle<S> poll() {
        return idle.pollLast();
    }

    /** What cuts a session that was taken, as long as it was not given back: then somebody else may have it. */
    public Runnable cutter(S session) {
        Object loan;
        synchronized (this) {
            loan = lent.get(session);
        }
        return () -> {
            synchronized (this) {
                if (loan != null && lent.get(session) == loan) {
                    session.cut();
                }
            }
        };
    }

    /** Gives a session back; one that failed is closed. */
    public void giveBack(S session, boolean works) {
        places.release();
        boolean keep;
        synchronized (this) {
            lent.remove(session);
            keep = works && !closed;
            if (keep) {
                idle.addLast(new Idle<>(session, System.nanoTime()));
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
        Deque<S> old = new ArrayDeque<>();
        synchronized (this) {
            sweeping = false;
            long now = System.nanoTime();
            while (!idle.isEmpty() && (closed || now - idle.peekFirst().since() >= IDLE_NANOS)) {
                old.add(idle.pollFirst().session());
            }
            if (!idle.isEmpty()) {
                sweepLater();
            }
        }
        if (!old.isEmpty()) {
            try {
                workers.execute(() -> old.forEach(Session::cut));
            } catch (RejectedExecutionException e) {
                old.forEach(Session::cut); // closing a socket does not wait
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
