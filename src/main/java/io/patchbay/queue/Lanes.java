package io.patchbay.queue;

import io.patchbay.queue.StartQueue.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is known in memory of each flow's starts, and from that alone, whose turn it is. One lane per flow; a lane holds
 * counts, never starts, so its depth costs nothing.
 *
 * <p>Turns are given by weighted fair queueing: each turn moves a lane back by the cost of its first start's priority, and the
 * lane that is furthest in front goes next. A lane that was empty enters beside the others. So a flow gets four times the turns
 * of a flow one priority below, flows of one priority take turns, and a deep lane delays nobody.
 */
final class Lanes {

    private static final Duration RETRY = Duration.ofSeconds(5);

    /** How long a lane rests in which fewer starts were found than counted. */
    private static final long REST_MILLIS = 200;

    /** The same where most of them are held, and one by hand may be among them. */
    private static final long REST_HOLDING_MILLIS = 1_000;

    private static final long REST_AFTER_RETURN_MILLIS = 1_000;

    private static final long LONGEST_REST_MILLIS = 60_000;

    private final QueueProperties bounds;
    private final Map<String, Lane> lanes = new HashMap<>();
    private Map<String, Policy> policies = Map.of();
    private long waiting;
    private long bytes;
    private double now;

    Lanes(QueueProperties bounds) {
        this.bounds = bounds;
    }

    /**
     * A flow's turns.
     *
     * @param starts how many of its first starts may be claimed
     */
    record Turn(String flow, int starts, Policy policy) {}

    /**
     * What the database says of a flow.
     *
     * @param waiting starts that wait
     * @param due of the first one, see {@link #due}
     * @param bytes of the waiting starts' bodies
     */
    record Depth(long waiting, long due, long bytes) {}

    /** When a start's turn comes: its time, later by one step of ageing for each priority below the highest. */
    static long due(long queuedAtMillis, Priority priority, Duration ageing) {
        return queuedAtMillis + priority.steps() * ageing.toMillis();
    }

    /** The same by the bounds of this queue. */
    long due(long queuedAtMillis, Priority priority) {
        return due(queuedAtMillis, priority, bounds.ageing());
    }

    /** A waiting start was moved. A lane whose first one was moved back has its turn as before once more, and then by what is first. */
    synchronized void moved(String flow, long due) {
        lane(flow).arrive(0, due, now);
    }

    synchronized void policies(Map<String, Policy> byFlow) {
        policies = Map.copyOf(byFlow);
        lanes.values().forEach(Lane::rested);
    }

    synchronized @Nullable Policy policy(String flow) {
        return policies.get(flow);
    }

    /** Makes room for a start that is about to be written. @throws QueueFullException when there is none */
    synchronized void reserve(String flow, long size) {
        Lane lane = lane(flow);
        if (waiting >= bounds.maxStarts()) {
            throw new QueueFullException("the queue is full: " + waiting + " starts wait", RETRY);
        }
        if (lane.waiting + lane.reserved >= bounds.maxStartsPerFlow()) {
            throw new QueueFullException(
                    "the queue of flow '" + flow + "' is full: " + lane.waiting + " starts wait", RETRY);
        }
        if (bytes + size > bounds.maxBytes().toBytes()) {
            throw new QueueFullException("the queue is full: " + bytes + " bytes wait", RETRY);
        }
        lane.reserved++;
        waiting++;
        bytes += size;
    }

    /** The start was not written. */
    synchronized void unreserve(String flow, long size) {
        lane(flow).reserved--;
        waiting--;
        bytes -= size;
    }

    /** The start was written and waits. */
    synchronized void accepted(String flow, long due) {
        Lane lane = lane(flow);
        lane.reserved--;
        lane.arrive(1, due, now);
    }

    /** Waiting starts were deleted: replaced by a newer one, or discarded. */
    synchronized void removed(String flow, int starts, long size) {
        Lane lane = lane(flow);
        int gone = (int) Math.min(starts, lane.waiting);
        lane.waiting -= gone;
        lane.changes++;
        waiting -= gone;
        bytes -= size;
    }

    /** A start waits again: taken out of quarantine. */
    synchronized void returned(String flow, long due, long size) {
        lane(flow).arrive(1, due, now);
        waiting++;
        bytes += size;
    }

    /**
     * A claim was given back and waits again; its lane rests, because the same will happen to it again at once: each time twice as
     * long, until a run of the flow ends or what holds is told anew.
     */
    synchronized void givenBack(String flow, long due, long size, long nowMillis) {
        returned(flow, due, size);
        Lane lane = lane(flow);
        lane.restsUntil = nowMillis + Math.min(LONGEST_REST_MILLIS, REST_AFTER_RETURN_MILLIS << lane.returns);
        lane.returns = Math.min(lane.returns + 1, 10);
    }

    /** A run of the flow came to its end. */
    synchronized void went(String flow) {
        lane(flow).rested();
    }

    /** A waiting start was claimed out of its turn. */
    synchronized void taken(String flow, long size) {
        removed(flow, 1, size);
        lane(flow).running++;
    }

    /** A claim of this process ended. */
    synchronized void ended(String flow) {
        lane(flow).running--;
    }

    /** Whether a start of the flow waits, is being written, or runs here. */
    synchronized boolean busy(String flow) {
        Lane lane = lanes.get(flow);
        return lane != null && lane.waiting + lane.reserved + lane.running > 0;
    }

    /** Gives turns; each must be answered by {@link #claimed}. Flows come in the order of their first turn. */
    synchronized List<Turn> turns(int atMost, long nowMillis) {
        PriorityQueue<Lane> order = new PriorityQueue<>(
                Comparator.<Lane>comparingDouble(lane -> lane.next).thenComparingLong(lane -> lane.due));
        for (Lane lane : lanes.values()) {
            if (lane.free(policies.get(lane.flow)) > 0 && lane.waiting > lane.turns && nowMillis >= lane.restsUntil) {
                lane.next = lane.last + cost(lane.due, nowMillis);
                order.add(lane);
            }
        }
        Map<String, Integer> given = new LinkedHashMap<>();
        for (int i = 0; i < atMost && !order.isEmpty(); i++) {
            Lane lane = order.remove();
            now = Math.max(now, lane.next);
            lane.last = lane.next;
            lane.turns++;
            given.merge(lane.flow, 1, Integer::sum);
            if (lane.free(policies.get(lane.flow)) > 0 && lane.waiting > lane.turns) {
                lane.next = lane.last + cost(lane.due, nowMillis);
                order.add(lane);
            }
        }
        List<Turn> turns = new ArrayList<>();
        given.forEach((flow, starts) -> {
            Policy policy = policies.get(flow);
            if (policy != null) {
                turns.add(new Turn(flow, starts, policy));
            }
        });
        return turns;
    }

    /** Four times as dear for each priority below the highest; a waiting start becomes cheaper as it ages. */
    private double cost(long due, long nowMillis) {
        long step = bounds.ageing().toMillis();
        long level = Math.floorDiv(due - nowMillis + step - 1, step);
        return 1 << (2 * Math.max(0, Math.min(Priority.LOWEST.steps(), level)));
    }

    /**
     * A turn was taken.
     *
     * @param found how many starts were claimed
     * @param size bytes of their bodies
     * @param nextDue of the start behind them; null when there was none
     */
    synchronized void claimed(Turn turn, int found, long size, @Nullable Long nextDue, long nowMillis) {
        Lane lane = lane(turn.flow);
        int gone = (int) Math.min(found, lane.waiting);
        lane.turns -= turn.starts;
        lane.waiting -= gone;
        lane.running += found;
        lane.changes++;
        waiting -= gone;
        bytes -= size;
        if (nextDue != null) {
            lane.due = nextDue;
        } else if (lane.waiting == 0) {
            lane.due = Long.MAX_VALUE;
        }
        if (found < turn.starts) {
            boolean holds = turn.policy.hold() != StartQueue.Hold.NONE;
            lane.restsUntil = nowMillis + (holds ? REST_HOLDING_MILLIS : REST_MILLIS);
        }
    }

    /** How often each flow's counts changed; for {@link #correct}. */
    synchronized Map<String, Long> changes() {
        Map<String, Long> changes = new HashMap<>();
        lanes.forEach((flow, lane) -> changes.put(flow, lane.changes));
        return changes;
    }

    /**
     * Takes over what the database says, where other processes write too. A flow that changed here since {@code before} is only
     * corrected upwards: the database may have been read before that change.
     */
    synchronized void correct(Map<String, Depth> depths, Map<String, Long> before) {
        depths.keySet().forEach(this::lane);
        lanes.forEach((flow, lane) -> {
            Depth depth = depths.getOrDefault(flow, new Depth(0, Long.MAX_VALUE, 0));
            boolean untouched = lane.changes == before.getOrDefault(flow, 0L) && lane.turns == 0 && lane.reserved == 0;
            if (untouched || depth.waiting > lane.waiting) {
                if (lane.waiting == 0) {
                    lane.last = Math.max(lane.last, now);
                }
                waiting += depth.waiting - lane.waiting;
                lane.waiting = depth.waiting;
                lane.due = depth.due;
            }
        });
        lanes.values().removeIf(Lane::idle);
        bytes = depths.values().stream().mapToLong(Depth::bytes).sum();
    }

    synchronized long queued(String flow) {
        Lane lane = lanes.get(flow);
        return lane == null ? 0 : lane.waiting;
    }

    synchronized Map<String, Long> queued() {
        Map<String, Long> queued = new HashMap<>();
        lanes.forEach((flow, lane) -> {
            if (lane.waiting > 0) {
                queued.put(flow, lane.waiting);
            }
        });
        return queued;
    }

    private Lane lane(String flow) {
        return lanes.computeIfAbsent(flow, Lane::new);
    }

    private static final class Lane {
        private final String flow;
        private long waiting;
        private long reserved;
        private long running;
        private long turns;
        private long due = Long.MAX_VALUE;
        private long restsUntil;
        private int returns;
        private long changes;
        private double last;
        private double next;

        Lane(String flow) {
            this.flow = flow;
        }

        void arrive(int starts, long when, double now) {
            if (waiting == 0) {
                last = Math.max(last, now);
            }
            waiting += starts;
            due = Math.min(due, when);
            restsUntil = 0;
            changes++;
        }

        void rested() {
            restsUntil = returns > 0 ? 0 : restsUntil;
            returns = 0;
        }

        long free(@Nullable Policy policy) {
            if (policy == null || policy.hold() == StartQueue.Hold.ALL) {
                return 0;
            }
            int most = policy.overlap() == Overlap.PARALLEL ? policy.parallel() : 1;
            return most - running - turns;
        }

        boolean idle() {
            return waiting + reserved + running + turns == 0;
        }
    }
}
