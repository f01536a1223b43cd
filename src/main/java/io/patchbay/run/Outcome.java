package io.patchbay.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How a run ends that nobody stops: by what failed, what was caught, and what ended well, in this life of it and in earlier ones. Safe for
 * use by several threads.
 */
final class Outcome {

    private final Collection<ShapeCounts> counts;
    private final AtomicLong failures = new AtomicLong();
    /** How many payloads go on in runs of their own. */
    private final AtomicLong later = new AtomicLong();

    private volatile @Nullable String last;
    private volatile RunStatus best = RunStatus.SUCCEEDED;
    /** Whether a payload is known to have ended without a failure. */
    private volatile boolean well;

    /**
     * @param counts of the shapes, in their order
     * @param before what earlier lives of the run left
     * @param caught how the run ends at best when a try catches what fails at a shape
     */
    Outcome(Collection<ShapeCounts> counts, Checkpoints.Progress before, Map<String, RunStatus> caught) {
        this.counts = counts;
        this.well = before.well();
        before.failed().values().stream()
                .sorted(Comparator.comparing(FailedPayload::id))
                .forEach(failed -> {
                    boolean dealtWith = failed.state() == FailedPayload.State.REPLAYED
                            || failed.state() == FailedPayload.State.RESOLVED;
                    if (failed.state() == FailedPayload.State.CAUGHT
                            || (dealtWith && caught.containsKey(failed.shape()))) {
                        atBest(caught.getOrDefault(failed.shape(), RunStatus.PARTIAL));
                    } else if (failed.state() != FailedPayload.State.HELD) {
                        failed(sentence(failed.shape(), failed.message(), failed.code()));
                    }
                });
    }

    /** What a failure that nobody caught is told as. */
    static String sentence(String shape, String message, String code) {
        return "shape '" + shape + "' failed: " + message + " [" + code + "]";
    }

    /** A caught failure decides how the run ends at best. */
    synchronized void atBest(RunStatus status) {
        best = best == RunStatus.FAILED || status == RunStatus.SUCCEEDED ? best : status;
    }

    /**
     * A failure that nobody caught; those of earlier lives are known.
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

    /** Nothing of a payload goes on. */
    void ended(Ending how) {
        if (how == Ending.LATER) {
            later.incrementAndGet();
        } else if (how == Ending.LEFT_OUT) {
            well = true;
        }
    }

    /**
     * Nothing of a page is on its way any more; what is known of its end is known from now on.
     *
     * @param alone whether nothing else is on its way that may have passed a shape and fail behind it
     * @return whether any payload is known to have ended without a failure
     */
    boolean delivered(boolean alone) {
        if (alone && anythingWentThrough()) {
            well = true;
        }
        return well || later.get() > 0;
    }

    RunStatus status() {
        if (best == RunStatus.FAILED || failures.get() == 0) {
            return best;
        }
        return well || anythingWentThrough() ? RunStatus.PARTIAL : RunStatus.FAILED;
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
