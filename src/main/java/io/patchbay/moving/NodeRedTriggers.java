package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.Optional;
import java.util.Set;

/** Nodes of Node-RED that start a flow, as triggers. */
final class NodeRedTriggers {

    private static final Set<String> KNOWN = Set.of("inject", "http in");

    private final NodeRedText texts;
    private final FlowDraft flow;
    private final Hooks hooks;
    private final Report report;

    NodeRedTriggers(NodeRedText texts, FlowDraft flow, Hooks hooks, Report report) {
        this.texts = texts;
        this.flow = flow;
        this.hooks = hooks;
        this.report = report;
    }

    static boolean is(Node node) {
        return KNOWN.contains(node.type());
    }

    /** Adds a trigger, and returns what an inject begins with, a manual payload's settings. */
    Optional<ObjectNode> read(Node node, boolean answers) {
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
            hook(node, fields, answers);
            return Optional.empty();
        }
        String repeat = fields.text("repeat");
        String cron = fields.text("crontab");
        if (!cron.isBlank() && cron.strip().split("\\s+", -1).length == 5) {
            flow.cron(cron);
            report.look(
                    node.place(),
                    "the schedule '" + SourceText.shown(cron)
                            + "' is read in UTC here, and in the zone of its machine there",
                    "say zone: Europe/London");
        } else if (repeat.matches("[0-9]{1,8}(\\.[0-9]+)?") && Double.parseDouble(repeat) >= 1) {
            flow.every((long) Double.parseDouble(repeat) + "s");
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

    private void hook(Node node, Fields fields, boolean answers) {
        String kind = answers ? "callback" : "webhook";
        String path = Hooks.path(fields.text("url"), flow.id());
        fields.pass("upload", "swaggerDoc");
        ObjectNode hook = hooks.hook(kind, path, fields.text("method")).put("auth", "none");
        hooks.takeIn(hook);
        flow.trigger().addObject().set(kind, hook);
        report.look(
                node.place(),
                node.shown() + " is open, and its address is " + Hooks.address(kind, path) + " now",
                "tell the callers; say auth: { type: token, secret: \"${secret." + Names.secret(flow.id() + "_" + kind)
                        + "}\" }");
    }
}
