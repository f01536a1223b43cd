package io.patchbay.flow;

import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds shapes that let payloads wait where these, going on in runs of their own, would not come back. */
public final class WaitPlaces {

    private static final Set<String> ROUNDS = Set.of("loop", "cached");

    private WaitPlaces() {}

    /** Of a flow in which nothing else is wrong. */
    static void check(Flow flow, Surroundings around, Problems problems) {
        List<Step> steps = flow.steps();
        for (int i = 0; i < steps.size(); i++) {
            Step answer = answer(steps.subList(i + 1, steps.size()));
            if (answer != null) {
                waiting(steps.get(i), around).forEach(step -> beforeAnswer(step, answer, problems));
            }
        }
        steps.stream()
                .flatMap(step -> waiting(step, around))
                .filter(step -> step.common().timeout() != null)
                .forEach(step -> problems.error(
                        step.at(),
                        "NO_TIMEOUT",
                        "'" + step.id()
                                + "' lets payloads wait and has a 'timeout', which would bound how long one is written, not how long it"
                                + " waits",
                        "take 'timeout' out; how long a payload waits is 'expires' of the wait"));
        flow.allSteps()
                .filter(holder -> ROUNDS.contains(kind(holder)))
                .forEach(holder -> holder.paths().stream()
                        .flatMap(path -> path.steps().stream())
                        .flatMap(step -> waiting(step, around))
                        .forEach(step -> inRound(step, holder, problems)));
    }

    /** Whether payloads wait at the shape of a flow that has this id. */
    public static boolean waits(Flow flow, String shape, Surroundings around) {
        return flow.steps().stream()
                .flatMap(step -> waiting(step, around))
                .anyMatch(step -> step.id().equals(shape));
    }

    /** Whether payloads leave their run at a step, and go on in others. */
    static boolean waits(Step step, Surroundings around) {
        return !step.common().disabled()
                && kind(step).equals("wait")
                && step.contract(around).yields() == Contract.Yields.AT_MOST_ONE;
    }

    private static Stream<Step> waiting(Step step, Surroundings around) {
        if (step.common().disabled()) {
            return Stream.of();
        }
        Stream<Step> inside = step.paths().stream()
                .map(Plan.Path::steps)
                .flatMap(List::stream)
                .flatMap(one -> waiting(one, around));
        return waits(step, around) ? Stream.of(step) : inside;
    }

    private static @Nullable Step answer(List<Step> steps) {
        return steps.stream()
                .filter(step -> kind(step).equals("callback") && !step.common().disabled())
                .findFirst()
                .orElse(null);
    }

    private static void beforeAnswer(Step step, Step answer, Problems problems) {
        problems.error(
                step.at(),
                "NOT_BEFORE_CALLBACK",
                "'" + step.id() + "' lets payloads wait before '" + answer.id()
                        + "', whose caller would get an answer without them",
                "put it behind '" + answer.id() + "'");
    }

    private static void inRound(Step step, Step holder, Problems problems) {
        boolean loop = kind(holder).equals("loop");
        problems.error(
                step.at(),
                loop ? "NOT_IN_LOOP" : "NOT_IN_CACHED",
                "'" + step.id() + "' cannot stand in the " + (loop ? "loop" : "cached shape") + " '" + holder.id()
                        + "': what waits goes on in a run of its own, "
                        + (loop ? "which knows nothing of rounds before" : "and nothing is left to be kept"),
                "put it before or behind '" + holder.id() + "'");
    }

    private static String kind(Step step) {
        return step.type().spec().name();
    }
}
