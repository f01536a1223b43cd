package io.patchbay.route.derived;

import io.patchbay.problem.Problem;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.folder.SourceFile;
import java.util.List;
import java.util.Set;

/**
 * Makes texts of flows of one kind of files. A text that it makes is a flow like any other: it is checked, deployed, kept as a version,
 * paused and tested by its id. Used by one thread at a time; it may keep what it has made, because it is asked again with each change in
 * the folders.
 */
public interface Derivation {

    /** What this kind of files makes. */
    Derived derive(Given given);

    /**
     * What it is made of.
     *
     * @param files all files of the folders
     * @param flows the flows of flow files, and those that derivations before this one have made
     */
    record Given(List<SourceFile> files, List<FlowDeployer.Source> flows) {
        public Given {
            files = List.copyOf(files);
            flows = List.copyOf(flows);
        }
    }

    /**
     * What was made.
     *
     * @param flows more flows. A flow is known by its {@code file}, which no other one has: that of a person where one file makes one
     *     flow
     * @param problems what is wrong with the files that flows are made of; what is wrong with the flows is found later, and told as their
     *     {@code provenance} says
     * @param unread files of which it is not known now what flows are made of them: what runs of them goes on. The flows of one file are
     *     known by its path, {@code #} and what differs
     */
    record Derived(List<FlowDeployer.Source> flows, List<Problem> problems, Set<String> unread) {
        public Derived {
            flows = List.copyOf(flows);
            problems = List.copyOf(problems);
            unread = Set.copyOf(unread);
        }

        /** What was made, of files of which that is known. */
        public Derived(List<FlowDeployer.Source> flows, List<Problem> problems) {
            this(flows, problems, Set.of());
        }
    }
}
