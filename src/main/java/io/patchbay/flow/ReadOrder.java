package io.patchbay.flow;

import io.patchbay.expression.Ref;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the shapes in the order in which payloads pass them, and finds what is read where it can have no value: counts
 * of a shape that comes later, counts of the run before an answer, and failures where nothing was caught yet. What a try
 * caught keeps telling why it failed behind the try, and so does what steps of Camel's own say.
 */
final class ReadOrder {

    private final Set<String> known;
    private final Problems problems;
    private final Set<String> begun = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private @Nullable String answer;

    private ReadOrder(Set<String> known, Problems problems) {
        this.known = known;
        this.problems = problems;
    }

    static void check(Flow flow, Problems problems) {
        Set<String> ids = flow.allSteps().map(Step::id).collect(Collectors.toSet());
        new ReadOrder(ids, problems).walk(flow.steps(), false);
    }

    /** Adds a problem for each count that is read of a shape that is not one of these. */
    static void unknownShapes(Set<Ref> reads, Set<String> known, Problems problems) {
        for (Ref ref : reads) {
            String shape = counted(ref);
            if (shape != null && !known.contains(shape)) {
                problems.error(
                        ref.at(),
                        "UNKNOWN_SHAPE_ID",
                        "the flow has no shape '" + shape + "'",
                        DidYouMean.hint(shape, known));
            }
        }
    }

    /** The shape whose counts are read, or null. */
    private static @Nullable String counted(Ref ref) {
        return ref.root().equals("run")
                        && ref.name().equals("shapes")
                        && ref.names().size() > 1
                ? ref.names().get(1)
                : null;
    }

    /** Answers whether payloads that failed before may come out. */
    private boolean walk(List<Step> steps, boolean caughtBefore) {
        boolean caught = caughtBefore;
        for (Step step : steps) {
            begun.add(step.id());
            check(step, caught);
            String kind = step.type().spec().name();
            boolean inside = false;
            for (Plan.Path path : step.paths()) {
                boolean afterFailure = kind.equals("try") && path.name().equals("catch");
                inside |= walk(path.steps(), caught || afterFailure);
            }
            caught |= inside || kind.equals("try") || kind.equals("camel");
            if (kind.equals("callback") && answer == null) {
                answer = step.id();
                answered.addAll(begun);
                begun.clear();
            }
        }
        return caught;
    }

    private void check(Step step, boolean caught) {
        unknownShapes(step.reads(), known, problems);
        for (Ref ref : step.reads()) {
            String shape = counted(ref);
            if (shape != null && known.contains(shape) && !begun.contains(shape)) {
                alwaysZero(ref, shape);
            } else if (ref.root().equals("error") && !caught) {
                problems.error(
                        ref.at(),
                        "NOT_HERE",
                        "'error' cannot be read here: nothing was caught before '" + step.id() + "'",
                        "read it in the catch of a try, or behind the try");
            }
        }
    }

    private void alwaysZero(Ref ref, String shape) {
        boolean before = answered.contains(shape);
        problems.error(
                ref.at(),
                "ALWAYS_ZERO",
                before
                        ? "the counts of '" + shape + "' are always 0 here: what follows '" + answer
                                + "' is a run of its own"
                        : "the counts of '" + shape + "' are always 0 here: it works later",
                before ? "read them before '" + answer + "'" : "read them in a shape behind '" + shape + "'");
    }
}
