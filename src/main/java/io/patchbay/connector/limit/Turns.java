package io.patchbay.connector.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whose turn it is among the calls of one connector: who came first goes first, as far as the limits it is under are free. Who
 * waits for one limit does not stop those who are under others. Its monitor is the lock of all that it is about.
 */
final class Turns {

    private final ScheduledExecutorService timer;
    private final LongSupplier nanos;
    private final Set<Governor> busy = new LinkedHashSet<>();
    private long tickets;
    private boolean wakes;
    private long wakesAt;

    Turns(ScheduledExecutorService timer, LongSupplier nanos) {
        this.timer = timer;
        this.nanos = nanos;
    }

    long now() {
        return nanos.getAsLong();
    }

    long ticket() {
        return tickets++;
    }

    /** Somebody waits at a governor. */
    void joined(Governor governor) {
        busy.add(governor);
        pump();
    }

    void left(Governor governor) {
        busy.remove(governor);
    }

    /** Whether somebody waits for a limit that this one is under too. */
    boolean waitsFor(Governor governor) {
        return busy.stream().anyMatch(other -> other == governor || other.sharesWith(governor));
    }

    /** Lets out who may go, and sees to it that the next one is looked at in time. */
    void pump() {
        if (busy.isEmpty()) {
            return;
        }
        long now = now();
        List<Governor> lines = new ArrayList<>(busy);
        lines.sort(Comparator.comparingLong(Governor::firstTicket));
        Set<Limit> taken = new HashSet<>();
        long wait = Limit.UNTIL_DONE;
        while (!lines.isEmpty()) {
            Governor line = lines.remove(0);
            long next = line.letOut(taken, now);
            if (next == 0) {
                insert(lines, line); // it let one out, and more may wait there
            } else {
                wait = Math.min(wait, next);
            }
        }
        if (wait != Limit.UNTIL_DONE) {
            wake(wait);
        }
    }

    private static void insert(List<Governor> lines, Governor line) {
        int at = 0;
        while (at < lines.size() && lines.get(at).firstTicket() < line.firstTicket()) {
            at++;
        }
        lines.add(at, line);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is waited for, and the work does not throw
    private void wake(long wait) {
        long at = now() + wait;
        if (!wakes || at - wakesAt < 0) {
            wakes = true;
            wakesAt = at;
            timer.schedule(
                    () -> {
                        synchronized (this) {
                            wakes = false;
                            pump();
                        }
                    },
                    wait,
                    TimeUnit.NANOSECONDS);
        }
    }
}
