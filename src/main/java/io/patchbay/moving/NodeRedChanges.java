package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;

/** Rules of the node change. */
final class NodeRedChanges {

    private final NodeRedText texts;
    private final Parcel parcel;
    private final Report report;

    NodeRedChanges(NodeRedText texts, Parcel parcel, Report report) {
        this.texts = texts;
        this.parcel = parcel;
        this.report = report;
    }

    Made change(Node node, Fields fields) {
        Made made = new Made();
        fields.pass("action", "property", "from", "to", "reg");
        int number = 0;
        for (JsonNode rule : fields.get("rules")) {
            rule(node, rule, node.place().in("rules").in(String.valueOf(number++)), made);
        }
        return made.shapes().isEmpty() ? pass(node, made) : made;
    }

    private Made pass(Node node, Made made) {
        report.look(node.place(), node.shown() + " changes nothing that is understood, and has no shape", null);
        return made;
    }

    private void rule(Node node, JsonNode rule, Place at, Made made) {
        String kind = rule.path("t").asText();
        String property = rule.path("p").asText();
        String type = rule.path("pt").asText("msg");
        String way = type.equals("msg") ? NodeRedText.inPayload(property) : null;
        switch (kind) {
            case "set" -> set(rule, at, made);
            case "delete" -> {
                if (way != null && !way.isEmpty()) {
                    ObjectNode map = Json.NODES.objectNode().put("keepOthers", true);
                    map.putArray("remove").add(way);
                    made.shape("map", map);
                } else {
                    report.look(
                            at,
                            "'" + SourceText.shown(property) + "' is not deleted: metadata and variables stay",
                            null);
                }
            }
            case "move" -> {
                String to = rule.path("tot").asText("msg").equals("msg")
                        ? NodeRedText.inPayload(rule.path("to").asText())
                        : null;
                if (way != null && !way.isEmpty() && to != null && !to.isEmpty()) {
                    ObjectNode map = Json.NODES.objectNode().put("keepOthers", true);
                    map.putObject("rename").put(way, to);
                    made.shape("map", map);
                } else if (way != null && !way.isEmpty() && to != null) {
                    made.shape("split", Json.NODES.objectNode().put("level", way));
                } else {
                    report.lost(
                            at,
                            node.shown() + " moves '" + SourceText.shown(property)
                                    + "' in a way that is not translated",
                            "setVariables sets metadata, a map moves fields");
                }
            }
            case "change" -> {
                if (way != null && !way.isEmpty()) {
                    ObjectNode map = Json.NODES.objectNode().put("keepOthers", true);
                    ObjectNode field =
                            map.putArray("fields").addObject().put("to", way).put("from", way);
                    field.putArray("then")
                            .addObject()
                            .putObject("replace")
                            .put("search", rule.path("from").asText())
                            .put("by", rule.path("to").asText())
                            .put("regex", rule.path("fromt").asText().equals("re"));
                    made.shape("map", map);
                } else {
                    report.lost(
                            at,
                            node.shown() + " replaces in '" + SourceText.shown(property) + "', which is not translated",
                            "a map with the function replace changes fields of records");
                }
            }
            default ->
                report.lost(
                        at,
                        "the rule '" + SourceText.shown(kind) + "' of " + node.shown()
                                + " is not known, and is left out",
                        null);
        }
    }

    private void set(JsonNode rule, Place at, Made made) {
        String property = rule.path("p").asText();
        String type = rule.path("pt").asText("msg");
        String valueType = rule.path("tot").asText("str");
        String text = rule.path("to").asText();
        if ((Secrecy.named(property) || Secrecy.shaped(text)) && valueType.equals("str") && Secrecy.value(text)) {
            parcel.guard(text);
            report.lost(
                    at,
                    "the value of '" + SourceText.shown(property) + "' looks like a secret, and is left out",
                    "let an instance prove who calls");
            return;
        }
        JsonNode value = texts.value(text, valueType, at);
        if (value == null) {
            return;
        }
        String way = type.equals("msg") ? NodeRedText.inPayload(property) : null;
        if (way == null) {
            ObjectNode variables = Json.NODES.objectNode();
            if (type.equals("flow") || type.equals("global")) {
                String name = Names.variable(property);
                texts.variables().add(name);
                variables.putObject("flow").set(name, value);
                report.look(
                        at,
                        "a value that " + type
                                + " keeps between messages is a variable here, which begins anew with each run",
                        "a cache keeps values over runs");
            } else {
                variables
                        .putObject("meta")
                        .put(
                                NodeRedText.property(property).replaceFirst("^meta\\.", ""),
                                value.isTextual() ? value.asText() : value.toString());
            }
            made.shape("setVariables", variables);
        } else if (way.isEmpty()) {
            String from = valueType.equals("msg") ? NodeRedText.inPayload(text) : null;
            if (from != null && !from.isEmpty()) {
                made.shape("split", Json.NODES.objectNode().put("level", "$." + from));
            } else {
                made.shape(
                        "manualPayload",
                        value.isTextual() && !valueType.equals("msg")
                                ? Json.NODES.objectNode().put("text", value.asText())
                                : Json.NODES.objectNode().set("json", value));
            }
        } else {
            ObjectNode map = Json.NODES.objectNode();
            ObjectNode field = map.putArray("fields").addObject().put("to", way);
            field.set(value.isTextual() && value.asText().contains("${") ? "template" : "value", value);
            made.shape("map", map.put("keepOthers", true));
        }
    }
}
