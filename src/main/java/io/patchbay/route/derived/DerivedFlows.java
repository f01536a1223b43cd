package io.patchbay.route.derived;

import io.patchbay.problem.Problem;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.util.ArrayList;
import java.util.List;

/** All flows of a folder: those of flow files, and those that are made of other files. Used by one thread at a time. */
public final class DerivedFlows {

    private final List<Derivation> derivations;

    /** @param derivations in order: a later one sees what an earlier one has made */
    DerivedFlows(List<Derivation> derivations) {
        this.derivations = List.copyOf(derivations);
    }

    /** All that there are. */
    public static DerivedFlows all() {
        return new DerivedFlows(List.of());
    }

    /**
     * The flows.
     *
     * @param flows all, those of flow files first
     * @param problems what is wrong with the files that flows are made of
     */
    public record Flows(List<FlowDeployer.Source> flows, List<Problem> problems) {
        public Flows {
            flows = List.copyOf(flows);
            problems = List.copyOf(problems);
        }
    }

    /** The flows of these files, of all kinds. */
    public Flows of(List<SourceFile> files) {
        List<FlowDeployer.Source> flows = new ArrayList<>();
        files.stream()
                .filter(file -> file.kind() == SourceKind.FLOW)
                .forEach(file -> flows.add(new FlowDeployer.Source(file.path(), file.text())));
        List<Problem> problems = new ArrayList<>();
        for (Derivation derivation : derivations) {
            Derivation.Derived made = derivation.derive(new Derivation.Given(files, flows));
            flows.addAll(made.flows());
            problems.addAll(made.problems());
        }
        return new Flows(flows, problems);
    }
}
