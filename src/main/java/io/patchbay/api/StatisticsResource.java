package io.patchbay.api;

import io.patchbay.api.StatisticsView.Step;
import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.run.counts.RunCounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What runs add up to, over time. */
@RestController
@RequestMapping(path = "/api/v1/statistics", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Statistics: what runs add up to, over time")
final class StatisticsResource {

    private static final int MOST_STEPS = 1_000;
    private static final int USUAL_HOURS = 24;
    private static final int USUAL_DAYS = 30;

    private final RunCounts counts;
    private final Clock clock;

    StatisticsResource(RunCounts counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    @GetMapping
    @Needs(value = Permission.VIEW, flow = FlowIn.QUERY)
    @Doc(
            "What runs that ended add up to, by hour or by day in UTC: how they ended, how much they moved, how long they took; as far"
                    + " back as `patchbay.counts.keep` says")
    @Answers
    StatisticsView statistics(
            @RequestParam(required = false) @Doc("Only this flow's; all flows together if not given") @Nullable
                    String flow,
            @RequestParam(required = false)
                    @Doc("Beginning; its hour or day is the first step. A day, or 30 days, back if not given")
                    @Nullable
                    Instant from,
            @RequestParam(required = false)
                    @Doc("End; the hour or day before it is the last step. Now if not given, and the last step goes on")
                    @Nullable
                    Instant to,
            @RequestParam(required = false) @Doc("How long a step is: hour or day; hour if not given") @Nullable
                    String step) {
        Step asked = Refusal.constant(Step.class, "step", step);
        Step one = asked == null ? Step.HOUR : asked;
        Duration length = RunCounts.HOUR.multipliedBy(one.hours());
        Instant end = end(to == null ? clock.instant() : to, length);
        int usual = one == Step.HOUR ? USUAL_HOURS : USUAL_DAYS;
        Instant begin = from == null ? end.minus(length.multipliedBy(usual)) : floor(from, length);
        long steps = begin.isBefore(end) ? Duration.between(begin, end).dividedBy(length) : 0;
        if (steps < 1 || steps > MOST_STEPS) {
            throw Refusal.badRequest("From 'from' to 'to' must be 1 to " + MOST_STEPS + " steps, found "
                    + (steps < 1 ? "none: 'from' is " + begin + ", 'to' " + end : String.valueOf(steps))
                    + ". Ask for less, or for step=day.");
        }
        return StatisticsView.of(begin, end, one, counts.steps(flow, begin, end, length));
    }

    private static Instant floor(Instant at, Duration length) {
        long seconds = checked(at).getEpochSecond();
        return Instant.ofEpochSecond(Math.floorDiv(seconds, length.toSeconds()) * length.toSeconds());
    }

    private static Instant end(Instant at, Duration length) {
        Instant floor = floor(at, length);
        return floor.equals(at) ? at : floor.plus(length);
    }

    private static Instant checked(Instant at) {
        if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.ofEpochSecond(100_000_000_000L))) {
            throw Refusal.badRequest("'from' and 'to' must be instants of this age, found " + at + ".");
        }
        return at;
    }
}
