package io.patchbay.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Runs that ended, and failed, in the last while: in sixty parts, so that it forgets by and by. */
final class Rate {

    private static final int PARTS = 60;

    private final Duration over;
    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(Instant from, long ended, long failed) {}

    Rate(Duration over) {
        this.over = over;
    }

    Duration over() {
        return over;
    }

    void add(Instant now, long ended, long failed) {
        forget(now);
        Part last = parts.peekLast();
        if (last != null && now.isBefore(last.from.plus(over.dividedBy(PARTS)))) {
            parts.removeLast();
            parts.addLast(new Part(last.from, last.ended + ended, last.failed + failed));
        } else if (ended > 0) {
            parts.addLast(new Part(now, ended, failed));
        }
    }

    long ended(Instant now) {
        forget(now);
        return parts.stream().mapToLong(Part::ended).sum();
    }

    long failed(Instant now) {
        forget(now);
        return parts.stream().mapToLong(Part::failed).sum();
    }

    private void forget(Instant now) {
        while (!parts.isEmpty() && !parts.getFirst().from.plus(over).isAfter(now)) {
            parts.removeFirst();
        }
    }
}
