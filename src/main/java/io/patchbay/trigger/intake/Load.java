package io.patchbay.trigger.intake;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is going on, so that it stays within its bounds. */
final class Load {

    private final int mostRequests;
    private final long mostBytes;
    private final AtomicInteger requests = new AtomicInteger();
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
        requests.decrementAndGet();
        bytes.addAndGet(-held);
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
