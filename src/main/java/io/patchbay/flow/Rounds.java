package io.patchbay.flow;

import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import java.util.Locale;
import java.util.Set;

/** Finds shapes in a loop, or in shapes whose result is cached, that would not leave one payload. */
final class Rounds {

    private static final String LOOP = "loop";
    private static final Set<String> KINDS = Set.of(LOOP, "cached");

    private Rounds() {}

    static void check(Flow flow, Surroundings around, Problems problems) {
        flow.allSteps()
                .filter(Rounds::leavesOne)
                .forEach(holder -> holder.paths()
                        .forEach(path -> path.steps().forEach(step -> check(step, holder, around, problems))));
    }

    private static void check(Step step, Step holder, Surroundings around, Problems problems) {
        Contract contract = step.contract(around);
        boolean many = contract.yields() == Contract.Yields.MANY;
        boolean paths = !step.paths().isEmpty() && !leavesOne(step);
        if (many || paths || contract.takes() != Contract.Takes.PAYLOAD) {
            boolean loop = kind(holder).equals(LOOP);
            problems.error(
                    step.at(),
                    "NOT_IN_" + kind(holder).toUpperCase(Locale.ROOT),
                    "'" + step.id() + "' cannot stand in the " + (loop ? "loop" : "cached shape") + " '" + holder.id()
                            + "': "
                            + (paths || many
                                    ? "it may give many payloads, and one " + (loop ? "goes round" : "is kept")
                                    : "it works on all payloads at once"),
                    "put it before or behind " + (loop ? "the loop" : "'" + holder.id() + "'")
                            + ", or call the flow that has it with runFlow");
        }
    }

    private static boolean leavesOne(Step step) {
        return KINDS.contains(kind(step));
    }

    private static String kind(Step step) {
        return step.type().spec().name();
    }
}
