package io.patchbay.route.derived;

import io.patchbay.problem.Problem;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.PoolRules;
import io.patchbay.shape.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All flows of a folder: those of flow files, and those that are made of other files. Used by one thread at a time. */
public final class DerivedFlows {

    private final List<Derivation> derivations;

    /** @param derivations in order: a later one sees what an earlier one has made */
    DerivedFlows(List<Derivation> derivations) {
        this.derivations = List.copyOf(derivations);
    }

    /** All that there are. */
    public static DerivedFlows all() {
        return new DerivedFlows(List.of(new ServiceFlows()));
    }

    /**
     * The flows.
     *
     * @param flows all, those of flow files first
     * @param stores what is declared in files, and for flows that were made
     * @param problems what is wrong with the files that flows are made of
     */
    public record Flows(List<FlowDeployer.Source> flows, Stores stores, List<Problem> problems) {
        public Flows {
            flows = List.copyOf(flows);
            problems = List.copyOf(problems);
        }
    }

    /**
     * The flows of these files.
     *
     * @param files of all kinds
     * @param declared what files declare
     */
    public Flows of(List<SourceFile> files, Stores declared) {
        List<FlowDeployer.Source> flows = new ArrayList<>();
        files.stream()
                .filter(file -> file.kind() == SourceKind.FLOW)
                .forEach(file -> flows.add(new FlowDeployer.Source(file.path(), file.text())));
        Map<String, CacheRules> caches = new HashMap<>(declared.caches());
        Map<String, PoolRules> pools = new HashMap<>(declared.pools());
        List<Problem> problems = new ArrayList<>();
        for (Derivation derivation : derivations) {
            Derivation.Derived made =
                    derivation.derive(new Derivation.Given(files, flows, new Stores(caches, pools)));
            flows.addAll(made.flows());
            made.stores().caches().forEach(caches::putIfAbsent);
            made.stores().pools().forEach(pools::putIfAbsent);
            problems.addAll(made.problems());
        }
        return new Flows(flows, new Stores(caches, pools), problems);
    }
}
