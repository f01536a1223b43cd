package io.patchbay.flow;

import io.patchbay.problem.Problems;
import io.patchbay.shape.Between;
import io.patchbay.shape.Described;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells each shape what is known of the records that come to it and that the shape behind it wants. */
final class Neighbours {

    private Neighbours() {}

    /** Of a flow in which nothing is wrong. */
    static void check(Flow flow, Surroundings around, Problems problems) {
        check(flow.steps(), new Between(null, null), around, problems);
    }

    /** @param ends what is known at the beginning and the end of the list */
    private static void check(List<Step> steps, Between ends, Surroundings around, Problems problems) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.common().disabled()) {
                continue;
            }
            Between between = new Between(before(steps, i, ends, around), after(steps, i, ends, around));
            step.checkBetween(between, problems);
            for (Plan.Path path : step.paths()) {
                check(path.steps(), step.passesOn(path) ? between : new Between(null, null), around, problems);
            }
        }
    }

    private static @Nullable Described before(List<Step> steps, int index, Between ends, Surroundings around) {
        for (int i = index - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (!passes(step)) {
                return step.gives(around);
            }
        }
        return ends.before();
    }

    private static @Nullable Described after(List<Step> steps, int index, Between ends, Surroundings around) {
        for (int i = index + 1; i < steps.size(); i++) {
            Step step = steps.get(i);
            Described wanted = step.common().disabled() ? null : step.takes(around);
            if (wanted != null || !passes(step)) {
                return wanted;
            }
        }
        return ends.after();
    }

    /** Whether records behind it are those before it. */
    private static boolean passes(Step step) {
        return step.common().disabled() || step.keepsRecords();
    }
}
