package io.patchbay.connector.limit;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The limits that the calls of one endpoint are under, and how much a call counts in each: what the system said that calls cost
 * is learned. Times are nanoseconds of one clock; used under the lock of its turns.
 */
final class Places {

    private final List<Part> parts;
    private int learned;

    /** A limit and how much a call counts in it; {@code points} where that may be learned. */
    record Part(Limit limit, int weight, boolean points) {

        /** How much a call counts that was let out with this many points. */
        int weight(int learned) {
            return Math.min(points && learned > 0 ? learned : weight, limit.most());
        }
    }

    Places(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Whether there is no limit. */
    boolean boundless() {
        return parts.isEmpty();
    }

    /** How many points a call counts that goes out now; 0 while nothing is learned. */
    int points() {
        return learned;
    }

    /** A call goes out. @return the points that it counts */
    int take(long now) {
        int points = learned;
        parts.forEach(part -> part.limit().take(part.weight(points), now));
        return points;
    }

    /**
     * A call ended that went out with these points.
     *
     * @param told the points that it really cost; null where that is not known
     */
    void done(int points, @Nullable Integer told, long now) {
        for (Part part : parts) {
            int weight = part.weight(points);
            part.limit().done(weight, told == null || !part.points() ? weight : told, now);
        }
    }

    /**
     * A call that was counted with these points is counted with others from now on.
     *
     * @param from null where it is not counted now
     */
    void recount(@Nullable Integer from, int to) {
        for (Part part : parts) {
            if (from != null) {
                part.limit().running -= part.weight(from);
            }
            part.limit().running += part.weight(to);
        }
    }

    /**
     * Nanoseconds until a call fits.
     *
     * @param before limits in which others come first
     */
    long untilFree(Set<Limit> before, long now) {
        long wait = 0;
        for (Part part : parts) {
            wait = Math.max(
                    wait,
                    before.contains(part.limit())
                            ? Limit.UNTIL_DONE
                            : part.limit().untilOurs(part.weight(learned), now));
        }
        return wait;
    }

    /** Adds the limits that a call waits for now. */
    void block(Set<Limit> before, long now) {
        for (Part part : parts) {
            if (part.limit().untilOurs(part.weight(learned), now) != 0) {
                before.add(part.limit());
            }
        }
    }

    /** For how long no call fits by what the system said, where that is longer than a call waits; else null. */
    @Nullable
    Duration tooLong(long now) {
        for (Part part : parts) {
            Duration said =
                    part.limit() instanceof Remaining remaining ? remaining.tooLong(part.weight(learned), now) : null;
            if (said != null) {
                return said;
            }
        }
        return null;
    }

    /** Whether this runtime has no share yet of a limit that others use too. */
    boolean shareComes(long now) {
        return parts.stream().map(part -> part.limit().share).anyMatch(share -> share != null && !share.holds(now));
    }

    boolean sharesWith(Places other) {
        return parts.stream().anyMatch(mine -> other.parts.stream().anyMatch(its -> its.limit() == mine.limit()));
    }

    /**
     * Takes in what the answer of a call says, which is still counted.
     *
     * @param period of the limit, where the answer says nothing of it
     */
    void told(RateReport report, @Nullable Duration period, long now) {
        Integer asked = report.requestedCost() != null ? report.requestedCost() : report.cost();
        if (asked != null) {
            // A dear call is forgotten slowly: the next one may be as dear.
            learned = Math.max(asked, (int) (learned * 0.9));
        }
        Long left = report.remaining();
        if (left == null) {
            return;
        }
        boolean applied = false;
        for (Part part : parts) {
            if (part.limit() instanceof Limit.Bucket bucket) {
                bucket.left(left, part.weight(learned), now);
                applied = true;
            }
        }
        Duration reset = report.reset() != null ? report.reset() : applied ? null : period;
        for (Part part : parts) {
            if (reset != null && part.limit() instanceof Remaining remaining) {
                remaining.told(left, reset, part.weight(learned), now);
            }
        }
    }
}
