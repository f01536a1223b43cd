package io.patchbay.moving;

import io.patchbay.moving.Graph.Edge;
import io.patchbay.moving.Graph.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which flows a graph becomes. What starts the same nodes is one flow with several triggers; where two begin at different nodes they are two flows, and
 * nodes that both come to stand in both. Where nothing starts anything, each node that nothing leads to begins a flow that is started by hand.
 */
final class Starts {

    private final Graph graph;
    private final List<Group> groups = new ArrayList<>();

    /**
     * A flow.
     *
     * @param triggers nodes that start it; none for one that is started by hand
     * @param starts wires to its first nodes
     */
    record Group(List<Node> triggers, List<Edge> starts) {}

    Starts(Graph graph, Predicate<Node> trigger, Report report) {
        this.graph = graph;
        Map<Set<String>, Group> byFirst = new LinkedHashMap<>();
        boolean any = false;
        for (Node node : graph.nodes()) {
            if (trigger.test(node)) {
                any = true;
                Set<String> first = new TreeSet<>();
                graph.out(node.id()).forEach(edge -> first.add(edge.to()));
                Group group = byFirst.computeIfAbsent(
                        first, one -> new Group(new ArrayList<>(), new ArrayList<>(graph.out(node.id()))));
                group.triggers().add(node);
            }
        }
        if (!any) {
            for (Node node : graph.nodes()) {
                if (!graph.entered(node.id())) {
                    groups.add(new Group(List.of(), List.of(new Edge("", "", node.id(), node.place()))));
                }
            }
        }
        groups.addAll(byFirst.values());
        Set<String> seen = new HashSet<>();
        for (Group group : groups) {
            for (String id : reached(graph, group.starts())) {
                if (!seen.add(id)) {
                    report.look(
                            graph.node(id).place(),
                            graph.node(id).shown()
                                    + " is reached from triggers that begin at different nodes: it stands in the flow"
                                    + " of each",
                            "put what is shared into a flow of its own, and call it with runFlow");
                    break;
                }
            }
        }
    }

    List<Group> groups() {
        return groups;
    }

    static Set<String> reached(Graph graph, List<Edge> starts) {
        Set<String> all = new HashSet<>();
        starts.forEach(edge -> all.addAll(graph.reach(edge.to(), Set.of())));
        return all;
    }

    /** Nodes that no flow has. */
    List<Node> unreached() {
        Set<String> all = new HashSet<>();
        for (Group group : groups) {
            group.triggers().forEach(one -> all.add(one.id()));
            all.addAll(reached(graph, group.starts()));
        }
        List<Node> left = new ArrayList<>();
        graph.nodes().forEach(node -> {
            if (!all.contains(node.id())) {
                left.add(node);
            }
        });
        return left;
    }
}
