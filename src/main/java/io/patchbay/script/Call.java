package io.patchbay.script;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call of a script: how long it may take, and whether it was given up. */
final class Call {

    private final long end;
    private long millis;
    private volatile boolean givenUp;
    private volatile @Nullable Future<?> work;

    /** @param longest time that a call may take, whatever it asks for */
    Call(Scripts.Bounds bounds, Duration longest) {
        Duration most = bounds.time();
        Duration whole = bounds.whole();
        millis = (most == null || most.compareTo(longest) > 0 ? longest : most).toMillis();
        end = System.nanoTime() + (whole == null ? Long.MAX_VALUE / 2 : whole.toNanos());
        bounds.cancelling().accept(this::giveUp);
    }

    /** Time that is left to it, in milliseconds. */
    long millis() {
        return millis;
    }

    boolean givenUp() {
        return givenUp;
    }

    boolean late() {
        return System.nanoTime() - end >= 0;
    }

    /** It waited, or did something before, and has what is left. */
    void begins() {
        millis = Math.min(millis, 1 + TimeUnit.NANOSECONDS.toMillis(Math.max(0, end - System.nanoTime())));
    }

    private void giveUp() {
        givenUp = true;
        Future<?> going = work;
        if (going != null) {
            going.cancel(true);
        }
    }

    void does(Future<?> future) {
        work = future;
        if (givenUp) {
            future.cancel(true);
        }
    }

    /** Who may give the call up keeps it, and need not keep what came of it. */
    void ended() {
        work = null;
    }
}
