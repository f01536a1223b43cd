package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.counts.RunCounts;
import io.patchbay.run.counts.Sums;
import io.patchbay.run.counts.Times;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs add up to, over time. */
@Doc("What runs that ended add up to, step by step")
record StatisticsView(
        @Doc("Beginning of the first step") Instant from,
        @Doc("End of the last step") Instant to,
        @Doc("How long a step is") Step step,
        @Doc("All steps together") Part total,
        @Doc("Each step, also those without any run") List<Part> steps) {

    /** How long a step is. */
    enum Step {
        /** An hour. */
        HOUR(1),
        /** A day in UTC. */
        DAY(24);

        private final int hours;

        Step(int hours) {
            this.hours = hours;
        }

        int hours() {
            return hours;
        }
    }

    /** What runs of a time add up to. */
    @Doc("What runs of a time add up to")
    record Part(
            @Doc("Its beginning") Instant at,
            CountsView counts,

            @Doc("How long a run took in the middle, in milliseconds; null without runs") @Nullable
            Long meanMs,

            @Doc("Half of the runs took no longer, to within a fifth") @Nullable
            Long p50Ms,

            @Doc("19 of 20 runs took no longer, to within a fifth") @Nullable
            Long p95Ms,

            @Doc("99 of 100 runs took no longer, to within a fifth") @Nullable
            Long p99Ms,

            @Doc("How long the longest took") @Nullable Long longestMs) {

        static Part of(Instant at, Sums sums, Times times) {
            boolean none = sums.runs() == 0;
            return new Part(
                    at,
                    CountsView.of(sums),
                    none ? null : sums.tookMs() / sums.runs(),
                    bounded(times.percentile(0.5), sums),
                    bounded(times.percentile(0.95), sums),
                    bounded(times.percentile(0.99), sums),
                    none ? null : sums.longestMs());
        }

        /** What is read from classes can lie a little above what there was. */
        private static @Nullable Long bounded(@Nullable Long percentile, Sums sums) {
            return percentile == null ? null : Math.min(percentile, sums.longestMs());
        }
    }

    static StatisticsView of(Instant from, Instant to, Step step, List<RunCounts.Step> steps) {
        Sums sums = steps.stream().map(RunCounts.Step::sums).reduce(Sums.NOTHING, Sums::plus);
        Times times = steps.stream().map(RunCounts.Step::times).reduce(Times.NOTHING, Times::plus);
        return new StatisticsView(
                from,
                to,
                step,
                Part.of(from, sums, times),
                steps.stream()
                        .map(one -> Part.of(one.at(), one.sums(), one.times()))
                        .toList());
    }
}
