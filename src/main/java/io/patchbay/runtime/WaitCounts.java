package io.patchbay.runtime;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.run.jdbc.JdbcWaits;
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

    private final WaitsProperties bounds;
    private final Map<String, Long> waiting = new HashMap<>();
    private long all;
    private long bytes;
    private long events;

    WaitCounts(WaitsProperties bounds) {
        this.bounds = bounds;
    }

    synchronized void counted(Map<String, JdbcWaits.Count> found, long keptEvents) {
        waiting.clear();
        all = 0;
        bytes = 0;
        found.forEach((flow, count) -> {
            waiting.put(flow, count.waiting());
            all += count.waiting();
            bytes += count.bytes();
        });
        events = keptEvents;
    }

    /** Takes room for a payload. @throws StepException when there is none */
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
        waiting.put(flow, ofFlow + 1);
        all++;
        bytes += size;
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
