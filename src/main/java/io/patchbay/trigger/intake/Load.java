package io.patchbay.trigger.intake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is going on, so that it stays within its bounds. */
final class Load {

    private final int mostRequests;
    private final long mostBytes;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Load(int mostRequests, long mostBytes) {
        this.mostRequests = mostRequests;
        this.mostBytes = mostBytes;
    }

    /** Takes one more request in; false when there are too many. */
    boolean enter() {
        if (requests.incrementAndGet() <= mostRequests) {
            return true;
        }
        requests.decrementAndGet();
        return false;
    }

    /** Takes bytes on the heap; false when there are too many. They count either way until they are freed. */
    boolean hold(int more) {
        return bytes.addAndGet(more) <= mostBytes;
    }

    /** A request is answered, and what it held is free. */
    void leave(long held) {
        bytes.addAndGet(-held);
        requests.decrementAndGet();
        told();
    }

    /** An answer is on its way to its caller. */
    void answers() {
        answers.incrementAndGet();
    }

    /** The caller's system has taken an answer, or is gone. */
    void answered() {
        answers.decrementAndGet();
        told();
    }

    private synchronized void told() {
        notifyAll();
    }

    /** Waits until no request is read, worked on or answered; false when some still was after the time. */
    synchronized boolean drain(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (requests.get() > 0 || answers.get() > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Bytes are not on the heap any more. */
    void free(long held) {
        bytes.addAndGet(-held);
    }

    /** Requests that are read or worked on. */
    int requests() {
        return requests.get();
    }

    /** Bytes that requests hold. */
    long bytes() {
        return bytes.get();
    }
}
