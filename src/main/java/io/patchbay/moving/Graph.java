package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every dialect's file is read into: nodes, and which of them follow which. */
final class Graph {

    /** More than anybody draws, and few enough to look at each pair. */
    static final int MOST_NODES = 2_000;

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<Edge>> from = new HashMap<>();
    private final Map<String, Integer> into = new HashMap<>();

    /**
     * A node.
     *
     * @param id unique in its file
     * @param name what people call it
     * @param type as its dialect says it
     * @param source all that the file says of it
     */
    record Node(String id, String name, String type, JsonNode source, Place place) {

        /** For messages: {@code filter 'Only paid'}. */
        String shown() {
            return SourceText.shown(type) + " '" + SourceText.shown(name.isBlank() ? id : name) + "'";
        }
    }

    /**
     * A wire.
     *
     * @param outlet by which of its ways out the first node gives to the second; empty for the only one
     */
    record Edge(String from, String outlet, String to, Place place) {}

    void add(Node node) {
        nodes.put(node.id(), node);
    }

    boolean has(String id) {
        return nodes.containsKey(id);
    }

    Node node(String id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node " + id);
        }
        return node;
    }

    Iterable<Node> nodes() {
        return nodes.values();
    }

    int size() {
        return nodes.size();
    }

    /** Both ends must be there; the same wire twice is one. */
    void join(Edge edge) {
        List<Edge> out = from.computeIfAbsent(edge.from(), id -> new ArrayList<>());
        boolean there = out.stream()
                .anyMatch(one -> one.outlet().equals(edge.outlet()) && one.to().equals(edge.to()));
        if (!there) {
            out.add(edge);
            into.merge(edge.to(), 1, Integer::sum);
        }
    }

    void cut(Edge edge) {
        List<Edge> out = from.get(edge.from());
        if (out != null && out.remove(edge)) {
            into.merge(edge.to(), -1, Integer::sum);
        }
    }

    List<Edge> out(String id) {
        return List.copyOf(from.getOrDefault(id, List.of()));
    }

    boolean entered(String id) {
        return into.getOrDefault(id, 0) > 0;
    }

    List<Edge> in(String id) {
        return from.values().stream()
                .flatMap(List::stream)
                .filter(edge -> edge.to().equals(id))
                .toList();
    }

    /** All that can be reached from a node, itself among it, without going beyond another one. */
    Set<String> reach(String start, Set<String> borders) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            String at = next.pop();
            if (seen.add(at) && !borders.contains(at)) {
                from.getOrDefault(at, List.of()).forEach(edge -> next.push(edge.to()));
            }
        }
        return seen;
    }

    /** The wires that lead back to a node from which they come, so that what is left has an order. */
    List<Edge> backwards() {
        List<Edge> back = new ArrayList<>();
        Map<String, Integer> colour = new HashMap<>();
        List<String> starts = new ArrayList<>();
        nodes.keySet().stream().filter(id -> !entered(id)).forEach(starts::add);
        starts.addAll(nodes.keySet());
        for (String start : starts) {
            walk(start, colour, back);
        }
        return back;
    }

    private void walk(String start, Map<String, Integer> colour, List<Edge> back) {
        if (colour.containsKey(start)) {
            return;
        }
        record Step(String id, Iterator<Edge> left) {}
        Deque<Step> path = new ArrayDeque<>();
        colour.put(start, 1);
        path.push(new Step(start, out(start).iterator()));
        while (!path.isEmpty()) {
            Step top = path.element();
            if (!top.left().hasNext()) {
                colour.put(top.id(), 2);
                path.pop();
                continue;
            }
            Edge edge = top.left().next();
            Integer seen = colour.get(edge.to());
            if (seen == null) {
                colour.put(edge.to(), 1);
                path.push(new Step(edge.to(), out(edge.to()).iterator()));
            } else if (seen == 1) {
                back.add(edge);
            }
        }
    }

    /** A number for each node that is larger than that of every node before it; the graph must have no way back. */
    Map<String, Integer> order() {
        Map<String, Integer> left = new HashMap<>(into);
        Deque<String> ready = new ArrayDeque<>();
        nodes.keySet().stream().filter(id -> !entered(id)).forEach(ready::add);
        Map<String, Integer> order = new HashMap<>();
        while (!ready.isEmpty()) {
            String at = ready.remove();
            order.put(at, order.size());
            for (Edge edge : out(at)) {
                if (left.merge(edge.to(), -1, Integer::sum) == 0) {
                    ready.add(edge.to());
                }
            }
        }
        return order;
    }
}
