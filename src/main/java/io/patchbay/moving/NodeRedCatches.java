package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Edge;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.Made.Fan;
import io.patchbay.moving.Made.Outlet;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Catch nodes. One that takes what fails anywhere on its tab becomes a try around the whole flow; one that names nodes, or stands in a
 * subflow, a way of its own out of each of them.
 */
final class NodeRedCatches {

    /** The way out of what fails. */
    static final String OUTLET = "failed";

    private static final String MARK = "failedAt";
    private static final Set<String> FAIL =
            Set.of("function", "http request", "json", "csv", "xml", "yaml", "html", "base64", "exec", "file in");

    private final Graph graph;
    private final Report report;
    private final Set<String> tabs;
    private final List<Node> whole = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    /** @param tabs ids of tabs: a catch node on one of them is about the whole of it */
    NodeRedCatches(Graph graph, Set<String> tabs, Report report) {
        this.graph = graph;
        this.tabs = tabs;
        this.report = report;
    }

    static boolean is(Node node) {
        return node.type().equals("catch");
    }

    /** Gives nodes that a catch node names a wire to it. */
    void wire() {
        List<Node> catches = new ArrayList<>();
        graph.nodes().forEach(node -> {
            if (is(node) && !node.source().path("d").asBoolean()) {
                catches.add(node);
            }
        });
        // Those that name nodes come first: what they take is no longer uncaught.
        catches.stream().filter(one -> !all(one)).forEach(this::named);
        catches.stream().filter(this::all).forEach(whole::add);
    }

    private static String container(Node node) {
        return node.source().path("z").asText();
    }

    private boolean all(Node one) {
        JsonNode scope = one.source().path("scope");
        return !scope.isArray() && !scope.isTextual() && (tabs.contains(container(one)) || !graph.has(container(one)));
    }

    private void named(Node one) {
        Set<String> behind = graph.reach(one.id(), Set.of());
        JsonNode scope = one.source().path("scope");
        List<Node> taken = new ArrayList<>();
        for (Node node : graph.nodes()) {
            boolean in = scope.isArray()
                    ? contains(scope, node.id())
                    : scope.isTextual()
                            ? !node.source().path("g").asText().isEmpty()
                                    && node.source()
                                            .path("g")
                                            .equals(one.source().path("g"))
                                    && container(node).equals(container(one))
                            : within(node, container(one));
            if (in && !behind.contains(node.id())) {
                if (FAIL.contains(node.type())) {
                    taken.add(node);
                } else if (scope.isArray()) {
                    report.look(
                            one.place(),
                            "catch '" + one.name() + "' also takes what fails at " + node.shown()
                                    + ", whose failure ends the run here",
                            "put a try around it");
                }
            }
        }
        taken.forEach(node -> graph.join(new Edge(node.id(), OUTLET, one.id(), one.place())));
    }

    /** Whether a node stands in a tab or subflow, or in a subflow there. */
    private boolean within(Node node, String place) {
        String at = container(node);
        for (int i = 0; !at.equals(place) && graph.has(at) && i < Graph.MOST_NODES; i++) {
            at = container(graph.node(at));
        }
        return at.equals(place);
    }

    private static boolean contains(JsonNode list, String id) {
        for (JsonNode one : list) {
            if (one.asText().equals(id)) {
                return true;
            }
        }
        return false;
    }

    /** The catch nodes that are about all of a flow with these nodes. */
    List<Node> around(Set<String> reached) {
        List<Node> found = new ArrayList<>();
        for (Node one : whole) {
            String tab = container(one);
            boolean here = reached.stream().anyMatch(id -> tab(graph.node(id)).equals(tab));
            boolean elsewhere =
                    reached.stream().anyMatch(id -> !tab(graph.node(id)).equals(tab));
            if (!here || reached.contains(one.id())) {
                continue;
            }
            used.addAll(graph.reach(one.id(), Set.of()));
            if (elsewhere) {
                report.look(
                        one.place(),
                        "the flow also has nodes of other tabs: what fails there is caught, too, and is not there",
                        null);
            }
            found.add(one);
        }
        return found;
    }

    /** The tab of a node, also of one that stands in a subflow. */
    private String tab(Node node) {
        String at = container(node);
        for (int i = 0; graph.has(at) && i < Graph.MOST_NODES; i++) {
            at = container(graph.node(at));
        }
        return at;
    }

    /** Whether a node stands behind a catch node that has its place. */
    boolean used(Node node) {
        return used.contains(node.id());
    }

    /** Whether a call of links became a way to them. */
    boolean joined(Node call) {
        String to = call.source().path("links").path(0).asText();
        return graph.out(call.id()).stream().anyMatch(edge -> edge.to().equals(to));
    }

    /** What failed knows where and why, as a message there does. */
    static ObjectNode told(String id, Node node) {
        ObjectNode shape = Json.NODES.objectNode();
        ObjectNode meta = shape.putObject("setVariables").putObject("meta");
        if (!id.isEmpty()) {
            meta.put(MARK, id);
            meta.put("caught.source.id", Translator.literal(node.id()));
            meta.put("caught.source.type", Translator.literal(node.type()));
            meta.put("caught.source.name", Translator.literal(node.name()));
        }
        meta.put("caught.message", "${error.message}");
        return shape;
    }

    /** A try around what a node becomes, where a catch node names it. */
    void around(Node node, Made made) {
        boolean named =
                graph.out(node.id()).stream().anyMatch(edge -> edge.outlet().equals(OUTLET));
        if (!named) {
            return;
        }
        String id = Names.kebab(node.name(), "node") + "-" + Names.kebab(node.id(), "node");
        ObjectNode failed = Json.NODES
                .objectNode()
                .put("field", "${meta." + MARK + " ?? ''}")
                .put("is", id);
        if (!made.isLost()) {
            made.caught(List.of(told(id, node)));
        }
        if (made.fan() == null) {
            made.fan(Fan.ROUTE, Json.NODES.objectNode().put("match", "first"))
                    .outlet(OUTLET, new Outlet(OUTLET, failed, false))
                    .outlet("0", new Outlet("done", null, true));
        } else {
            made.outlet(OUTLET, new Outlet(OUTLET, failed, false));
        }
    }
}
