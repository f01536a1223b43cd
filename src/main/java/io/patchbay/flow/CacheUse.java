package io.patchbay.flow;

import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Step;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds shapes that read a cache which is neither declared nor written in the flow: it could never hold anything. */
final class CacheUse {

    private CacheUse() {}

    /** Of a flow in which nothing else is wrong. */
    static void check(Flow flow, Surroundings around, Problems problems) {
        List<Step> steps = flow.allSteps().toList();
        Set<String> known = steps.stream()
                .flatMap(step -> step.contract(around).writes().stream())
                .filter(CacheUse::isCache)
                .map(StateRef::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Stores stores = Stores.of(around);
        known.addAll(stores.caches().keySet());
        for (Step step : steps) {
            step.contract(around).reads().stream()
                    .filter(CacheUse::isCache)
                    .map(StateRef::name)
                    .filter(name -> !known.contains(name) && stores.declaredCache(name) == null)
                    .forEach(name -> {
                        String hint = DidYouMean.hint(name, known);
                        problems.error(
                                step.placed().at("cache"),
                                "UNKNOWN_CACHE",
                                "cache '" + name + "' is not declared, and no shape of the flow puts anything into it",
                                hint == null ? "declare it in routes/stores.yaml under caches:" : hint);
                    });
        }
    }

    private static boolean isCache(StateRef state) {
        return state.kind() == StateRef.Kind.CACHE;
    }
}
