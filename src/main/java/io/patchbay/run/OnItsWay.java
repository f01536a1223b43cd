package io.patchbay.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a run has on its way that can be cut short when the program ends before it: calls, and waits before another try. */
final class OnItsWay {

    /** Shorter waits keep the slot. */
    private static final Duration LONG = Duration.ofSeconds(3);

    private final RunServices services;
    private final Set<Try> calls = ConcurrentHashMap.newKeySet();
    private final Supplier<Duration> left;
    private final Runnable look;
    private final Set<Pause> pauses = ConcurrentHashMap.newKeySet();
    private volatile Slot slot = Slot.NONE;
    private volatile boolean cut;
    /** Whether nothing is waited for any more. */
    private volatile boolean over;
    /** How much the run does at one time: its stream, and payloads on their way beside it. */
    private int busy = 1;
    /** Whether the slot is another one's, because nothing is done. */
    private boolean away;
    /** What is to be done when there is a slot again. */
    private final List<Runnable> returning = new ArrayList<>();

    /**
     * What a run has on its way.
     *
     * @param left the time that the run may still take
     * @param look looks whether that is over, and stops the run then
     */
    OnItsWay(RunServices services, Supplier<Duration> left, Runnable look) {
        this.services = services;
        this.left = left;
        this.look = look;
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

    /** Something begins beside what the run does. */
    synchronized void begins() {
        busy++;
    }

    /** It has come to its end. */
    void ends() {
        rests();
    }

    /** What the run does stands still until something else that it does wakes it, which begins it anew. */
    synchronized void rests() {
        busy--;
        leaveWhenIdle();
    }

    private void leaveWhenIdle() {
        if (busy == 0 && !pauses.isEmpty() && !over) {
            away = pauses.stream().anyMatch(Pause::calls) ? slot.lend() : slot.leave();
        }
    }

    /**
     * Does something after a pause, on a thread that may work; at once when waits are over. When a run does nothing else meanwhile,
     * then in a long pause its slot is another one's.
     */
    void after(Duration howLong, Runnable work) {
        boolean rests = howLong.compareTo(LONG) >= 0;
        pause(howLong, rests ? () -> back(work) : work);
        if (rests) {
            rests();
        }
    }

    /** The same for a pause that something else may end: the slot stays. */
    void afterInPlace(Duration howLong, Runnable work) {
        pause(howLong, work);
    }

    /**
     * Does something when a run has ended that this one called, or after a time at the latest; at once when waits are over. When the
     * run does nothing else meanwhile, its slot is another one's however short that is: the called run may need it.
     */
    void awaits(CompletableFuture<?> end, Duration atMost, Runnable work) {
        ends(end, pause(atMost, () -> back(work), true));
        rests();
    }

    /** The same with the slot kept. */
    void awaitsInPlace(CompletableFuture<?> end, Duration atMost, Runnable work) {
        ends(end, pause(atMost, work, false));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // how it ended is asked by the work
    private static void ends(CompletableFuture<?> end, Pause pause) {
        var unused = end.whenComplete((done, failed) -> pause.end());
    }

    private void pause(Duration howLong, Runnable work) {
        pause(howLong, work, false);
    }

    private Pause pause(Duration howLong, Runnable work, boolean calls) {
        Pause pause = new Pause(work, calls);
        pauses.add(pause);
        pause.timed(services.rest(howLong, pause::over));
        Duration most = left.get();
        if (howLong.compareTo(most) > 0) {
            pause.bounded(services.later(most.plusMillis(1), look));
        }
        if (over) {
            pause.end();
        }
        return pause;
    }

    /** Goes on after a long pause, in a slot. */
    private void back(Runnable work) {
        synchronized (this) {
            busy++;
            if (away) {
                returning.add(work);
                if (returning.size() == 1) {
                    slot.back(this::inAgain);
                }
                return;
            }
        }
        work.run();
    }

    private void inAgain() {
        List<Runnable> all;
        synchronized (this) {
            away = false;
            all = List.copyOf(returning);
            returning.clear();
        }
        all.subList(1, all.size()).forEach(services.workers()::execute);
        all.get(0).run();
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
        private final boolean calls;
        private @Nullable Future<?> timer;
        private @Nullable Future<?> bound;

        Pause(Runnable work, boolean calls) {
            this.work = work;
            this.calls = calls;
        }

        /** Whether a run is waited for that this one called. */
        boolean calls() {
            return calls;
        }

        synchronized void timed(Future<?> by) {
            timer = by;
        }

        /** It ends before its time is over, when the run's is. */
        synchronized void bounded(Future<?> by) {
            bound = by;
            if (!pauses.contains(this)) {
                by.cancel(false);
            }
        }

        private synchronized void unbound() {
            if (bound != null) {
                bound.cancel(false);
            }
        }

        void over() {
            if (pauses.remove(this)) {
                unbound();
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
