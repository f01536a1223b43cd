package io.patchbay.flow;

import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;

/** Finds shapes in a loop that would not leave one payload to go round. */
final class Rounds {

    private static final String LOOP = "loop";

    private Rounds() {}

    static void check(Flow flow, Surroundings around, Problems problems) {
        flow.allSteps()
                .filter(step -> is(step, LOOP))
                .forEach(loop -> loop.paths()
                        .forEach(path -> path.steps().forEach(step -> check(step, loop, around, problems))));
    }

    private static void check(Step step, Step loop, Surroundings around, Problems problems) {
        Contract contract = step.contract(around);
        boolean many = contract.yields() == Contract.Yields.MANY;
        boolean paths = !step.paths().isEmpty() && !is(step, LOOP);
        if (many || paths || contract.takes() != Contract.Takes.PAYLOAD) {
            problems.error(
                    step.at(),
                    "NOT_IN_LOOP",
                    "'" + step.id() + "' cannot stand in the loop '" + loop.id() + "': "
                            + (paths || many
                                    ? "it may give many payloads, and one goes round"
                                    : "it works on all payloads at once"),
                    "put it before or behind the loop, or call the flow that has it with runFlow");
        }
    }

    private static boolean is(Step step, String kind) {
        return step.type().spec().name().equals(kind);
    }
}
