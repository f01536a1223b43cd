package io.patchbay.run.counts;

import io.patchbay.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What runs add up to, by the hour in which they ended: cheap to read, however many runs there were. A second behind what goes on; a
 * crash may lose its last second.
 */
public interface RunCounts {

    /** What is counted together. */
    Duration HOUR = Duration.ofHours(1);

    /** The beginning of an instant's hour. */
    static Instant hourOf(Instant at) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), HOUR.toSeconds()) * HOUR.toSeconds());
    }

    /** What the runs of each flow add up to since the beginning of an hour; flows without any are left out. */
    Map<String, Sums> byFlow(Instant since);

    /** The newest run of each of some flows; those without any are left out. */
    Map<String, Newest> newest(Collection<String> flows);

    /**
     * What runs add up to, step by step; each step is there, also one without any run.
     *
     * @param flow only this flow's; null for all
     * @param from beginning of the first step
     * @param to end of the last step
     * @param step whole hours
     */
    List<Step> steps(@Nullable String flow, Instant from, Instant to, Duration step);

    /** What passed the shapes of a flow since the beginning of an hour, in runs that ended, by shape. */
    Map<String, ShapeSums> shapes(String flow, Instant since);

    /**
     * How many records passed a flow, by the hour in which its runs ended; hours without any run are left out.
     *
     * @param from beginning of the first hour
     * @param to end of the last hour
     */
    SortedMap<Instant, Long> records(String flow, Instant from, Instant to);

    /** A part of a time, and what the runs that ended in it add up to. */
    record Step(Instant at, Sums sums, Times times) {}

    /** A run, in short. */
    record Newest(
            String id,
            RunStatus status,
            Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}
}
