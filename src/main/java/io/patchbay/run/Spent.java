package io.patchbay.run;

import io.patchbay.flow.FlowSettings;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** What a run has used of what it may use. */
final class Spent {

    private final FlowSettings.Limits limits;
    private final long most;
    private final AtomicLong captured = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** @param captured most bytes of captured payloads */
    Spent(FlowSettings.Limits limits, DataSize captured) {
        this.limits = limits;
        this.most = captured.toBytes();
    }

    /** A request was made, and so many bytes moved with its answer; says why none is made after it, or null. */
    @Nullable
    String request(long moved) {
        long all = bytes.addAndGet(moved);
        if (requests.incrementAndGet() > limits.requests()) {
            return "the run made more than " + limits.requests() + " requests";
        }
        return all > limits.bytes().toBytes()
                ? "the requests of the run and their answers have more than " + limits.bytes()
                : null;
    }

    /** Whether a payload of this size may still be captured. */
    boolean mayCapture(long size) {
        return captured.addAndGet(size) <= most;
    }
}
