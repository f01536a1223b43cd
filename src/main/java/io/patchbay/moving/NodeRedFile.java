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
            flow(group, parcel);
        }
        report.at(null);
        starts.unreached()
                .forEach(node -> report.lost(
                        node.place(),
                        node.shown() + " is not reached from an inject or http in, and is left out",
                        node.type().equals("catch")
                                ? "put a try around the shapes whose failures it takes, and what follows it into the"
                                        + " catch"
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
        int number = 0;
        for (JsonNode node : root) {
            String id = node.path("id").asText("");
            String type = node.path("type").asText("");
            Place at = node.isObject() ? document.at(node) : document.at(root).in(String.valueOf(number));
            number++;
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
            } else if (type.equals("subflow")) {
                report.lost(
                        at,
                        "the subflow '" + SourceText.shown(node.path("name").asText())
                                + "' is left out, and so are its nodes",
                        "export what is in it by itself, import it with --as, and call it with runFlow");
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
            if (node.type().equals("link out")
                    && !node.source().path("mode").asText("link").equals("return")) {
                node.source()
                        .path("links")
                        .forEach(target ->
                                wire(node, "0", target.asText(), node.place().in("links")));
            }
        }
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

    private void flow(Starts.Group group, Parcel parcel) {
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
        NodeRedShapes shapes = new NodeRedShapes(texts, parcel, report);
        boolean answers = Starts.reached(graph, group.starts()).stream()
                .anyMatch(one -> graph.node(one).type().equals("http response"));
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
        ArrayNode behind = new Trees(graph, shapes::made, flow.ids(), report, flow.file()).of(group.starts());
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
        flow.variables(texts.variables());
        flow.shapes(made.addAll(behind));
        parcel.flow(flow.id(), flow.text());
    }
}
