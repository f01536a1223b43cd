package io.patchbay.flow;

import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds shapes that payloads are to pass beside each other and cannot, without that it would change what a run does. */
final class SeveralAtOnce {

    private SeveralAtOnce() {}

    static void check(Flow flow, Surroundings around, Problems problems) {
        flow.allSteps().filter(step -> step.common().severalAtOnce()).forEach(step -> {
            String why = why(step, around);
            if (why != null) {
                problems.error(
                        step.at(),
                        "NOT_PARALLEL",
                        "payloads cannot pass '" + step.id() + "' beside each other: " + why,
                        "take 'parallel' out, or put it at a shape that works for each payload by itself");
            }
        });
    }

    private static @Nullable String why(Step step, Surroundings around) {
        Contract contract = step.contract(around);
        if (contract.takes() != Contract.Takes.PAYLOAD) {
            return "it works on all of them at once";
        }
        if (contract.yields() == Contract.Yields.MANY && step.paths().isEmpty()) {
            return "it yields many payloads for one, which go on one by one";
        }
        return held(step)
                .map(each -> inTurn(each, around))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Stream<Step> held(Step step) {
        return Stream.concat(
                Stream.of(step),
                step.paths().stream().flatMap(path -> path.steps().stream()).flatMap(SeveralAtOnce::held));
    }

    private static @Nullable String inTurn(Step step, Surroundings around) {
        boolean writes = !step.contract(around).writes().isEmpty() && !step.anyOrder();
        return writes ? "'" + step.id() + "' sets what others read, so the order matters" : step.oneByOne(around);
    }
}
