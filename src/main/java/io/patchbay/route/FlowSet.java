package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.trigger.Trigger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flows of one generation, which must not take each other's ids or paths. Not safe for use by several threads. */
public final class FlowSet {

    private final Map<String, Flow> flows = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();

    /** Adds a flow. @return what speaks against it; empty when it was added */
    public List<Problem> add(Flow flow) {
        Problems problems = new Problems();
        Flow other = flows.get(flow.id());
        if (other != null) {
            problems.error(
                    new Location(flow.file(), 1, 1),
                    "DUPLICATE_FLOW",
                    "flow id '" + flow.id() + "' is taken by " + other.file(),
                    "give this flow another id");
        }
        for (Trigger trigger : flow.triggers()) {
            String key = flow.status() == Flow.Status.ACTIVE ? trigger.key().orElse(null) : null;
            String taken = key == null ? null : keys.putIfAbsent(key, flow.id());
            if (taken != null && !taken.equals(flow.id())) {
                problems.error(
                        new Location(flow.file(), 1, 1),
                        "DUPLICATE_TRIGGER",
                        "'" + key + "' is taken by flow '" + taken + "'",
                        "give this trigger another path");
            }
        }
        if (!problems.anyError()) {
            flows.put(flow.id(), flow);
        }
        return problems.list();
    }

    /** A version that goes on running keeps its id and paths, whatever its file says now. */
    void keep(Flow flow) {
        flows.putIfAbsent(flow.id(), flow);
        if (flow.status() == Flow.Status.ACTIVE) {
            flow.triggers().forEach(trigger -> trigger.key().ifPresent(key -> keys.putIfAbsent(key, flow.id())));
        }
    }

    /** The flows that were added. */
    public Collection<Flow> flows() {
        return List.copyOf(flows.values());
    }
}
