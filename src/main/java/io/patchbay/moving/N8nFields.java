package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.util.Locale;

/** Edit Fields (Set) as a map. */
final class N8nFields {

    private final N8nText texts;
    private final Parcel parcel;
    private final Report report;

    N8nFields(N8nText texts, Parcel parcel, Report report) {
        this.texts = texts;
        this.parcel = parcel;
        this.report = report;
    }

    Made set(Node node, Fields parameters, Place at) {
        ObjectNode map = Json.NODES.objectNode();
        ArrayNode fields = map.putArray("fields");
        boolean others = true;
        if (parameters.get("values").isObject()) {
            others = !parameters.flag(false, "keepOnlySet");
            parameters
                    .get("values")
                    .properties()
                    .forEach(type -> type.getValue()
                            .forEach(one ->
                                    field(one.path("name").asText(), one.path("value"), type.getKey(), at, fields)));
        } else {
            String include = parameters.text("include");
            // From 3.3 on the others are left out where nothing is said.
            boolean older = node.source().path("typeVersion").asDouble(1) < 3.3;
            others = parameters.get("includeOtherFields").isBoolean()
                    ? parameters.flag(true, "includeOtherFields")
                    : include.isBlank()
                            ? older && !parameters.get("assignments").isObject()
                            : include.equals("all");
            if (include.equals("selected") || include.equals("except")) {
                report.lost(
                        at,
                        node.shown() + " keeps some fields by name; all are kept",
                        "name those that go under remove");
                parameters.pass("includeFields", "excludeFields");
                others = true;
            }
            if (parameters.text("mode").equals("raw")) {
                return raw(node, parameters, others, at);
            }
            parameters
                    .get("assignments")
                    .path("assignments")
                    .forEach(one -> field(
                            one.path("name").asText(),
                            one.path("value"),
                            one.path("type").asText(),
                            at,
                            fields));
            parameters.get("fields").path("values").forEach(one -> {
                String type = one.path("type").asText("stringValue");
                field(one.path("name").asText(), one.path(type), type.replace("Value", ""), at, fields);
            });
        }
        if (parameters.flag(false, "duplicateItem")) {
            report.lost(
                    at,
                    node.shown() + " makes several of each item, and one is made here",
                    "take what duplicates out, or let a script do it");
        }
        parameters.pass("duplicateCount");
        JsonNode options = node.source().path("parameters").path("options");
        if (options.path("dotNotation").isBoolean()
                && !options.path("dotNotation").asBoolean()) {
            report.lost(
                    at,
                    node.shown() + " takes a dot for a part of a name; here it leads into an object",
                    "write to: \"['a.b']\"");
        }
        if (others) {
            map.put("keepOthers", true);
        }
        if (fields.isEmpty()) {
            report.look(node.place(), node.shown() + " sets nothing, and has no shape", null);
            return others
                    ? new Made()
                    : new Made().shape("manualPayload", Json.NODES.objectNode().set("json", Json.NODES.objectNode()));
        }
        return new Made().shape("map", map);
    }

    private Made raw(Node node, Fields parameters, boolean others, Place at) {
        JsonNode json = parameters.get("jsonOutput");
        JsonNode value = json.isTextual() ? N8nText.json(json.asText()).orElse(json) : json;
        if (!value.isObject()) {
            return Translator.unknown(
                    node,
                    report,
                    "its JSON is no object before its expressions are filled in; write map: { fields: … } with a"
                            + " template for each field");
        }
        ObjectNode map = Json.NODES.objectNode();
        ArrayNode fields = map.putArray("fields");
        value.properties()
                .forEach(one -> fields.addObject()
                        .put("to", N8nText.named(one.getKey()))
                        .set("template", texts.quoted(one.getValue(), at)));
        if (others) {
            map.put("keepOthers", true);
        }
        return new Made().shape("map", map);
    }

    private void field(String name, JsonNode value, String type, Place at, ArrayNode fields) {
        if (name.isBlank()) {
            report.lost(at, "a field without a name is left out", "give it a name there, or take it out");
            return;
        }
        ObjectNode field = fields.addObject().put("to", N8nText.named(name));
        if ((Secrecy.named(name)
                        && value.isTextual()
                        && Secrecy.value(value.asText().replaceFirst("^=", "")))
                || Secrecy.shaped(value.asText())) {
            parcel.guard(value.asText());
            Secrecy.without(value.asText(), parcel);
            report.lost(
                    at,
                    "the value of '" + SourceText.shown(name) + "' looks like a secret, and is left out",
                    "let an instance prove who calls");
            field.put("value", "***");
            return;
        }
        JsonNode ours = texts.value(value, at);
        String kind = type.toLowerCase(Locale.ROOT);
        if (!ours.isTextual() || !ours.asText().contains("${")) {
            JsonNode plain = ours.isTextual()
                            && kind.startsWith("number")
                            && ours.asText().matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")
                    ? Json.NODES.numberNode(new BigDecimal(ours.asText()))
                    : ours.isTextual() && kind.startsWith("bool")
                            ? Json.NODES.booleanNode(ours.asText().equals("true"))
                            : json(ours, kind);
            field.set("value", plain);
            return;
        }
        if (ours.asText().matches("\\$\\{record[.\\[][^{}?]*}")) {
            field.put(
                    "from",
                    ours.asText().substring(8, ours.asText().length() - 1).replaceFirst("^\\.", ""));
        } else {
            field.set("template", ours);
        }
        if (kind.startsWith("number")) {
            field.putArray("then").add("number");
        }
    }

    private static JsonNode json(JsonNode value, String kind) {
        if (value.isTextual() && (kind.startsWith("array") || kind.startsWith("object"))) {
            return N8nText.json(value.asText()).orElse(value);
        }
        return value.isTextual() ? Translator.text(value.asText().replace("$${", "${")) : value;
    }
}
