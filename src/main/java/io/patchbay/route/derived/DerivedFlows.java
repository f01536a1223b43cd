package io.patchbay.route.derived;

import io.patchbay.problem.Problem;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All flows of a folder: those of flow files, and those that are made of other files. Used by one thread at a time. */
public final class DerivedFlows {

    private final List<Derivation> derivations;

    /** @param derivations in order: a later one sees what an earlier one has made */
    DerivedFlows(List<Derivation> derivations) {
        this.derivations = List.copyOf(derivations);
    }

    /** All that there are. */
    public static DerivedFlows all(EnvironmentFlows environments) {
        return new DerivedFlows(List.of(new ServiceFlows(), environments));
    }

    /**
     * The flows.
     *
     * @param flows all, those of flow files first
     * @param problems what is wrong with the files that flows are made of
     * @param unread files of which it is not known now what flows are made of them
     */
    public record Flows(List<FlowDeployer.Source> flows, List<Problem> problems, Set<String> unread) {
        public Flows {
            flows = List.copyOf(flows);
            problems = List.copyOf(problems);
            unread = Set.copyOf(unread);
        }
    }

    /** The flows of these files, of all kinds. */
    public Flows of(List<SourceFile> files) {
        List<FlowDeployer.Source> flows = new ArrayList<>();
        files.stream()
                .filter(file -> file.kind() == SourceKind.FLOW)
                .forEach(file -> flows.add(new FlowDeployer.Source(file.path(), file.text())));
        List<Problem> problems = new ArrayList<>();
        Set<String> unread = new HashSet<>();
        for (Derivation derivation : derivations) {
            Derivation.Derived made = derivation.derive(new Derivation.Given(files, flows));
            flows.addAll(made.flows());
            problems.addAll(made.problems());
            unread.addAll(made.unread());
        }
        return new Flows(flows, problems, unread);
    }
}
