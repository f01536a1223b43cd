package io.patchbay.runtime;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.run.jdbc.JdbcWaits;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much waits. Counted in the database now and then, which finds what other replicas keep and release; in between, what this process
 * does is added. So the bounds are held to what replicas do within one such time.
 */
final class WaitCounts {

    /** Events that somebody waits for find this much room in any case. */
    private static final int ON_THE_WAY = 1_000;

    private static final long BUSY = -1;
    private static final JdbcWaits.Count NOTHING = new JdbcWaits.Count(0, 0);

    /** How long a count may be put off because something is always being written. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final WaitsProperties bounds;
    private final Map<String, Long> waiting = new HashMap<>();
    private long all;
    private long bytes;
    private long events;
    /** Those that are being written, and all since a count began. */
    private final Map<String, JdbcWaits.Count> arriving = new HashMap<>();

    private final Map<String, JdbcWaits.Count> since = new HashMap<>();
    private Instant taken = Instant.EPOCH;
    private long changes;
    private int underWay;

    WaitCounts(WaitsProperties bounds) {
        this.bounds = bounds;
    }

    /** Something is being written that changes the counts: what is counted meanwhile may have it or not. */
    synchronized void begins() {
        underWay++;
        changes++;
    }

    /** It is written, or failed, and was added or taken away here. */
    synchronized void ends() {
        underWay--;
        changes++;
    }

    /** How things stand when a count begins; to be given to {@link #counted}. */
    synchronized long stand() {
        since.clear();
        since.putAll(arriving);
        return underWay == 0 ? changes : BUSY;
    }

    /**
     * Takes what was counted, if nothing was written meanwhile. Where something always is, once in a while all the same: what came meanwhile
     * is added then, whether or not it was counted, so that no bound is passed.
     *
     * @return whether it was taken
     */
    synchronized boolean counted(long stand, Map<String, JdbcWaits.Count> found, long keptEvents, Instant now) {
        boolean exact = stand != BUSY && stand == changes;
        if (!exact && taken.plus(LONGEST).isAfter(now)) {
            return false;
        }
        taken = now;
        waiting.clear();
        all = 0;
        bytes = 0;
        found.forEach(this::add);
        if (!exact) {
            since.forEach(this::add);
        }
        events = keptEvents;
        return true;
    }

    private void add(String flow, JdbcWaits.Count count) {
        waiting.merge(flow, count.waiting(), Long::sum);
        all += count.waiting();
        bytes += count.bytes();
    }

    private static void add(Map<String, JdbcWaits.Count> to, String flow, long number, long size) {
        JdbcWaits.Count before = to.getOrDefault(flow, NOTHING);
        JdbcWaits.Count now = new JdbcWaits.Count(before.waiting() + number, before.bytes() + size);
        if (now.waiting() == 0) {
            to.remove(flow);
        } else {
            to.put(flow, now);
        }
    }

    /** Takes room for a payload that is written now, until {@link #came}. @throws StepException when there is none */
    synchronized void comes(String flow, long size) throws StepException {
        long ofFlow = waiting.getOrDefault(flow, 0L);
        if (ofFlow >= bounds.mostPerFlow()) {
            throw full(ofFlow + " payloads of flow '" + flow + "' wait already (patchbay.waits.most-per-flow)");
        }
        if (all >= bounds.most()) {
            throw full(all + " payloads wait already (patchbay.waits.most)");
        }
        if (bytes + size > bounds.mostBytes().toBytes()) {
            throw full("what waits has " + bytes + " bytes already, and the payload " + size
                    + " more (patchbay.waits.most-bytes)");
        }
        add(flow, new JdbcWaits.Count(1, size));
        add(arriving, flow, 1, size);
        add(since, flow, 1, size);
        begins();
    }

    /** It is written, or was before, or failed. It waits now only when it is {@code kept}. */
    synchronized void came(String flow, long size, boolean kept) {
        add(arriving, flow, -1, -size);
        if (!kept) {
            goes(flow, size);
        }
        ends();
    }

    private static StepException full(String why) {
        return new StepException(Owner.LIMIT, "WAITS_FULL", why + "; decide some of them, and replay this one");
    }

    /** One does not wait any more, or came to be kept before. */
    synchronized void goes(String flow, long size) {
        long left = waiting.getOrDefault(flow, 0L) - 1;
        if (left > 0) {
            waiting.put(flow, left);
        } else {
            waiting.remove(flow);
        }
        all = Math.max(0, all - 1);
        bytes = Math.max(0, bytes - size);
    }

    /**
     * An event is to be kept.
     *
     * @param owed whether somebody waits for it: then it gets twice the room, as it will not stay for long
     * @return why it cannot be, or null
     */
    synchronized @Nullable StepException told(boolean owed) {
        if (events >= (owed ? 2 * bounds.mostEvents() + ON_THE_WAY : bounds.mostEvents())) {
            return new StepException(
                    Owner.LIMIT,
                    "EVENTS_FULL",
                    (owed ? "" : "nobody waits for the event, and ") + events
                            + " are kept already for payloads (patchbay.waits.most-events)");
        }
        events++;
        return null;
    }

    /** Events are not kept any more, or were not. */
    synchronized void untold(int many) {
        events = Math.max(0, events - many);
    }

    synchronized Map<String, Long> waiting() {
        return Map.copyOf(waiting);
    }
}
