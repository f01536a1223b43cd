package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.trigger.Trigger;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Flows of one generation, which must not take each other's ids or paths. Not safe for use by several threads. */
public final class FlowSet {

    private final Map<String, Flow> flows = new LinkedHashMap<>();
    private final Map<String, Flow> kept = new HashMap<>();
    private final Map<String, String> fileOfId = new HashMap<>();
    private final Map<String, Flow> holderOfKey = new HashMap<>();

    /** Adds a flow, whole or not at all. @return what speaks against it; empty when it was added */
    public List<Problem> add(Flow flow) {
        Problems problems = new Problems();
        String file = fileOfId.get(flow.id());
        if (file != null && (!file.equals(flow.file()) || flows.containsKey(flow.id()))) {
            problems.error(
                    flow.places().id(),
                    "DUPLICATE_FLOW",
                    "flow id '" + flow.id() + "' is taken by " + file,
                    "give this flow another id");
        }
        Set<String> own = new HashSet<>();
        for (int i = 0; i < flow.triggers().size() && flow.status() == Flow.Status.ACTIVE; i++) {
            String key = flow.triggers().get(i).key().orElse(null);
            if (key != null) {
                claim(flow, key, flow.places().triggers().get(i), own, problems);
            }
        }
        if (!problems.anyError()) {
            flows.put(flow.id(), flow);
            hold(flow, keys(flow));
        }
        return problems.list();
    }

    /** What speaks against a flow because of the flows that it starts; asked when all were added. */
    public List<Problem> calls(Flow flow) {
        Map<String, Flow> known = new LinkedHashMap<>(kept);
        known.putAll(flows);
        return new CallGraph(known).problems(flow);
    }

    private void claim(Flow flow, String key, Location at, Set<String> own, Problems problems) {
        Flow holder = holderOfKey.get(key);
        if (!own.add(key)) {
            problems.error(
                    at, "DUPLICATE_TRIGGER", "the flow has the trigger '" + key + "' twice", "take one of them out");
        } else if (holder != null && !holder.file().equals(flow.file())) {
            problems.error(
                    at,
                    "DUPLICATE_TRIGGER",
                    "'" + key + "' is taken by flow '" + holder.id() + "'",
                    "give this trigger another path");
        }
    }

    /** Keeps the id and the paths of a version that goes on running, whatever its file says now. */
    void keep(Flow flow) {
        kept.put(flow.id(), flow);
        hold(flow, keys(flow));
    }

    /** Keeps for a flow what it wants and already has, so that no other one takes it before the flow is added. */
    void keep(Flow running, Flow next) {
        Set<String> wanted = new HashSet<>(keys(next));
        wanted.retainAll(keys(running));
        if (running.id().equals(next.id())) {
            fileOfId.putIfAbsent(next.id(), next.file());
        }
        wanted.forEach(key -> holderOfKey.putIfAbsent(key, next));
    }

    private void hold(Flow flow, Set<String> keys) {
        fileOfId.putIfAbsent(flow.id(), flow.file());
        keys.forEach(key -> holderOfKey.putIfAbsent(key, flow));
    }

    private static Set<String> keys(Flow flow) {
        return flow.status() == Flow.Status.ACTIVE
                ? flow.triggers().stream()
                        .map(Trigger::key)
                        .flatMap(key -> key.stream())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** The flows that were added. */
    public Collection<Flow> flows() {
        return List.copyOf(flows.values());
    }
}
