package io.patchbay.payload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does something with each element, in their order, on a thread beside the one that brings them. A few may wait, so that the two threads
 * need not wait for each other at each element. The first that fails ends it: what was thrown is thrown at each call from then on. Whoever
 * waits works by himself where no thread has begun. Own code, because the queue of an executor has no bound that waits.
 *
 * @param <T> what is brought
 */
final class Behind<T> {

    private enum State {
        IDLE,
        /** A thread was asked for, and has not begun. */
        CALLED,
        WORKING
    }

    private final Consumer<T> work;
    private final IntSupplier bound;
    private final Deque<T> waiting = new ArrayDeque<>();
    private State state = State.IDLE;
    /** With how many that wait whoever waits goes on. */
    private int left;

    /** What the work threw. */
    private @Nullable Throwable broken;

    /**
     * Nothing is done before something is brought.
     *
     * @param bound says at each element how many may wait, beside the one that is worked on
     */
    Behind(Consumer<T> work, IntSupplier bound) {
        this.work = work;
        this.bound = bound;
    }

    /** Brings one, by one thread at a time. Too many that wait are waited for. Throws what the work threw at one before. */
    void put(T element) {
        int most = bound.getAsInt();
        boolean full;
        boolean call;
        synchronized (this) {
            refuse();
            waiting.add(element);
            full = waiting.size() > most;
            call = state == State.IDLE;
            if (call) {
                state = State.CALLED;
            }
        }
        if (call && !Beside.begin(this::begin)) {
            begin();
        }
        if (full) {
            // Not until the next one is done: to wake a thread costs as much as some work.
            await(most / 2, false);
        }
    }

    /** Returns when all that was brought is done. Throws what the work threw. */
    void settle() {
        await(0, true);
    }

    private void await(int left, boolean done) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!mine(left, done)) {
                        return;
                    }
                    drain();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits; true when nobody works, and the work is whose asks now. */
    private synchronized boolean mine(int left, boolean done) throws InterruptedException {
        while (true) {
            refuse();
            if (waiting.size() <= left && !(done && state == State.WORKING)) {
                return false;
            }
            if (state != State.WORKING) {
                state = State.WORKING;
                return true;
            }
            this.left = left;
            wait();
        }
    }

    private synchronized void refuse() {
        if (broken instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (broken instanceof Error thrown) {
            throw thrown;
        }
    }

    private void begin() {
        synchronized (this) {
            if (state != State.CALLED) {
                return;
            }
            state = State.WORKING;
        }
        drain();
    }

    private void drain() {
        try {
            for (T next = next(); next != null; next = next()) {
                work.accept(next);
            }
        } catch (RuntimeException | Error e) {
            end(e);
        }
    }

    private synchronized @Nullable T next() {
        T next = waiting.poll();
        if (next == null) {
            state = State.IDLE;
        }
        if (waiting.size() <= left) {
            notifyAll();
        }
        return next;
    }

    private synchronized void end(Throwable why) {
        broken = why;
        waiting.clear();
        state = State.IDLE;
        notifyAll();
    }
}
