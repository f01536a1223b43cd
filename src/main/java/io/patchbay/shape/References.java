package io.patchbay.shape;

import io.patchbay.expression.Ref;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the placeholders of a shape's settings mean for its contract, and whether the names in them lead somewhere. */
public final class References {

    /** What of {@code run} does not change while a run goes on. */
    private static final Set<String> FIXED = Set.of("id", "flow", "revision", "trigger", "queuedAt", "startedAt");

    private References() {}

    /** The run state that is read: flow variables, and the run's counts. */
    public static Set<StateRef> state(Set<Ref> reads) {
        Set<StateRef> state = new LinkedHashSet<>();
        for (Ref ref : reads) {
            if (ref.root().equals("flow")) {
                state.add(StateRef.variable(ref.name()));
            } else if (ref.root().equals("run") && !FIXED.contains(ref.name())) {
                state.add(StateRef.run());
            }
        }
        return state;
    }

    /** Whether the data of the payload is read. */
    public static boolean readsData(Set<Ref> reads) {
        return reads.stream()
                .anyMatch(ref -> ref.root().equals("record") || ref.root().equals("payload"));
    }

    /** Adds a problem for each flow variable and lookup table that is not there. */
    public static void check(Set<Ref> reads, Location at, Surroundings around, Problems problems) {
        for (Ref ref : reads) {
            if (ref.root().equals("flow")) {
                variable(ref.name(), at, around, problems);
            } else if (ref.root().equals("table")) {
                table(ref.name(), at, around, problems);
            }
        }
    }

    /** Adds a problem when the flow declares no such variable. */
    public static void variable(String name, Location at, Surroundings around, Problems problems) {
        if (!around.variableNames().contains(name)) {
            String hint = DidYouMean.hint(name, around.variableNames());
            problems.error(
                    at,
                    "UNKNOWN_VARIABLE",
                    "the flow has no variable '" + name + "'",
                    hint == null ? "declare it under variables: with the value that a run begins with" : hint);
        }
    }

    /** Adds a problem when there is no such lookup table. */
    public static void table(String name, Location at, Surroundings around, Problems problems) {
        if (!around.tables().containsKey(name)) {
            String hint = DidYouMean.hint(name, around.tables().keySet());
            problems.error(
                    at,
                    "UNKNOWN_TABLE",
                    "there is no lookup table '" + name + "'",
                    hint == null ? "it would be the file routes/tables/" + name + ".csv" : hint);
        }
    }
}
