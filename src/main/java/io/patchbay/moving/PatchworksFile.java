package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Edge;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.moving.PatchworksParts.Kind;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads an exported flow of Patchworks. What its parts are called is public, what stands in the configuration of a step mostly is not: names are
 * looked for by meaning, and each one that is not understood is told.
 */
final class PatchworksFile {

    private static final List<String> PRIORITIES = List.of("highest", "high", "regular", "low", "lowest");
    private static final Set<String> MANY = Set.of("connector", "flowcontrol", "loadfromcache", "route", "branch");

    private final SourceText.Document document;
    private final PatchworksReading reading;
    private final Report report;
    private boolean notQueued;
    private boolean removesFailed;

    PatchworksFile(SourceText.Document document, Report report) {
        this.document = document;
        this.reading = new PatchworksReading(document, report);
        this.report = report;
    }

    Parcel read(@Nullable String as, Predicate<String> taken) {
        JsonNode root = document.root();
        Fields top = reading.of(root);
        top.pass("metadata", "schema_version", "export_version");
        JsonNode theirs = top.get("flow");
        if (!theirs.isObject()) {
            throw new MovingException(document.file()
                    + " is no exported flow of Patchworks: there is no 'flow'. It has metadata, flow, systems,"
                    + " scripts and dependencies at the top");
        }
        reading.of(top.get("dependencies"));
        Fields about = reading.of(theirs);
        String name =
                about.text("name").isBlank() ? new Fields(root.path("metadata")).text("flow_name") : about.text("name");
        JsonNode version = version(about.get("versions", "version"));
        String id = as != null ? as : Names.kebab(name, "flow");
        Parcel parcel = new Parcel(id, taken);
        Secrecy.guard(root, "", parcel);
        FlowDraft flow = new FlowDraft(id, Dialect.PATCHWORKS);
        flow.name(Secrecy.without(name, parcel));
        flow.note(Secrecy.without(about.text("description"), parcel));
        Fields of = reading.of(version);
        PatchworksParts parts = new PatchworksParts(reading, parcel, report);
        report.at(flow.file());
        settings(flow, about, parts);
        settings(flow, of, parts);
        flow.staged();
        PatchworksVariables variables = new PatchworksVariables(reading, parcel, report);
        variables.declare(flow, about.get("variables", "flow_variables"));
        variables.declare(flow, of.get("variables", "flow_variables"));
        Graph graph = new PatchworksGraph(document, reading, report).read(of);
        PatchworksText texts = new PatchworksText(reading, report);
        PatchworksScripts scripts = new PatchworksScripts(reading, parcel, report);
        PatchworksSystems systems = new PatchworksSystems(parts, report);
        PatchworksTriggers triggers = new PatchworksTriggers(flow, parts, report);
        PatchworksShapes shapes = new PatchworksShapes(texts, parts, scripts, systems, triggers, flow, report);
        List<Edge> starts = starts(graph, flow, triggers, about, of);
        Set<String> caught = behind(graph, edge -> edge.outlet().equals("catch"));
        Set<String> many = behind(
                graph,
                edge -> MANY.contains(
                        PatchworksShapes.kind(graph.node(edge.from()).type())));
        Trees trees = new Trees(
                graph,
                node -> {
                    texts.inCatch(caught.contains(node.id()));
                    return made(node, graph, shapes, many);
                },
                flow.ids(),
                report,
                flow.file());
        ArrayNode made = trees.of(starts);
        unreached(graph, starts);
        flow.variables(texts.variables());
        if (made.isEmpty()) {
            throw new MovingException(
                    document.file() + ": the flow '" + SourceText.shown(name)
                            + "' has nothing behind its trigger, so there is nothing to make. Connections are looked for in the version, under"
                            + " connections, each with the ids of its two steps under source and target, or from and to; or each step names its parent");
        }
        flow.shapes(removesFailed ? tried(made) : made);
        parcel.flow(id, flow.text());
        report.at(null);
        if (notQueued && texts.hasRelativeDates()) {
            report.lost(
                    document.at(theirs),
                    "dates of the flow are counted there from when they are read; here from when the run was queued",
                    "docs/reference/placeholders.md: a run that is tried again reads the same span");
        }
        shapes.write();
        systems.write();
        scripts.finish();
        parts.finish();
        reading.left(root, Place.ROOT, "the export", "docs/reference/moving-in.md says what is read of an export");
        return parcel;
    }

    private Made made(Node node, Graph graph, PatchworksShapes shapes, Set<String> many) {
        Made made = shapes.made(node);
        if (many.contains(node.id()) && PatchworksShapes.kind(node.type()).equals("manualpayload")) {
            report.look(
                    node.place(),
                    node.shown() + " takes the place of each payload that comes to it; there, of all of them together",
                    "put collect: { all: true } before it where several come");
        }
        boolean first =
                graph.in(node.id()).stream().anyMatch(edge -> edge.outlet().equals("catch"));
        boolean reads = first
                && graph.reach(node.id(), Set.of()).stream()
                        .anyMatch(one -> Set.of("script", "runflow", "addtocache")
                                .contains(PatchworksShapes.kind(graph.node(one).type())));
        if (reads) {
            ObjectNode settings = Json.NODES.objectNode();
            settings.putObject("meta").put("error_message", "${error.message}");
            made.first("setVariables", settings);
        }
        return made;
    }

    /** There, a payload that fails is left out, and the others go on. */
    private static ArrayNode tried(ArrayNode made) {
        ObjectNode shape = Json.NODES.objectNode();
        shape.putArray(FlowText.COMMENT).add("there, payloads that fail are removed and the others go on");
        shape.put("id", "without-failed")
                .putObject("try")
                .put("outcome", "partial")
                .set("shapes", made);
        return Json.NODES.arrayNode().add(shape);
    }

    private void unreached(Graph graph, List<Edge> starts) {
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
            reading.whole(node.source());
        }
    }

    @SuppressWarnings("ReferenceEquality") // one that is the same, not one that says the same
    private JsonNode version(JsonNode versions) {
        if (versions.isObject() && versions.has("steps")) {
            return versions;
        }
        List<JsonNode> all = reading.list(versions);
        JsonNode chosen = null;
        int best = -1;
        for (JsonNode one : all) {
            Fields fields = reading.of(one);
            String status = PatchworksParts.lower(fields.text("status"));
            int rank =
                    fields.flag(false, "is_deployed") || status.equals("deployed") ? 2 : status.equals("draft") ? 1 : 0;
            if (one.isObject() && rank > best) {
                best = rank;
                chosen = one;
            }
        }
        if (chosen == null) {
            throw new MovingException(document.file() + ": the flow has no version, and steps stand in versions");
        }
        if (all.size() > 1) {
            report.look(
                    document.at(versions),
                    "of " + all.size()
                            + " versions the first that is deployed, else a draft, else the first, is taken: iteration "
                            + SourceText.shown(reading.of(chosen).text("iteration")),
                    "export the flow with the version that you mean alone to take another one");
        }
        for (JsonNode one : all) {
            if (one != chosen) {
                reading.whole(one);
            }
        }
        return chosen;
    }

    /** Settings of a flow, which stand beside its name or in its version. */
    private void settings(FlowDraft flow, Fields of, PatchworksParts parts) {
        Place at = document.at(of.source());
        String said = PatchworksParts.lower(of.text("flow_priority", "priority", "queue_priority"));
        if (PRIORITIES.contains(said) || said.matches("[1-5]")) {
            String ours = PRIORITIES.contains(said) ? said : PRIORITIES.get(Integer.parseInt(said) - 1);
            if (!ours.equals("regular")) {
                flow.priority(ours);
            }
        } else if (!said.isEmpty()) {
            report.lost(
                    at.in(of.key("flow_priority", "priority", "queue_priority")),
                    "the priority '" + SourceText.shown(said) + "' is not understood: it is regular",
                    "priority is highest, high, regular, low or lowest");
        }
        JsonNode labels = of.get("labels", "tags");
        for (JsonNode one : labels.isTextual() ? List.of(labels) : reading.list(labels)) {
            String label = reading.name(one);
            if (one.isObject()) {
                reading.of(one).pass("color", "colour", "company_id");
            }
            if (!label.isBlank()) {
                flow.label(label.strip());
            }
        }
        for (JsonNode one : reading.list(of.get("notification_groups", "failure_notification_groups"))) {
            String group = parts.name(Kind.GROUP, one);
            String ours = group.matches("[^@\\s]+@[^@\\s]+")
                    ? group
                    : parts.ours(Kind.GROUP, group, "group-" + Fields.plain(group), at);
            flow.told(ours);
            report.look(
                    at,
                    "'" + SourceText.shown(ours)
                            + "' is told when runs fail: notification groups are settings of the runtime",
                    "set patchbay.notifications.groups, see docs/reference/alerts.md");
        }
        notQueued |= !of.flag(true, "use_queued_time", "is_queued_time", "use_queued_at");
        removesFailed |= of.flag(false, "remove_failed_payloads", "remove_failed_payload");
        of.pass(
                "id",
                "uuid",
                "name",
                "flow_name",
                "is_enabled",
                "enabled",
                "iteration",
                "number",
                "version",
                "status",
                "is_deployed",
                "is_editable",
                "has_callback_step",
                "created_at",
                "updated_at",
                "deployed_at",
                "layout_direction",
                "company_id",
                "flow_id",
                "description",
                "is_draft");
        for (String name : List.of("deployments", "virtual_environments", "environments", "replacements", "packages")) {
            JsonNode theirs = of.get(name);
            if (theirs.isContainerNode() && !theirs.isEmpty()) {
                reading.whole(theirs);
                report.lost(
                        document.at(theirs),
                        "what virtual environments put in place of the parts of the flow is not translated",
                        "write routes/environments/NAME.yaml: docs/reference/environments.md");
            }
        }
    }

    private List<Edge> starts(Graph graph, FlowDraft flow, PatchworksTriggers triggers, Fields about, Fields version) {
        List<Edge> starts = new ArrayList<>();
        boolean triggered = false;
        for (Node node : graph.nodes()) {
            if (PatchworksShapes.kind(node.type()).equals("trigger")) {
                triggered = true;
                flow.comment(node.shown().replaceFirst("^\\S+", "trigger") + " starts it");
                JsonNode config = PatchworksShapes.config(reading, node);
                Fields step = reading.of(node.source());
                step.pass(PatchworksShapes.OF_STEP);
                step.pass("description", "notes");
                triggers.read(
                        node,
                        reading.of(config),
                        reading.at(config, node.place().in("config")));
                reading.left(
                        node.source(), node.place(), node.shown(), "docs/reference/triggers.md lists what there is");
                starts.addAll(graph.out(node.id()));
            }
        }
        report.at(flow.file() + "#trigger");
        triggers.lists(about, document.at(about.source()));
        triggers.lists(version, document.at(version.source()));
        report.at(null);
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

    /** Steps behind certain connections. */
    private static Set<String> behind(Graph graph, Predicate<Edge> which) {
        List<Edge> edges = new ArrayList<>();
        graph.nodes()
                .forEach(node -> graph.out(node.id()).stream().filter(which).forEach(edges::add));
        return Starts.reached(graph, edges);
    }
}
