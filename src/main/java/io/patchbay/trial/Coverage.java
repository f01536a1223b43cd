package io.patchbay.trial;

import io.patchbay.flow.Flow;
import io.patchbay.problem.Location;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the cases of a flow have reached of its canvas.
 *
 * @param flow the flow's id
 * @param reached shapes and paths that a payload came to
 * @param unreached those that none came to
 */
public record Coverage(String flow, List<Part> reached, List<Part> unreached) {

    public Coverage {
        reached = List.copyOf(reached);
        unreached = List.copyOf(unreached);
    }

    /** A shape or a path, and where it stands. */
    public record Part(Location at, String what) {}

    /** How many there are. */
    public int all() {
        return reached.size() + unreached.size();
    }

    /** The coverage of each flow that has tests. */
    public static List<Coverage> of(List<TestFile> files, List<CaseResult> results) {
        Map<String, Flow> flows = new LinkedHashMap<>();
        Map<String, Set<String>> passed = new LinkedHashMap<>();
        for (TestFile file : files) {
            flows.put(file.flow().id(), file.flow());
            Set<String> shapes = passed.computeIfAbsent(file.flow().id(), any -> new TreeSet<>());
            results.stream()
                    .filter(result -> result.file().equals(file.file()))
                    .forEach(result -> result.found().path("shapes").properties().stream()
                            .filter(shape -> shape.getValue().path("reached").asBoolean())
                            .forEach(shape -> shapes.add(shape.getKey())));
        }
        return flows.values().stream()
                .map(flow -> of(flow, passed.getOrDefault(flow.id(), Set.of())))
                .toList();
    }

    private static Coverage of(Flow flow, Set<String> passed) {
        List<Part> reached = new ArrayList<>();
        List<Part> unreached = new ArrayList<>();
        flow.allSteps().forEach(step -> {
            (passed.contains(step.id()) ? reached : unreached).add(new Part(step.at(), "shape '" + step.id() + "'"));
            for (Plan.Path path : step.paths()) {
                if (!path.steps().isEmpty()) {
                    Step first = path.steps().get(0);
                    (passed.contains(first.id()) ? reached : unreached)
                            .add(new Part(first.at(), "path '" + path.name() + "' of '" + step.id() + "'"));
                }
            }
        });
        return new Coverage(flow.id(), reached, unreached);
    }
}
