package io.patchbay.shape.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A sliding window: tells each who comes when it may pass. What it keeps is bounded by the
 * parts of a window, whatever may pass in it.
 * Safe for use by several threads.
 */
final class Pace {

    private static final int GRAINS = 1_000;

    private final int most;
    private final Duration per;
    /** Those that pass within it are kept as one that passes with the last of them. */
    private final Duration grain;

    /** Who passes within one window before the last one, oldest first. */
    private final Deque<Passing> passing = new ArrayDeque<>();

    private int inside;

    private record Passing(Instant at, int cost) {}

    /** At most so many in any span of time. */
    Pace(int most, Duration per) {
        this.most = most;
        this.per = per;
        this.grain = per.dividedBy(GRAINS);
    }

    /** How long whoever comes now must wait; it is counted as passing then. More than a window holds takes several. */
    synchronized Duration pause(Instant now, int cost) {
        Instant at = now;
        for (int left = cost; left > 0; left -= most) {
            Instant part = next(at, Math.min(left, most));
            at = left == cost ? part : at;
        }
        return Duration.between(now, at);
    }

    private Instant next(Instant earliest, int cost) {
        Instant at = earliest;
        Passing last = passing.peekLast();
        if (last != null && last.at().isAfter(at)) {
            at = last.at();
        }
        forget(at);
        while (inside + cost > most) {
            Passing oldest = passing.removeFirst();
            inside -= oldest.cost();
            at = oldest.at().plus(per);
        }
        Passing before = passing.peekLast();
        boolean near = before != null && Duration.between(before.at(), at).compareTo(grain) < 0;
        if (near) {
            passing.removeLast();
        }
        passing.addLast(new Passing(at, near ? before.cost() + cost : cost));
        inside += cost;
        return at;
    }

    private void forget(Instant at) {
        Passing oldest = passing.peekFirst();
        while (oldest != null && !oldest.at().plus(per).isAfter(at)) {
            passing.removeFirst();
            inside -= oldest.cost();
            oldest = passing.peekFirst();
        }
    }
}
