package io.patchbay.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Starts by schedule that were not made when they were due, by flow, until somebody looks at them. */
public final class LateStarts {

    private final Clock clock;
    private final Duration bound;
    private final ConcurrentMap<String, Late> all = new ConcurrentHashMap<>();

    /** Keeps what is later than the bound; nothing where that is 0. */
    public LateStarts(Clock clock, Duration bound) {
        this.clock = clock;
        this.bound = bound;
    }

    /**
     * Late starts of a flow.
     *
     * @param count how many
     * @param due when the last of them was
     * @param made whether that was made after all
     * @param at when that was known
     */
    record Late(long count, Instant due, boolean made, Instant at) {
        Late and(Late later) {
            return new Late(count + later.count, later.due, later.made, later.at);
        }
    }

    /**
     * A start by schedule that was not made when it was due. One that is made late counts when it is very late; one that is left out, when the
     * schedule makes no other for as long.
     *
     * @param made whether it was made now
     * @param next when the schedule is due again, or null
     */
    public void late(String flow, Instant due, boolean made, @Nullable Instant next) {
        Instant now = clock.instant();
        Instant instead = made ? now : next;
        if (!bound.isZero() && (instead == null || instead.isAfter(due.plus(bound)))) {
            all.merge(flow, new Late(1, due, made, now), Late::and);
        }
    }

    /** What there is since the last time. */
    Map<String, Late> take() {
        Map<String, Late> taken = new HashMap<>();
        for (String flow : all.keySet()) {
            Late late = all.remove(flow);
            if (late != null) {
                taken.put(flow, late);
            }
        }
        return taken;
    }

    /** What was taken and could not be worked on. */
    void giveBack(Map<String, Late> taken) {
        taken.forEach((flow, before) -> all.merge(flow, before, (later, one) -> one.and(later)));
    }
}
