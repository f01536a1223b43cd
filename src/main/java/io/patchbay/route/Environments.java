package io.patchbay.route;

import io.patchbay.environment.Environment;
import io.patchbay.environment.FlowNames;
import io.patchbay.environment.PackageFile;
import io.patchbay.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Environments as API and command line see them: which there are, how they differ, and what is brought into them. */
public interface Environments {

    /** All of them, by id. */
    List<View> list();

    /** All of them as files say them, by id, without how their flows stand. */
    List<Environment> files();

    /** One of them. */
    Optional<View> environment(String id);

    /** All packages of flows, by id. */
    List<PackageFile> packages();

    /**
     * What would be done.
     *
     * @throws Versions.Refused when it cannot be told what is meant
     */
    Plan plan(Wanted wanted);

    /**
     * Does it, all or nothing.
     *
     * @param seen looks at what would be done, as things are now, before anything is: what it throws ends it
     * @param by who wants it
     * @param note what it is about
     * @throws Versions.Refused when something speaks against it; then all is as it was
     */
    Plan deploy(Wanted wanted, Consumer<Plan> seen, @Nullable String by, @Nullable String note);

    /**
     * How two environments differ.
     *
     * @param from id, or {@code base} for the flows that are in no environment
     * @param to id, or {@code base}
     * @throws Versions.Refused when there is no such environment
     */
    Comparison diff(String from, String to);

    /**
     * An environment and its flows.
     *
     * @param flows in the order of its file
     */
    record View(Environment environment, List<FlowView> flows) {
        public View {
            flows = List.copyOf(flows);
        }
    }

    /**
     * A flow in an environment.
     *
     * @param base its id outside
     * @param id its id in the environment
     * @param state what runs of it; null when nothing is known of it, because the files are wrong
     */
    record FlowView(String base, String id, Versions.@Nullable State state) {}

    /**
     * What is to be brought into an environment.
     *
     * @param environment its id
     * @param from the environment whose running versions are taken, or {@code base}; null for what files say now
     * @param flows ids of flows; all of the environment when this and the package are not given
     * @param pack a package of flows
     */
    record Wanted(
            String environment,
            @Nullable String from,
            List<String> flows,
            @Nullable String pack) {
        public Wanted {
            flows = List.copyOf(flows);
        }
    }

    /**
     * What would be done, or was.
     *
     * @param id another one as soon as anything else would be done, or something else speaks against it; begins with a digit
     * @param steps flow by flow
     * @param missing credentials that are not there
     */
    record Plan(String id, Wanted wanted, List<Step> steps, List<Missing> missing) {
        public Plan {
            steps = List.copyOf(steps);
            missing = List.copyOf(missing);
        }

        /** Whether nothing is known to speak against it. */
        public boolean possible() {
            return missing.isEmpty()
                    && steps.stream()
                            .flatMap(step -> step.problems().stream())
                            .noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        }
    }

    /** What would be done with a flow. */
    enum Action {
        /** Another version is to run. */
        DEPLOY,
        /** What is wanted runs already. */
        NOTHING,
        /** It cannot run. */
        REFUSED
    }

    /**
     * What would be done with a flow.
     *
     * @param base its id outside
     * @param id its id in the environment
     * @param taken the number of the version that is taken from another environment; null when a file is taken
     * @param before the number of the version that runs now; null when none does
     * @param problems what speaks against it, and warnings
     * @param kept what is not replaced in it: instances, pools and caches that it shares with other flows, flows that it starts outside
     */
    record Step(
            String base,
            String id,
            Action action,
            @Nullable Integer taken,
            @Nullable Integer before,
            List<Problem> problems,
            Map<FlowNames.Kind, Set<String>> kept) {
        public Step {
            problems = List.copyOf(problems);
            kept = Map.copyOf(kept);
        }

        /** The same with more that speaks against it. */
        Step against(List<Problem> more) {
            List<Problem> all = new ArrayList<>(problems);
            all.addAll(more);
            boolean refused = more.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
            return new Step(base, id, refused ? Action.REFUSED : action, taken, before, all, kept);
        }
    }

    /**
     * A secret that is not there.
     *
     * @param secret its name
     * @param instance the instance whose setting reads it; null when a flow does
     * @param setting the setting
     * @param flows ids of flows in the environment that need it
     */
    record Missing(
            String secret,
            @Nullable String instance,
            @Nullable String setting,
            List<String> flows) {
        public Missing {
            flows = List.copyOf(flows);
        }
    }

    /** Looks for credentials. */
    interface Credentials {
        /** The secrets that an instance reads and that are not there, by setting; an instance that is not there has none. */
        Map<String, String> missing(String instance);

        /** Whether a secret is not there. */
        boolean lacks(String secret);
    }

    /**
     * How two environments differ.
     *
     * @param settings what they replace otherwise
     * @param flows flow by flow, those of either
     */
    record Comparison(String from, String to, List<Replaced> settings, List<FlowDiff> flows) {
        public Comparison {
            settings = List.copyOf(settings);
            flows = List.copyOf(flows);
        }
    }

    /**
     * A name or value that one of them replaces otherwise.
     *
     * @param kind like instances
     * @param from what stands for it in the one; null when nothing does
     * @param to in the other
     */
    record Replaced(
            String kind,
            String name,
            @Nullable String from,
            @Nullable String to) {}

    /**
     * A flow in two environments.
     *
     * @param from the number of the version that runs in the one; null when none does
     * @param to in the other
     * @param diff how what they were made of differs; null when it does not run in both
     * @param idle whether it is a flow of both and runs in neither
     */
    record FlowDiff(
            String base,
            boolean inFrom,
            boolean inTo,
            @Nullable Integer from,
            @Nullable Integer to,
            Versions.@Nullable Diff diff,
            boolean idle) {

        /** Whether the same runs in both, but for what they replace; nothing is the same as nothing. */
        public boolean same() {
            return diff == null ? idle : diff.changes().isEmpty() && diff.text().isEmpty();
        }
    }
}
