package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Called;
import io.patchbay.shape.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which flows start which: a flow that is started must be there, and no flow may start itself by whatever way round.
 *
 * @param flows all flows by their ids
 */
record CallGraph(Map<String, Flow> flows) {

    /** What speaks against a flow because of the flows that it starts. */
    List<Problem> problems(Flow flow) {
        Problems problems = new Problems();
        calls(flow.steps()).forEach(called -> {
            Flow other = flows.get(called.flow());
            if (other == null) {
                String hint = DidYouMean.hint(called.flow(), flows.keySet());
                problems.error(
                        called.at(),
                        "UNKNOWN_FLOW",
                        "there is no flow '" + called.flow() + "' that is right",
                        hint == null ? "it would be a file in routes/ that begins with flow: " + called.flow() : hint);
            } else {
                calls(flow, other, called, problems);
            }
        });
        return problems.list();
    }

    private static Stream<Called> calls(List<Step> steps) {
        return steps.stream().flatMap(Step::calls);
    }

    private void calls(Flow flow, Flow other, Called called, Problems problems) {
        List<String> back = back(flow, other);
        if (!back.isEmpty()) {
            problems.error(
                    called.at(),
                    "FLOW_RUNS_ITSELF",
                    "the flow would start itself without end: " + String.join(" → ", back),
                    "take one of these starts out");
            return;
        }
        if (other.status() != Flow.Status.ACTIVE) {
            problems.warning(
                    called.at(),
                    "FLOW_NOT_ACTIVE",
                    "flow '" + other.id() + "' is not active, so it cannot be started from here",
                    "write status: active in " + other.file());
        }
        for (String variable : called.variables()) {
            if (!other.variables().containsKey(variable)) {
                problems.error(
                        called.at(),
                        "UNKNOWN_VARIABLE",
                        "flow '" + other.id() + "' has no variable '" + variable + "'",
                        DidYouMean.hint(variable, other.variables().keySet()));
            }
        }
    }

    /** The way on which a flow comes back to itself by way of another one; empty when it does not. */
    private List<String> back(Flow flow, Flow by) {
        Map<String, String> cameFrom = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(by.id()));
        cameFrom.put(by.id(), flow.id());
        while (!open.isEmpty()) {
            String at = open.remove();
            if (at.equals(flow.id())) {
                return way(at, cameFrom);
            }
            Flow there = flows.get(at);
            if (there != null) {
                calls(there.steps())
                        .map(Called::flow)
                        .filter(next -> !cameFrom.containsKey(next))
                        .forEach(next -> {
                            cameFrom.put(next, at);
                            open.add(next);
                        });
            }
        }
        return List.of();
    }

    private static List<String> way(String end, Map<String, String> cameFrom) {
        Deque<String> way = new ArrayDeque<>(List.of(end));
        String at = String.valueOf(cameFrom.get(end));
        while (!at.equals(end)) {
            way.addFirst(at);
            at = String.valueOf(cameFrom.get(at));
        }
        way.addFirst(end);
        return List.copyOf(way);
    }
}
