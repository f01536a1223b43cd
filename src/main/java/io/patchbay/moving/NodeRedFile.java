package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Edge;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads flows of Node-RED: a list of nodes of all tabs, with wires. */
final class NodeRedFile {

    private static final Set<String> ASIDE = Set.of("tab", "comment", "group", "global-config");

    private final SourceText.Document document;
    private final Report report;
    private final Graph graph = new Graph();
    private final Map<String, JsonNode> tabs = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<JsonNode> configurations = new ArrayList<>();

    NodeRedFile(SourceText.Document document, Report report) {
        this.document = document;
        this.report = report;
    }

    Parcel read(@Nullable String as, Predicate<String> taken) {
        JsonNode root =
                document.root().path("flows").isArray() ? document.root().path("flows") : document.root();
        if (!root.isArray() || root.isEmpty() || !root.path(0).path("type").isTextual()) {
            throw new MovingException(
                    document.file() + " is no export of Node-RED: it is a list of nodes, each with id and type");
        }
        if (root.size() > Graph.MOST_NODES) {
            throw new MovingException(
                    document.file() + ": the export has " + root.size() + " nodes, more than " + Graph.MOST_NODES);
        }
        nodes(root);
        wires();
        NodeRedCatches catches = new NodeRedCatches(graph, tabs.keySet(), report);
        catches.wire();
        for (Edge back : graph.backwards()) {
            graph.cut(back);
            report.lost(
                    back.place(),
                    "the wire from '" + shown(back.from()) + "' leads back to '" + shown(back.to())
                            + "', and is left out",
                    "a shape loop repeats shapes while a condition holds");
        }
        Starts starts = new Starts(graph, NodeRedTriggers::is, report);
        String id = as != null ? as : Names.kebab(title(starts), "node-red");
        Parcel parcel = new Parcel(id, taken);
        Secrecy.guard(root, "", parcel);
        for (Starts.Group group : starts.groups()) {
            flow(group, catches, parcel);
        }
        report.at(null);
        starts.unreached().stream()
                .filter(node -> !catches.used(node))
                .forEach(node -> report.lost(
                        node.place(),
                        node.shown() + " is not reached from an inject or http in, and is left out",
                        NodeRedCatches.is(node)
                                ? "nothing that it takes can fail; put a try around the shapes that it is meant for,"
                                        + " and what follows it into the catch"
                                : "wire it, or give it a flow of its own"));
        configurations.forEach(one -> report.look(
                document.at(one),
                "the configuration '" + SourceText.shown(one.path("type").asText()) + "' ('"
                        + SourceText.shown(one.path("name").asText()) + "') is left out",
                "what it says of a system belongs to an instance"));
        if (parcel.flows().isEmpty()) {
            throw new MovingException(document.file() + " has nothing behind what starts its flows");
        }
        return parcel;
    }

    /** A try around all of a flow, whose catch is what catch nodes lead to. */
    private ObjectNode tried(ArrayNode shapes, List<Node> around, Trees trees, FlowDraft flow) {
        ObjectNode tried = Json.NODES.objectNode().put("id", flow.ids().free("tried"));
        // There, a message that was caught is no failure.
        ObjectNode settings = tried.putObject("try").put("outcome", "succeed");
        settings.set("shapes", shapes);
        ArrayNode caught = settings.putArray("catch");
        ObjectNode told = caught.addObject().put("id", flow.ids().free("what-failed"));
        told.setAll(NodeRedCatches.told("", around.get(0)));
        List<Edge> ways = new ArrayList<>();
        around.forEach(one -> ways.add(new Edge("", "0", one.id(), one.place())));
        caught.addAll(trees.of(ways));
        return tried;
    }

    private String shown(String id) {
        Node node = graph.node(id);
        return SourceText.shown(node.name().isBlank() ? node.type() + " " + id : node.name());
    }

    private String title(Starts starts) {
        for (Starts.Group group : starts.groups()) {
            for (Edge edge : group.starts()) {
                String label = label(graph.node(edge.to()));
                if (!label.isBlank()) {
                    return label;
                }
            }
        }
        return "";
    }

    private String label(Node node) {
        JsonNode tab = tabs.get(node.source().path("z").asText());
        return tab == null ? "" : tab.path("label").asText("");
    }

    private void nodes(JsonNode root) {
        for (NodeRedSubflows.Placed one : new NodeRedSubflows(document, report).expanded(root)) {
            JsonNode node = one.node();
            Place at = one.at();
            String id = node.path("id").asText("");
            String type = node.path("type").asText("");
            if (id.isBlank() || type.isBlank()) {
                report.lost(at, "a node has no id or no type, and is left out", null);
            } else if (type.equals("tab")) {
                tabs.put(id, node);
                if (node.path("disabled").asBoolean()) {
                    report.look(
                            at,
                            "the tab '" + SourceText.shown(node.path("label").asText())
                                    + "' is switched off; its flows are drafts like all",
                            null);
                }
            } else if (ASIDE.contains(type)) {
                notes.add(type + " '" + node.path("name").asText() + "' "
                        + node.path("info").asText(""));
            } else if (graph.has(id)) {
                report.lost(
                        at,
                        "the id '" + SourceText.shown(id)
                                + "' stands twice among the nodes; the second one is left out",
                        null);
            } else if (!node.has("wires") && !node.has("x")) {
                configurations.add(node);
            } else {
                graph.add(new Node(id, node.path("name").asText(""), type, node, at));
            }
        }
    }

    private void wires() {
        for (Node node : graph.nodes()) {
            int outlet = 0;
            for (JsonNode targets : node.source().path("wires")) {
                for (JsonNode target : targets) {
                    wire(
                            node,
                            String.valueOf(outlet),
                            target.asText(),
                            node.place().in("wires").in(String.valueOf(outlet)));
                }
                outlet++;
            }
            if (node.type().equals("link call")) {
                called(node);
            }
            if (node.type().equals("link out")
                    && !node.source().path("mode").asText("link").equals("return")) {
                node.source()
                        .path("links")
                        .forEach(target ->
                                wire(node, "0", target.asText(), node.place().in("links")));
            }
        }
    }

    /** A call of links that nothing else leads to is a way there and back. */
    private void called(Node call) {
        JsonNode links = call.source().path("links");
        String to = links.path(0).asText("");
        long callers = 0;
        for (Node one : graph.nodes()) {
            callers += Set.of("link call", "link out").contains(one.type())
                            && one.source().path("links").toString().contains("\"" + to + "\"")
                            && !one.source().path("mode").asText().equals("return")
                    ? 1
                    : 0;
        }
        if (links.size() != 1 || !graph.has(to) || callers != 1) {
            return;
        }
        List<Edge> behind = graph.out(call.id());
        behind.forEach(graph::cut);
        wire(call, "0", to, call.place().in("links"));
        for (String id : links(to)) {
            behind.forEach(edge -> graph.join(new Edge(id, "0", edge.to(), edge.place())));
        }
    }

    /** Links that lead back to who called, behind a link. */
    private List<String> links(String from) {
        Set<String> seen = new java.util.HashSet<>();
        java.util.ArrayDeque<String> next = new java.util.ArrayDeque<>(List.of(from));
        List<String> found = new ArrayList<>();
        while (!next.isEmpty()) {
            String at = next.pop();
            if (!graph.has(at) || !seen.add(at)) {
                continue;
            }
            Node node = graph.node(at);
            if (node.type().equals("link out")
                    && node.source().path("mode").asText().equals("return")) {
                found.add(at);
            }
            node.source().path("wires").forEach(outlet -> outlet.forEach(target -> next.push(target.asText())));
            if (node.type().equals("link out")) {
                node.source().path("links").forEach(target -> next.push(target.asText()));
            }
        }
        return found;
    }

    private void wire(Node from, String outlet, String to, Place at) {
        if (!graph.has(to)) {
            report.lost(
                    at,
                    "a wire of " + from.shown() + " leads to '" + SourceText.shown(to) + "', which is not in the file",
                    null);
            return;
        }
        graph.join(new Edge(from.id(), outlet, to, at));
    }

    private void flow(Starts.Group group, NodeRedCatches catches, Parcel parcel) {
        FlowDraft flow = new FlowDraft(parcel.nextFlow(), Dialect.NODE_RED);
        String name = group.starts().isEmpty()
                ? ""
                : label(graph.node(group.starts().get(0).to()));
        flow.name(Secrecy.without(name, parcel));
        group.triggers().forEach(one -> flow.comment(one.shown() + " (" + one.id() + ") starts it"));
        if (parcel.flows().isEmpty()) {
            notes.forEach(note -> flow.comment(Secrecy.without(SourceText.shown(note), parcel)));
        }
        NodeRedText texts = new NodeRedText(report);
        NodeRedShapes shapes = new NodeRedShapes(texts, parcel, report, catches);
        Set<String> reached = Starts.reached(graph, group.starts());
        boolean answers =
                reached.stream().anyMatch(one -> graph.node(one).type().equals("http response"));
        Hooks hooks = new Hooks(document.root().toString(), "req\\.");
        NodeRedTriggers triggers = new NodeRedTriggers(texts, flow, hooks, report);
        ArrayNode made = Json.NODES.arrayNode();
        for (Node one : group.triggers()) {
            ObjectNode payload = triggers.read(one, answers).orElse(null);
            if (payload != null && made.isEmpty()) {
                made.addObject().put("id", flow.ids().free("injected")).set("manualPayload", payload);
            } else if (payload != null) {
                report.lost(
                        one.place().in("payload"),
                        one.shown() + " begins with another payload than the inject before it, which is left out",
                        "make a flow of its own of it");
            }
        }
        Trees trees = new Trees(graph, shapes::made, flow.ids(), report, flow.file());
        ArrayNode behind = trees.of(group.starts());
        if (behind.isEmpty()) {
            report.at(null);
            group.triggers()
                    .forEach(one -> report.lost(
                            one.place(), one.shown() + " starts nothing that has a shape, and is left out", null));
            group.starts()
                    .forEach(edge -> report.lost(
                            graph.node(edge.to()).place(),
                            graph.node(edge.to()).shown() + " is left out with what starts it",
                            null));
            return;
        }
        List<Node> around = catches.around(reached);
        flow.shapes(around.isEmpty() ? made.addAll(behind) : made.add(tried(behind, around, trees, flow)));
        flow.variables(texts.variables());
        parcel.flow(flow.id(), flow.text());
    }
}
