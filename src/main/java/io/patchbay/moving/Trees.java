package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Edge;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.Made.Outlet;
import io.patchbay.payload.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tree of a flow out of a graph without ways back. Ways that part and meet again become a shape with paths and the list that
 * goes on behind it; a way that ends beside others that go on is closed by a filter that keeps nothing. A wire for which the tree has no
 * place is told.
 */
final class Trees {

    private static final int DEEPEST = 8;

    private final Graph graph;
    private final Function<Node, Made> translate;
    private final Names ids;
    private final Report report;
    private final String file;
    private final Map<String, Integer> order;
    private final Set<String> placed = new HashSet<>();
    /** Where the lists go on that are being written, the innermost last. */
    private final Deque<String> stops = new ArrayDeque<>();

    /** @param file of the flow, for messages */
    Trees(Graph graph, Function<Node, Made> translate, Names ids, Report report, String file) {
        this.graph = graph;
        this.translate = translate;
        this.ids = ids;
        this.report = report;
        this.file = file;
        this.order = graph.order();
    }

    /** The shapes of a flow that begins with these wires. */
    ArrayNode of(List<Edge> starts) {
        ArrayNode shapes = Json.NODES.arrayNode();
        go(starts, null, shapes, 0);
        report.at(null);
        Set<String> reached = Starts.reached(graph, starts);
        for (Node node : graph.nodes()) {
            if (!placed.contains(node.id()) && reached.contains(node.id())) {
                report.lost(
                        node.place(),
                        node.shown() + " stands behind a wire that is not followed, and is left out with it",
                        "give it a flow of its own, and call it with runFlow");
            }
        }
        return shapes;
    }

    /** Writes what follows behind these wires. @return whether it comes to the stop, so that what is behind it goes on with this */
    private boolean go(List<Edge> starts, @Nullable String stop, ArrayNode into, int depth) {
        List<Edge> next = starts;
        while (true) {
            if (next.isEmpty()) {
                return false;
            }
            if (next.size() > 1) {
                String join = join(next, stop);
                spread(next, join, into, depth);
                if (join == null) {
                    return false;
                }
                next = List.of(
                        new Edge(next.get(0).from(), "", join, graph.node(join).place()));
                continue;
            }
            Edge edge = next.get(0);
            String at = edge.to();
            if (at.equals(stop)) {
                return true;
            }
            Node node = graph.node(at);
            if (stops.contains(at) || !placed.add(at)) {
                report.at(null);
                report.lost(
                        edge.place(),
                        "the wire from '" + SourceText.shown(edge.from()) + "' to " + node.shown()
                                + " is not followed: a flow is a tree, and the node has its place behind another one"
                                + " already",
                        "put what both need into a flow of its own and call it with runFlow from both places");
                return false;
            }
            if (depth > DEEPEST) {
                report.at(null);
                report.lost(
                        node.place(),
                        node.shown() + " stands more than " + DEEPEST + " paths deep, and is left out",
                        "put them into a flow of their own and call it with runFlow");
                return false;
            }
            next = node(node, stop, into, depth);
        }
    }

    /** Writes a node. @return the wires that go on behind it */
    private List<Edge> node(Node node, @Nullable String stop, ArrayNode into, int depth) {
        String id = ids.of(node.id(), node.name(), Names.kebab(node.type(), "shape"));
        report.at(file + "#" + id);
        Made made = translate.apply(node);
        List<String> comments = report.comments();
        ArrayNode list = made.isTried() ? tried(id, comments, made, into) : into;
        // The last shape is what the node is; those before it make ready.
        for (int i = 0; i < made.shapes().size(); i++) {
            ObjectNode shape = made.shapes().get(i);
            boolean last = i == made.shapes().size() - 1 && (made.fan() == null || made.isTried());
            add(
                    shape,
                    last ? id : made(id, shape),
                    last ? node.name() : "",
                    made.isTried() ? List.of() : comments,
                    list);
            comments = List.of();
        }
        made.behind()
                .forEach(shape ->
                        add(shape, ids.free(id + (shape.has("split") ? "-items" : "-any")), "", List.of(), list));
        if (made.fan() == null) {
            return graph.out(node.id());
        }
        return fan(node, made, made.isTried() ? ids.free(id + "-ways") : id, comments, stop, into, depth);
    }

    private String made(String id, ObjectNode shape) {
        return ids.free(id + "-" + Names.kebab(shape.fieldNames().next(), "shape"));
    }

    /** Writes a try around what a node becomes. @return where the shapes go */
    private ArrayNode tried(String id, List<String> comments, Made made, ArrayNode into) {
        ObjectNode shape = Json.NODES.objectNode();
        // There, what was caught leaves the run a good one.
        ObjectNode settings = shape.putObject("try").put("outcome", "succeed");
        ArrayNode shapes = settings.putArray("shapes");
        add(shape, ids.free(id + "-tried"), "", comments, into);
        ArrayNode caught = settings.putArray("catch");
        made.caught().forEach(one -> add(one, made(id, one), "", List.of(), caught));
        return shapes;
    }

    private static void add(ObjectNode shape, String id, String name, List<String> comments, ArrayNode into) {
        ObjectNode whole = into.addObject();
        if (!comments.isEmpty()) {
            comments.forEach(whole.putArray(FlowText.COMMENT)::add);
        } else if (shape.has(FlowText.COMMENT)) {
            whole.set(FlowText.COMMENT, shape.get(FlowText.COMMENT));
        }
        whole.put("id", id);
        if (!name.isBlank() && !Names.kebab(name, "").equals(name)) {
            whole.put("name", name.strip());
        }
        whole.setAll(shape);
    }

    private List<Edge> fan(
            Node node, Made made, String id, List<String> comments, @Nullable String stop, ArrayNode into, int depth) {
        List<Edge> all = graph.out(node.id());
        Map<String, List<Edge>> wires = new LinkedHashMap<>();
        made.outlets().keySet().forEach(key -> wires.put(key, new ArrayList<>()));
        for (Edge edge : all) {
            List<Edge> known = wires.get(edge.outlet());
            if (known != null) {
                known.add(edge);
            } else {
                report.lost(
                        edge.place(),
                        "the wire from " + node.shown() + " to '" + SourceText.shown(edge.to()) + "' leaves by '"
                                + SourceText.shown(edge.outlet()) + "', which it has not",
                        "it has: " + String.join(", ", made.outlets().keySet()));
            }
        }
        List<Edge> kept =
                all.stream().filter(edge -> wires.containsKey(edge.outlet())).toList();
        String join = join(kept, stop);
        ObjectNode shape = Json.NODES.objectNode();
        Made.Fan fan = Objects.requireNonNull(made.fan());
        ObjectNode settings = shape.putObject(fan.name().toLowerCase(Locale.ROOT));
        settings.setAll(made.settings());
        // The shape stands before what is in its paths, so that ids are given in the order of the file.
        add(shape, id, node.name(), comments, into);
        ArrayNode paths = fan == Made.Fan.TRY ? null : settings.putArray("paths");
        List<String> keys = new ArrayList<>(wires.keySet());
        Names names = new Names();
        for (String key : keys) {
            Outlet outlet = Objects.requireNonNull(made.outlets().get(key));
            ArrayNode shapes;
            if (paths == null) {
                shapes = settings.putArray(key.equals(keys.get(0)) ? "shapes" : "catch");
            } else {
                ObjectNode path = paths.addObject();
                path.put("name", names.free(Names.kebab(outlet.name(), "path")));
                ObjectNode when = outlet.when();
                if (when != null) {
                    path.set("when", when);
                }
                if (outlet.otherwise()) {
                    path.put("otherwise", true);
                }
                shapes = path.putArray("shapes");
            }
            List<Edge> leaving = wires.getOrDefault(key, List.of());
            close(within(leaving, join, shapes, depth), join, shapes, fan);
        }
        return join == null ? List.of() : List.of(new Edge(node.id(), "", join, node.place()));
    }

    private boolean within(List<Edge> wires, @Nullable String join, ArrayNode shapes, int depth) {
        if (join == null) {
            return go(wires, null, shapes, depth + 1);
        }
        stops.push(join);
        boolean on = go(wires, join, shapes, depth + 1);
        stops.pop();
        return on;
    }

    /** A path that must have a shape and has none, or that ends where others go on. */
    private void close(boolean on, @Nullable String join, ArrayNode shapes, Made.Fan fan) {
        if (!on && join != null) {
            shapes.add(end());
        } else if (shapes.isEmpty() && fan != Made.Fan.ROUTE) {
            shapes.add(pass());
        }
    }

    /** Several wires from one way out: all of it goes down each. */
    private void spread(List<Edge> wires, @Nullable String join, ArrayNode into, int depth) {
        ObjectNode shape = into.addObject();
        shape.put("id", ids.free("each-way"));
        ArrayNode paths = shape.putObject("branch").putArray("paths");
        Names names = new Names();
        for (Edge wire : wires) {
            ObjectNode path = paths.addObject();
            Node first = graph.node(wire.to());
            path.put("name", names.free(wire.to().equals(join) ? "on" : Names.kebab(first.name(), "path")));
            ArrayNode shapes = path.putArray("shapes");
            close(within(List.of(wire), join, shapes, depth), join, shapes, Made.Fan.BRANCH);
        }
    }

    /** Where these wires meet again; the stop, where some of them come to it and meet nowhere before; null where they do not meet. */
    private @Nullable String join(List<Edge> wires, @Nullable String stop) {
        Set<String> borders = stop == null ? Set.of() : Set.of(stop);
        Map<String, Integer> times = new LinkedHashMap<>();
        for (String target : wires.stream().map(Edge::to).distinct().toList()) {
            graph.reach(target, borders).forEach(id -> times.merge(id, 1, Integer::sum));
        }
        List<String> shared = times.entrySet().stream()
                .filter(one -> one.getValue() > 1
                        && !one.getKey().equals(stop)
                        && !stops.contains(one.getKey())
                        && !placed.contains(one.getKey()))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingInt(id -> order.getOrDefault(id, 0)))
                .toList();
        // Several wires to one node meet there at once, whether or not others do.
        for (String first : shared) {
            if (graph.reach(first, borders).containsAll(shared)) {
                return first;
            }
        }
        if (!shared.isEmpty()) {
            return shared.get(0);
        }
        String same = wires.stream().map(Edge::to).distinct().count() == 1 && wires.size() > 1
                ? wires.get(0).to()
                : null;
        return same != null ? same : stop != null && times.containsKey(stop) ? stop : null;
    }

    /** Lets nothing through. */
    private ObjectNode end() {
        ObjectNode shape = Json.NODES.objectNode();
        shape.putArray(FlowText.COMMENT).add("this way ends here: nothing of it goes on behind the paths");
        shape.put("id", ids.free("ends"));
        shape.putObject("filter").putObject("keep").put("field", "${run.id}").put("is", "");
        return shape;
    }

    /** Lets everything through, where a shape must stand. */
    private ObjectNode pass() {
        ObjectNode shape = Json.NODES.objectNode();
        shape.put("id", ids.free("passes"));
        shape.putObject("notify").put("log", "debug").put("text", "goes on");
        return shape;
    }
}
