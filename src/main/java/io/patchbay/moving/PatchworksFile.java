package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.moving.Graph.Edge;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads an exported flow of Patchworks. What its parts are called is public, what stands in the configuration of a step mostly is not: names are
 * looked for by meaning, and each one that is not understood is told.
 */
final class PatchworksFile {

    private static final List<String> PRIORITIES = List.of("highest", "high", "regular", "low", "lowest");

    private final SourceText.Document document;
    private final Report report;

    PatchworksFile(SourceText.Document document, Report report) {
        this.document = document;
        this.report = report;
    }

    Parcel read(@Nullable String as, Predicate<String> taken) {
        JsonNode root = document.root();
        if (!root.path("flow").isObject()) {
            throw new MovingException(document.file()
                    + " is no exported flow of Patchworks: there is no 'flow'. It has metadata, flow, systems,"
                    + " scripts and dependencies at the top");
        }
        Fields about = new Fields(root.path("flow"));
        String name =
                about.text("name").isBlank() ? new Fields(root.path("metadata")).text("flow_name") : about.text("name");
        JsonNode version = version(about.get("versions", "version"));
        String id = as != null ? as : Names.kebab(name, "flow");
        Parcel parcel = new Parcel(id, taken);
        Secrecy.guard(root, "", parcel);
        FlowDraft flow = new FlowDraft(id, Dialect.PATCHWORKS);
        flow.name(Secrecy.without(name, parcel));
        flow.note(Secrecy.without(about.text("description"), parcel));
        Fields of = new Fields(version);
        settings(flow, of);
        declared(flow, about.get("variables", "flow_variables"), parcel);
        declared(flow, of.get("variables", "flow_variables"), parcel);
        Graph graph = graph(of);
        PatchworksText texts = new PatchworksText(report);
        PatchworksParts parts = new PatchworksParts(document, parcel, report);
        PatchworksSystems systems = new PatchworksSystems(document, parts, report);
        PatchworksShapes shapes = new PatchworksShapes(texts, parts, systems, flow, report);
        List<Edge> starts = starts(graph, flow);
        Set<String> caught = caught(graph);
        Trees trees = new Trees(
                graph,
                node -> {
                    texts.inCatch(caught.contains(node.id()));
                    return shapes.made(node);
                },
                flow.ids(),
                report,
                flow.file());
        ArrayNode made = trees.of(starts);
        Set<String> reached = Starts.reached(graph, starts);
        for (Node node : graph.nodes()) {
            if (!reached.contains(node.id())
                    && !PatchworksShapes.kind(node.type()).equals("trigger")) {
                report.at(null);
                report.lost(
                        node.place(),
                        node.shown() + " is not reached from the trigger, and is left out",
                        "join it, or give it a flow of its own");
            }
        }
        flow.variables(texts.variables());
        if (made.isEmpty()) {
            throw new MovingException(document.file() + ": the flow '" + SourceText.shown(name)
                    + "' has nothing behind its trigger, so there is nothing to make");
        }
        flow.shapes(made);
        parcel.flow(id, flow.text());
        systems.write();
        return parcel;
    }

    private JsonNode version(JsonNode versions) {
        if (versions.isObject() && versions.has("steps")) {
            return versions;
        }
        JsonNode chosen = null;
        int number = 0;
        for (JsonNode one : versions) {
            boolean deployed = new Fields(one).flag(false, "is_deployed")
                    || new Fields(one).text("status").equalsIgnoreCase("deployed");
            if (chosen == null || deployed) {
                chosen = one;
            }
            number++;
        }
        if (chosen == null || !chosen.isObject()) {
            throw new MovingException(document.file() + ": the flow has no version, and steps stand in versions");
        }
        if (number > 1) {
            report.look(
                    document.at(versions),
                    "of " + number + " versions the one that is deployed, or the first, is taken: iteration "
                            + new Fields(chosen).text("iteration"),
                    "export the flow with the version that you mean alone to take another one");
        }
        return chosen;
    }

    private void settings(FlowDraft flow, Fields version) {
        int priority = version.whole(3, 5, "flow_priority", "priority");
        if (priority >= 1 && priority != 3) {
            flow.priority(PRIORITIES.get(priority - 1));
        }
        flow.staged();
    }

    private void declared(FlowDraft flow, JsonNode theirs, Parcel parcel) {
        if (theirs.isObject()) {
            theirs.properties()
                    .forEach(one -> declare(flow, one.getKey(), one.getValue(), document.at(theirs), parcel));
        }
        if (theirs.isArray()) {
            theirs.forEach(one -> {
                Fields fields = new Fields(one);
                declare(
                        flow,
                        fields.text("name", "key"),
                        fields.get("default", "default_value", "value"),
                        document.at(one),
                        parcel);
            });
        }
    }

    private void declare(FlowDraft flow, String name, JsonNode value, Place at, Parcel parcel) {
        if (name.isBlank()) {
            report.lost(at, "a flow variable has no name that is understood, and is left out", null);
            return;
        }
        String ours = Names.variable(name);
        if ((Secrecy.named(name) && value.isTextual() && Secrecy.value(value.asText()))
                || Secrecy.shaped(value.asText(""))) {
            parcel.guard(value.asText());
            report.lost(
                    at,
                    "the flow variable '" + SourceText.shown(name)
                            + "' held a secret, which is not taken over: it begins empty",
                    "make it a setting of the instance that needs it, and change it where it was: it stood in a file");
            flow.variable(ours, Json.NODES.textNode(""));
            return;
        }
        flow.variable(
                ours,
                value.isTextual()
                        ? Translator.text(Translator.literal(value.asText()))
                        : value.isMissingNode() ? Json.NODES.textNode("") : value);
    }

    private Graph graph(Fields version) {
        JsonNode steps = version.get("steps");
        if (!steps.isArray() || steps.isEmpty()) {
            throw new MovingException(
                    document.file() + ": a version has at least one step, and this has no list 'steps' with one");
        }
        if (steps.size() > Graph.MOST_NODES) {
            throw new MovingException(
                    document.file() + ": the flow has " + steps.size() + " steps, more than " + Graph.MOST_NODES);
        }
        Graph graph = new Graph();
        int number = 0;
        for (JsonNode step : steps) {
            Fields fields = new Fields(step);
            String id = fields.text("id", "uuid", "step_id");
            Place at = document.at(step);
            if (!step.isObject()
                    || id.isBlank()
                    || fields.text("type", "step_type").isBlank()) {
                report.lost(
                        document.at(steps).in(String.valueOf(number)),
                        "a step has no id or no type, and is left out",
                        null);
            } else if (graph.has(id)) {
                report.lost(
                        at,
                        "the id '" + SourceText.shown(id)
                                + "' stands twice among the steps; the second one is left out",
                        null);
            } else {
                graph.add(new Node(
                        id, fields.text("name", "label", "title"), fields.text("type", "step_type"), step, at));
            }
            number++;
        }
        connections(version, graph);
        for (Edge back : graph.backwards()) {
            graph.cut(back);
            report.lost(
                    back.place(),
                    "the connection from '" + SourceText.shown(back.from()) + "' leads back to '"
                            + SourceText.shown(back.to()) + "', and is left out",
                    "a shape loop repeats shapes while a condition holds");
        }
        return graph;
    }

    private void connections(Fields version, Graph graph) {
        Map<String, Integer> leaving = new HashMap<>();
        int number = 0;
        JsonNode all = version.get("connections", "links", "edges");
        for (JsonNode one : all) {
            Fields fields = new Fields(one);
            String from = end(fields.get(
                    "source",
                    "from",
                    "source_id",
                    "from_id",
                    "source_step_id",
                    "from_step_id",
                    "parent_id",
                    "parent_step_id",
                    "parent",
                    "source_step",
                    "from_step"));
            String to = end(fields.get(
                    "target",
                    "to",
                    "target_id",
                    "to_id",
                    "target_step_id",
                    "to_step_id",
                    "child_id",
                    "child_step_id",
                    "child",
                    "target_step",
                    "to_step",
                    "step_id"));
            Place at =
                    one.isContainerNode() ? document.at(one) : document.at(all).in(String.valueOf(number));
            if (!graph.has(from) || !graph.has(to)) {
                report.lost(
                        at,
                        "a connection from '" + SourceText.shown(from) + "' to '" + SourceText.shown(to)
                                + "' names a step that is not there, and is left out",
                        null);
            } else {
                graph.join(new Edge(from, outlet(graph.node(from), fields, leaving), to, at));
            }
            number++;
        }
        if (number == 0) {
            for (Node node : graph.nodes()) {
                Fields fields = new Fields(node.source());
                String parent = end(fields.get("parent_id", "parent_step_id", "parent"));
                if (graph.has(parent)) {
                    graph.join(new Edge(parent, outlet(graph.node(parent), fields, leaving), node.id(), node.place()));
                }
            }
        }
    }

    private static String end(JsonNode value) {
        return value.isObject() ? new Fields(value).text("id", "step_id", "step") : value.asText("");
    }

    /** By which way out a connection leaves: as it says, by id or name, or the next that no other connection took. */
    private String outlet(Node from, Fields connection, Map<String, Integer> leaving) {
        String kind = PatchworksShapes.kind(from.type());
        if (!Set.of("route", "branch", "trycatch").contains(kind)) {
            return "";
        }
        String said = connection.text(
                "route_id",
                "branch_id",
                "source_handle",
                "source_port",
                "handle",
                "route",
                "branch",
                "port",
                "outlet",
                "label",
                "parent_branch",
                "condition");
        JsonNode config = from.source().path("config");
        List<String> keys = new ArrayList<>();
        Map<String, String> known = new HashMap<>();
        if (kind.equals("trycatch")) {
            keys.addAll(List.of("try", "catch"));
        } else {
            JsonNode paths = new Fields(config).get("routes", "branches", "paths", "conditions_by_route");
            for (JsonNode one : paths) {
                Fields fields = new Fields(one);
                String name = fields.text("name", "label", "title");
                String id = fields.text("id", "uuid", "key");
                String key = id.isBlank() ? name.isBlank() ? String.valueOf(keys.size()) : name : id;
                known.put(Fields.plain(name), key);
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            return "";
        }
        for (String key : keys) {
            if (Fields.plain(key).equals(Fields.plain(said)) && !said.isBlank()) {
                return key;
            }
        }
        String named = known.get(Fields.plain(said));
        if (named != null && !said.isBlank()) {
            return named;
        }
        if (said.matches("[0-9]{1,4}") && Integer.parseInt(said) < keys.size()) {
            return keys.get(Integer.parseInt(said));
        }
        int next = leaving.merge(from.id(), 1, Integer::sum) - 1;
        if (!said.isBlank()) {
            report.lost(
                    from.place(),
                    from.shown() + " has no way out '" + SourceText.shown(said)
                            + "'; the connection is taken for number " + (next + 1),
                    null);
        }
        return keys.get(Math.min(next, keys.size() - 1));
    }

    private List<Edge> starts(Graph graph, FlowDraft flow) {
        List<Edge> starts = new ArrayList<>();
        boolean triggered = false;
        for (Node node : graph.nodes()) {
            if (PatchworksShapes.kind(node.type()).equals("trigger")) {
                triggered = true;
                flow.comment(node.shown().replaceFirst("^\\S+", "trigger") + " starts it");
                new PatchworksTriggers(flow, report).read(node);
                starts.addAll(graph.out(node.id()));
            }
        }
        if (!triggered) {
            report.lost(
                    document.at(document.root()),
                    "there is no trigger among the steps; the flow can be started by hand",
                    "say what starts it under trigger");
            for (Node node : graph.nodes()) {
                if (!graph.entered(node.id())) {
                    starts.add(new Edge("", "", node.id(), node.place()));
                }
            }
        }
        return starts;
    }

    /** Steps that stand on a catch route. */
    private static Set<String> caught(Graph graph) {
        Set<String> caught = new HashSet<>();
        for (Node node : graph.nodes()) {
            for (Edge edge : graph.out(node.id())) {
                if (edge.outlet().equals("catch")) {
                    caught.addAll(graph.reach(edge.to(), Set.of()));
                }
            }
        }
        return caught;
    }
}
