package io.patchbay.shape;

import io.patchbay.expression.Ref;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.script.Script;
import io.patchbay.script.ScriptException;
import io.patchbay.script.ScriptLibrary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the placeholders of a shape's settings mean for its contract, and whether the names in them lead somewhere. */
public final class References {

    /** What of {@code run} does not change while a run goes on. */
    private static final Set<String> FIXED = Set.of("id", "flow", "revision", "trigger", "queuedAt", "startedAt");

    /** The root of a reference to a script: its name, and the function that is called. */
    public static final String SCRIPT = "script";

    /** The root of a reference to a file with an expression in another language: its name. */
    public static final String EXPRESSION = "expression";

    private static final String SHAPES = "shapes";
    private static final Set<String> RUN = union(FIXED, "failed", SHAPES);
    private static final Set<String> COUNTS = Set.of("payloads", "records", "failed");
    private static final Set<String> ERROR = Set.of("message", "code", "shape", "attempts");

    private References() {}

    private static Set<String> union(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

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

    /** Adds a problem for each name that leads nowhere wherever in the flow it is read. */
    public static void check(Set<Ref> reads, Surroundings around, Problems problems) {
        for (Ref ref : reads) {
            switch (ref.root()) {
                case "flow" -> variable(ref.name(), ref.at(), around, problems);
                case "table" -> table(ref.name(), ref.at(), around, problems);
                case SCRIPT -> script(ref, around.scripts(), problems);
                case EXPRESSION -> known(ref, around.scripts(), problems);
                case "run" -> run(ref, problems);
                case "error" -> leaf(ref, 0, ERROR, problems);
                default -> {} // metadata and data are what they are
            }
        }
    }

    private static void script(Ref ref, ScriptLibrary scripts, Problems problems) {
        String name = ref.name();
        String function = ref.names().size() > 1 ? ref.names().get(1) : Script.HANDLE;
        if (!known(ref, scripts, problems)) {
            return;
        }
        try {
            scripts.check(name, function);
        } catch (ScriptException e) {
            problems.error(ref.at(), "BAD_SCRIPT", e.getMessage(), e.hint(function));
        }
    }

    private static boolean known(Ref ref, ScriptLibrary scripts, Problems problems) {
        String name = ref.name();
        if (scripts.names().contains(name)) {
            return true;
        }
        String hint = DidYouMean.hint(name, scripts.names());
        problems.error(
                ref.at(),
                "UNKNOWN_SCRIPT",
                "there is no script '" + name + "'",
                hint == null ? "it would be the file routes/scripts/" + name : hint);
        return false;
    }

    private static void run(Ref ref, Problems problems) {
        if (!ref.name().equals(SHAPES)) {
            leaf(ref, 0, RUN, problems);
        } else if (ref.names().size() > 2) {
            leaf(ref, 2, COUNTS, problems);
        }
    }

    /** The name at this place must be a known one, and the last. */
    private static void leaf(Ref ref, int index, Set<String> known, Problems problems) {
        if (ref.names().size() <= index) {
            return;
        }
        String holder = String.join(".", prefix(ref, index));
        String name = ref.names().get(index);
        if (!known.contains(name)) {
            problems.error(
                    ref.at(), "UNKNOWN_NAME", "'" + holder + "' has no '" + name + "'", DidYouMean.hint(name, known));
        } else if (ref.names().size() > index + 1) {
            problems.error(
                    ref.at(),
                    "UNKNOWN_NAME",
                    "'" + holder + "." + name + "' is one value, it has no '"
                            + ref.names().get(index + 1) + "'",
                    "write ${" + holder + "." + name + "}");
        }
    }

    private static List<String> prefix(Ref ref, int names) {
        List<String> prefix = new ArrayList<>(List.of(ref.root()));
        prefix.addAll(ref.names().subList(0, names));
        return prefix;
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
