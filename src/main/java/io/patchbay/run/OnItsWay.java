package io.patchbay.run;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What a run has on its way that can be cut short when the program ends before it: calls, and waits before another try. */
final class OnItsWay {

    /** Shorter waits keep the slot. */
    private static final Duration LONG = Duration.ofSeconds(3);

    private final RunServices services;
    private final Set<Try> calls = ConcurrentHashMap.newKeySet();
    private final Set<Pause> pauses = ConcurrentHashMap.newKeySet();
    private volatile Slot slot = Slot.NONE;
    private volatile boolean cut;
    /** Whether nothing is waited for any more. */
    private volatile boolean over;

    OnItsWay(RunServices services) {
        this.services = services;
    }

    /** The slot that the run is in. */
    void in(Slot its) {
        slot = its;
        if (over) {
            its.cut();
        }
    }

    /** A try holds something that can be closed. */
    void calls(Try attempt) {
        calls.add(attempt);
        if (cut) {
            attempt.interrupt();
        }
    }

    /** It holds nothing any more. */
    void called(Try attempt) {
        calls.remove(attempt);
    }

    /**
     * Does something after a pause, on a thread that may work; at once when waits are over. A run does nothing else meanwhile,
     * so in a long pause its slot is another one's.
     */
    void after(Duration howLong, Runnable work) {
        after(howLong, work, howLong.compareTo(LONG) >= 0);
    }

    /** The same for a pause that something else may end: the slot stays. */
    void afterInPlace(Duration howLong, Runnable work) {
        after(howLong, work, false);
    }

    private void after(Duration howLong, Runnable work, boolean leaves) {
        Slot its = slot;
        boolean left = leaves && its.leave();
        Pause pause = new Pause(left ? () -> its.back(work) : work);
        pauses.add(pause);
        pause.timed(services.later(howLong, pause::over));
        if (over) {
            pause.end();
        }
    }

    /** Ends all waits; also those that begin later. */
    void endWaits() {
        over = true;
        slot.cut();
        pauses.forEach(Pause::end);
    }

    /** Closes what calls hold and ends all waits; also those that begin later. */
    void cutShort() {
        cut = true;
        endWaits();
        calls.forEach(Try::interrupt);
    }

    private final class Pause {
        private final Runnable work;
        private @Nullable Future<?> timer;

        Pause(Runnable work) {
            this.work = work;
        }

        synchronized void timed(Future<?> by) {
            timer = by;
        }

        void over() {
            if (pauses.remove(this)) {
                work.run();
            }
        }

        synchronized void end() {
            if (timer != null) {
                timer.cancel(false);
            }
            services.workers().execute(this::over);
        }
    }
}
