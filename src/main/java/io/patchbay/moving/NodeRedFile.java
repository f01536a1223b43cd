package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Edge;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads flows of Node-RED: a list of nodes of all tabs, with wires. */
final class NodeRedFile {

    private static final Set<String> TRIGGERS = Set.of("inject", "http in");
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
        Starts starts = new Starts(graph, node -> TRIGGERS.contains(node.type()), report);
        String id = as != null ? as : Names.kebab(title(starts), "node-red");
        Parcel parcel = new Parcel(id, taken);
        Secrecy.guard(root, "", parcel);
        for (Starts.Group group : starts.groups()) {
            flow(group, id, parcel);
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

    private void flow(Starts.Group group, String id, Parcel parcel) {
        int number = parcel.flows().size();
        FlowDraft flow = new FlowDraft(number == 0 ? id : id + "-" + (number + 1));
        String name = group.starts().isEmpty()
                ? ""
                : label(graph.node(group.starts().get(0).to()));
        flow.name(Secrecy.without(name, parcel));
        flow.comment(
                "Made by 'patchbay import node-red'. A draft: read it, and what the import told, before it is active.");
        group.triggers().forEach(one -> flow.comment(one.shown() + " (" + one.id() + ") starts it"));
        if (number == 0) {
            notes.forEach(note -> flow.comment(Secrecy.without(SourceText.shown(note), parcel)));
        }
        flow.settings().put("overlap", "parallel");
        NodeRedText texts = new NodeRedText(report);
        NodeRedShapes shapes = new NodeRedShapes(texts, parcel, report);
        boolean answers = Starts.reached(graph, group.starts()).stream()
                .anyMatch(one -> graph.node(one).type().equals("http response"));
        ArrayNode made = Json.NODES.arrayNode();
        for (Node one : group.triggers()) {
            ObjectNode payload = trigger(one, flow, texts, answers).orElse(null);
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
        texts.variables().forEach(one -> flow.variable(one, Json.NODES.textNode("")));
        flow.shapes(made.addAll(behind));
        parcel.flow(flow.id(), flow.text());
    }

    /** @return what an inject begins with, a manual payload's settings */
    private Optional<ObjectNode> trigger(Node node, FlowDraft flow, NodeRedText texts, boolean answers) {
        Fields fields = new Fields(node.source());
        report.at(flow.file() + "#trigger");
        fields.pass(
                "id", "type", "z", "g", "name", "x", "y", "wires", "info", "l", "outputLabels", "inputLabels", "icon");
        if (node.source().path("d").asBoolean()) {
            report.look(node.place(), node.shown() + " is switched off, and starts nothing", null);
            fields.pass("d");
            return Optional.empty();
        }
        if (node.type().equals("http in")) {
            hook(node, fields, flow, answers);
            return Optional.empty();
        }
        String repeat = fields.text("repeat");
        String cron = fields.text("crontab");
        if (!cron.isBlank() && cron.strip().split("\\s+", -1).length == 5) {
            flow.trigger()
                    .addObject()
                    .putObject("schedule")
                    .put("cron", cron.strip().toUpperCase(Locale.ROOT));
            report.look(
                    node.place(),
                    "the schedule '" + SourceText.shown(cron)
                            + "' is read in UTC here, and in the zone of its machine there",
                    "say zone: Europe/London");
        } else if (repeat.matches("[0-9]{1,8}(\\.[0-9]+)?") && Double.parseDouble(repeat) >= 1) {
            flow.trigger().addObject().putObject("schedule").put("every", (long) Double.parseDouble(repeat) + "s");
        } else if (!repeat.isBlank() || !cron.isBlank()) {
            report.lost(
                    node.place(),
                    node.shown() + " repeats in a way that is not translated: '" + SourceText.shown(repeat + cron)
                            + "'",
                    "write schedule: { every: 10s }");
        }
        if (fields.flag(false, "once")) {
            report.lost(
                    node.place().in("once"),
                    node.shown() + " also starts when the program does, which no trigger does here",
                    "start it with patchbay run");
        }
        fields.pass("onceDelay", "topic", "props", "topicType");
        String type = fields.text("payloadType");
        String payload = fields.text("payload");
        if (payload.isBlank() && !type.equals("date")) {
            return Optional.empty();
        }
        JsonNode value = texts.value(payload, type, node.place().in("payload"));
        if (value == null) {
            return Optional.empty();
        }
        boolean text = type.equals("str") || type.isBlank() || type.equals("date");
        return Optional.of(
                text
                        ? Json.NODES.objectNode().put("text", value.asText())
                        : Json.NODES.objectNode().set("json", value));
    }

    private void hook(Node node, Fields fields, FlowDraft flow, boolean answers) {
        StringBuilder path = new StringBuilder();
        for (String part : fields.text("url").split("/", -1)) {
            String plain = part.startsWith(":")
                    ? "{" + part.substring(1).replaceAll("[^A-Za-z0-9_]", "") + "}"
                    : part.replaceAll("[^A-Za-z0-9._~-]", "");
            if (!plain.isEmpty() && !plain.equals("{}") && !plain.matches("\\.+")) {
                path.append(path.isEmpty() ? "" : "/").append(plain);
            }
        }
        String method =
                fields.text("method").isBlank() ? "GET" : fields.text("method").toUpperCase(Locale.ROOT);
        fields.pass("upload", "swaggerDoc");
        String kind = answers ? "callback" : "webhook";
        ObjectNode hook = Json.NODES.objectNode().put("path", path.isEmpty() ? flow.id() : path.toString());
        if (answers) {
            hook.put("method", method);
        } else {
            hook.putArray("methods").add(method);
        }
        hook.put("auth", "none");
        Matcher read = Pattern.compile("req\\.(headers|query)(?:\\.|\\[\\\\?['\"])([A-Za-z_][A-Za-z0-9_-]*)")
                .matcher(document.root().toString());
        TreeSet<String> known = new TreeSet<>();
        while (read.find() && known.size() < 30) {
            if (known.add(read.group(1) + read.group(2))) {
                hook.withArrayProperty(read.group(1)).add(read.group(2));
            }
        }
        flow.trigger().addObject().set(kind, hook);
        report.look(
                node.place(),
                node.shown() + " is open, and its address is /" + (answers ? "callbacks/" : "hooks/")
                        + hook.path("path").asText() + " now",
                "tell the callers; say auth: { type: token, secret: \"${secret." + Names.secret(flow.id() + "_" + kind)
                        + "}\" }");
    }
}
