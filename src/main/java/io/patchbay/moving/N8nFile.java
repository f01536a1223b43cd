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

/** Reads a workflow of n8n: nodes by name, and which of them follow which. */
final class N8nFile {

    private final SourceText.Document document;
    private final Report report;
    private final Graph graph = new Graph();
    private final Map<String, String> notes = new HashMap<>();

    N8nFile(SourceText.Document document, Report report) {
        this.document = document;
        this.report = report;
    }

    Parcel read(@Nullable String as, Predicate<String> taken) {
        JsonNode root = document.root().isArray() && document.root().size() == 1
                ? document.root().path(0)
                : document.root();
        JsonNode nodes = root.path("nodes");
        if (!nodes.isArray() || nodes.isEmpty()) {
            throw new MovingException(
                    document.file() + " is no workflow of n8n: there is no list 'nodes' with a node in it");
        }
        if (nodes.size() > Graph.MOST_NODES) {
            throw new MovingException(
                    document.file() + ": the workflow has " + nodes.size() + " nodes, more than " + Graph.MOST_NODES);
        }
        String name = root.path("name").asText("");
        String id = as != null ? as : Names.kebab(name, "workflow");
        Parcel parcel = new Parcel(id, taken);
        Secrecy.guard(root, "", parcel);
        nodes(nodes);
        connections(root.path("connections"));
        loops();
        if (!root.path("pinData").isEmpty()) {
            report.look(
                    document.at(root),
                    "data that is pinned to nodes is left out",
                    "it may serve as the beginning of a test of the flow");
        }
        String text = root.toString();
        Starts starts = new Starts(graph, N8nTriggers::is, report);
        for (Starts.Group group : starts.groups()) {
            flow(group, name, text, parcel);
        }
        report.at(null);
        starts.unreached()
                .forEach(node -> report.lost(
                        node.place(),
                        node.shown() + " is not reached from what starts the workflow, and is left out",
                        "join it, or give it a flow of its own"));
        if (parcel.flows().isEmpty()) {
            throw new MovingException(document.file() + ": the workflow '" + SourceText.shown(name)
                    + "' has nothing behind what starts it");
        }
        return parcel;
    }

    private void flow(Starts.Group group, String name, String text, Parcel parcel) {
        FlowDraft flow = new FlowDraft(parcel.nextFlow(), Dialect.N8N);
        flow.name(Secrecy.without(name, parcel));
        group.triggers()
                .forEach(one -> flow.comment(one.shown().replaceFirst("^n8n-nodes-base\\.", "") + " starts it"));
        if (parcel.flows().isEmpty()) {
            notes.forEach((note, content) ->
                    flow.comment("note '" + note + "': " + Secrecy.without(SourceText.shown(content), parcel)));
        }
        Set<String> all = Starts.reached(graph, group.starts());
        boolean answers = all.stream()
                .anyMatch(one -> N8nShapes.kind(graph.node(one).type()).equals("respondToWebhook"));
        N8nTriggers triggers = new N8nTriggers(flow, new Hooks(text, "\\b"), report);
        group.triggers().forEach(one -> triggers.read(one, answers));
        N8nText texts = new N8nText(report, name);
        N8nShapes shapes = new N8nShapes(
                texts,
                parcel,
                report,
                node -> graph.out(node.id()).stream()
                        .anyMatch(edge -> edge.outlet().equals(N8nFailures.OUTLET)));
        Trees trees = new Trees(graph, shapes::made, flow.ids(), report, flow.file());
        ArrayNode made = Json.NODES.arrayNode();
        boolean hooked = group.triggers().stream()
                .anyMatch(one -> N8nShapes.kind(one.type()).equals("webhook"));
        if (hooked && N8nTriggers.partsRead(text)) {
            ObjectNode form = made.addObject();
            form.putArray(FlowText.COMMENT)
                    .add("a request has body, headers, query and params there: what follows reads them");
            form.put("id", flow.ids().free("as-a-request")).set("map", triggers.form());
        }
        made.addAll(trees.of(group.starts()));
        last(group, answers, flow, made);
        if (made.isEmpty()) {
            group.triggers()
                    .forEach(one -> report.lost(one.place(), one.shown() + " starts nothing, and is left out", null));
            return;
        }
        flow.variables(texts.variables());
        flow.shapes(made);
        parcel.flow(flow.id(), flow.text());
    }

    /** A webhook that answers with what its last node gives. */
    private static void last(Starts.Group group, boolean answers, FlowDraft flow, ArrayNode made) {
        for (Node trigger : group.triggers()) {
            JsonNode parameters = trigger.source().path("parameters");
            if (!answers && parameters.path("responseMode").asText().equals("lastNode")) {
                boolean array = parameters.path("responseData").asText().equals("allEntries");
                made.addObject()
                        .put("id", flow.ids().free("answer"))
                        .putObject("callback")
                        .put("answer", array ? "array" : "one");
                return;
            }
        }
    }

    private void nodes(JsonNode nodes) {
        int number = 0;
        for (JsonNode node : nodes) {
            String name = node.path("name").asText("");
            String type = node.path("type").asText("");
            Place at = node.isObject() ? document.at(node) : document.at(nodes).in(String.valueOf(number));
            number++;
            if (name.isBlank() || type.isBlank()) {
                report.lost(at, "a node has no name or no type, and is left out", null);
            } else if (N8nShapes.kind(type).equals("stickyNote")) {
                notes.put(name, node.path("parameters").path("content").asText(""));
            } else if (graph.has(name)) {
                report.lost(
                        at,
                        "the name '" + SourceText.shown(name)
                                + "' stands twice among the nodes; the second one is left out",
                        null);
            } else {
                graph.add(new Node(name, name, type, node, at));
            }
        }
    }

    private void connections(JsonNode connections) {
        for (Map.Entry<String, JsonNode> from : connections.properties()) {
            for (Map.Entry<String, JsonNode> kind : from.getValue().properties()) {
                int outlet = 0;
                for (JsonNode targets : kind.getValue()) {
                    for (JsonNode target : targets) {
                        wire(
                                from.getKey(),
                                kind.getKey(),
                                outlet,
                                target,
                                target.isObject()
                                        ? document.at(target)
                                        : document.at(connections).in(from.getKey()));
                    }
                    outlet++;
                }
            }
        }
    }

    private void wire(String from, String kind, int outlet, JsonNode target, Place at) {
        String to = target.path("node").asText("");
        if (!graph.has(from) || !graph.has(to)) {
            if (!notes.containsKey(from) && !notes.containsKey(to)) {
                report.lost(
                        at,
                        "a connection from '" + SourceText.shown(from) + "' to '" + SourceText.shown(to)
                                + "' names a node that is not there, and is left out",
                        null);
            }
            return;
        }
        if (!kind.equals("main")) {
            report.lost(
                    at,
                    "the connection of kind '" + SourceText.shown(kind) + "' from '" + SourceText.shown(from) + "' to '"
                            + SourceText.shown(to) + "' carries no items, and is left out",
                    null);
            return;
        }
        String type = N8nShapes.kind(graph.node(from).type());
        boolean fans = Set.of("if", "switch", "splitInBatches").contains(type);
        boolean fails = outlet == 1 && N8nFailures.leave(graph.node(from));
        if (outlet > 0 && !fans && !fails) {
            report.lost(
                    at,
                    "the way out number " + (outlet + 1) + " of "
                            + graph.node(from).shown() + " has nothing that leaves by it; the connection to '"
                            + SourceText.shown(to) + "' is left out",
                    "if it is for what fails, put a try around the shape, and what follows into its catch");
            return;
        }
        String way = fails && !fans ? N8nFailures.OUTLET : String.valueOf(outlet);
        if (!N8nMerges.joins(graph.node(to))) {
            graph.join(new Edge(from, way, to, at));
            return;
        }
        int input = target.path("index").asInt(0) + 1;
        int inputs = N8nMerges.inputs(graph.node(to));
        if (input < 1 || input > inputs) {
            report.lost(
                    at,
                    graph.node(to).shown() + " has " + inputs + " ways in; the connection from '"
                            + SourceText.shown(from) + "' to number " + input + " is left out",
                    null);
            return;
        }
        String side = to + " input " + input;
        if (!graph.has(side)) {
            graph.add(new Node(
                    side,
                    side,
                    N8nMerges.INPUT,
                    Json.NODES.objectNode().put("input", input),
                    graph.node(to).place()));
            graph.join(new Edge(side, "0", to, at));
        }
        graph.join(new Edge(from, way, side, at));
    }

    /** A loop over batches: what leads back to its beginning ends the work on a batch, and all batches together go on by the way out. */
    private void loops() {
        List<Edge> back = graph.backwards();
        Map<String, String> together = new HashMap<>();
        for (Edge edge : back) {
            graph.cut(edge);
            Node to = graph.node(edge.to());
            if (!N8nShapes.kind(to.type()).equals("splitInBatches")) {
                report.lost(
                        edge.place(),
                        "the connection from '" + SourceText.shown(edge.from()) + "' leads back to " + to.shown()
                                + ", and is left out",
                        "a shape loop repeats shapes while a condition holds");
                continue;
            }
            String id = together.computeIfAbsent(to.id(), one -> {
                String made = one + " together";
                graph.add(new Node(made, made, N8nShapes.TOGETHER, Json.NODES.objectNode(), to.place()));
                return made;
            });
            graph.join(new Edge(edge.from(), "0", id, edge.place()));
        }
        List<Node> batches = new ArrayList<>();
        graph.nodes().forEach(node -> {
            if (N8nShapes.kind(node.type()).equals("splitInBatches")) {
                batches.add(node);
            }
        });
        for (Node node : batches) {
            boolean newer = node.source().path("typeVersion").asDouble(1) >= 3;
            String done = newer ? "0" : "1";
            String id = together.get(node.id());
            for (Edge edge : graph.out(node.id())) {
                if (edge.outlet().equals(done)) {
                    graph.cut(edge);
                    if (id == null) {
                        report.lost(
                                edge.place(),
                                "nothing leads back to " + node.shown() + ", so its way out is not joined to '"
                                        + SourceText.shown(edge.to()) + "'",
                                "put a collect and what follows behind the last shape of the batch");
                    } else {
                        graph.join(new Edge(id, "0", edge.to(), edge.place()));
                    }
                }
            }
        }
    }
}
