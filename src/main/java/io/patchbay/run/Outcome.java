package io.patchbay.run;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How a run ends that nobody stops: by what failed, what was caught, and what went through. Safe for use by several threads. */
final class Outcome {

    private final Collection<ShapeCounts> counts;
    private final AtomicLong failures = new AtomicLong();
    /** How many payloads go on in runs of their own. */
    private final AtomicLong later = new AtomicLong();

    private volatile @Nullable String last;
    private volatile RunStatus best = RunStatus.SUCCEEDED;

    /** @param counts of the shapes, in their order */
    Outcome(Collection<ShapeCounts> counts) {
        this.counts = counts;
    }

    /** A caught failure decides how the run ends at best. */
    synchronized void atBest(RunStatus status) {
        best = best == RunStatus.FAILED || status == RunStatus.SUCCEEDED ? best : status;
    }

    /**
     * A failure that nobody caught.
     *
     * @param what in one sentence, without secrets
     */
    void failed(String what) {
        last = what;
        failures.incrementAndGet();
    }

    long failures() {
        return failures.get();
    }

    /** A payload waits, and goes on in a run of its own. */
    void goesOnLater() {
        later.incrementAndGet();
    }

    RunStatus status() {
        if (best == RunStatus.FAILED || failures.get() == 0) {
            return best;
        }
        return anythingWentThrough() ? RunStatus.PARTIAL : RunStatus.FAILED;
    }

    /** Whether any payload passed the last shape that payloads reached, or waits to go on. */
    boolean anythingWentThrough() {
        if (later.get() > 0) {
            return true;
        }
        ShapeCounts last = null;
        for (ShapeCounts of : counts) {
            if (of.payloadsIn.sum() > 0) {
                last = of;
            }
        }
        return last != null && last.payloadsOut.sum() > 0;
    }

    /** Why a run that nobody stopped ended so, in one sentence; null when there is nothing to say. */
    @Nullable
    String reason(RunStatus status) {
        String what = last;
        long many = failures.get();
        if (what == null || (status != RunStatus.FAILED && status != RunStatus.PARTIAL)) {
            return waits(status);
        }
        return many == 1 ? what : many + " payloads failed; the last one: " + what;
    }

    /** What a run that succeeded says of payloads that are still on their way; null of one that has none. */
    private @Nullable String waits(RunStatus status) {
        long many = later.get();
        return many == 0 || status != RunStatus.SUCCEEDED
                ? null
                : many + (many == 1 ? " payload waits" : " payloads wait, each") + " to go on in a run of its own";
    }
}
