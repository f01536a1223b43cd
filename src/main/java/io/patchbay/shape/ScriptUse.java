package io.patchbay.shape;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.expression.Ref;
import io.patchbay.expression.TemplateTree;
import io.patchbay.mapping.function.ScriptName;
import io.patchbay.problem.Problems;
import io.patchbay.script.Script;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a shape calls a function of a script with payloads.
 *
 * @param file of the script
 * @param function that is called
 * @param variables values for it, by name
 * @param sets names of the flow variables that it sets; null for any of them
 * @param timeout of a call; null for as long as scripts may run
 */
@Doc("Which function to call, and with what")
public record ScriptUse(
        @Doc("File of the script in routes/scripts, like tidy.js or tidy.py")
        ScriptName file,

        @Doc("The function that is called") @Default("handle")
        String function,

        @Doc("Values for it, by name") @Default("{}") Map<String, TemplateTree> variables,

        @Doc("The flow variables that it sets; any of them where this is left out") @Nullable
        List<String> sets,

        @Doc("How long a call may take, at most patchbay.scripts.flow-time") @Nullable
        Duration timeout) {

    /** @throws IllegalArgumentException when the function has no name that one can have */
    public ScriptUse {
        if (!Script.names(function)) {
            throw new IllegalArgumentException("'" + function + "' cannot be the name of a function");
        }
        sets = sets == null ? null : List.copyOf(sets);
    }

    /** What it reads; the script is one of these. */
    public Set<Ref> reads() {
        Set<Ref> reads = new LinkedHashSet<>();
        variables.values().forEach(value -> reads.addAll(value.reads()));
        reads.add(new Ref(References.SCRIPT, List.of(file.name(), function), file.at()));
        return reads;
    }

    /** The variables that it may set. */
    public Collection<String> writes(Surroundings around) {
        return sets == null ? around.variableNames() : sets;
    }

    /** A contract with the state that the script reads and writes: it is given all variables. */
    public Contract added(Contract contract, Surroundings around) {
        Set<StateRef> reads = variables(around.variableNames());
        reads.addAll(References.state(reads()));
        return contract.reading(reads).writing(variables(writes(around)));
    }

    private static Set<StateRef> variables(Collection<String> names) {
        return names.stream().map(StateRef::variable).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Adds a problem for each variable that is not there, and for a time that scripts do not have. */
    public void check(Placed at, Surroundings around, Problems problems) {
        List<String> names = sets == null ? List.of() : sets;
        for (int i = 0; i < names.size(); i++) {
            References.variable(names.get(i), at.item("sets", i), around, problems);
        }
        if (timeout == null || !around.scripts().names().contains(file.name())) {
            return;
        }
        Duration most = around.scripts().runner().time();
        if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(most) > 0) {
            problems.error(
                    at.at("timeout"),
                    "BAD_VALUE",
                    "timeout " + Durations.format(timeout) + " must be above zero and at most "
                            + Durations.format(most),
                    "scripts may run as long as patchbay.scripts.flow-time says");
        }
    }
}
