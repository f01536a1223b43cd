package io.patchbay.moving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Nodes of n8n as shapes. An item is a record. */
final class N8nShapes {

    /** What stands for the way out of a loop over batches, where they come together again. */
    static final String TOGETHER = "together";

    private static final String KNOWN =
            "nodes that are known stand in docs/reference/moving-in.md; for a call of a system use a connection";

    private final N8nText texts;
    private final Parcel parcel;
    private final Report report;
    private final N8nConditions conditions;
    private final N8nRequests requests;

    N8nShapes(N8nText texts, Parcel parcel, Report report) {
        this.texts = texts;
        this.parcel = parcel;
        this.report = report;
        this.conditions = new N8nConditions(texts, report);
        this.requests = new N8nRequests(texts, parcel, report);
    }

    Made made(Node node) {
        if (node.type().equals(TOGETHER)) {
            return new Made().shape("collect", Json.NODES.objectNode().put("all", true));
        }
        Fields parameters = new Fields(node.source().path("parameters"));
        parameters.pass("options", "resource", "notice", "authentication", "nodeCredentialType", "genericAuthType");
        Place at = node.place().in("parameters");
        Made made = shape(node, parameters, at);
        around(node, made);
        Translator.left(node, parameters, at, report);
        return made;
    }

    private void around(Node node, Made made) {
        Fields source = new Fields(node.source());
        boolean shaped = !made.shapes().isEmpty();
        if (source.flag(false, "disabled")) {
            if (made.fan() != null || !shaped) {
                report.lost(
                        node.place(),
                        node.shown() + " is switched off, where it sends all on by its first way out",
                        "take it out");
            } else {
                made.shapes().forEach(shape -> shape.put("disabled", true));
            }
        }
        if (source.flag(false, "retryOnFail") && shaped) {
            int tries = source.whole(3, 100, "maxTries");
            int wait = source.whole(1000, 300_000, "waitBetweenTries");
            made.around(
                    "retries",
                    Json.NODES.objectNode().put("count", Math.max(0, tries - 1)).put("backoff", wait + "ms"));
        }
        String error = source.text("onError");
        if (source.flag(false, "continueOnFail") || error.startsWith("continue")) {
            report.lost(
                    node.place(),
                    node.shown()
                            + " goes on when it fails, with the error as an item; here the failed record is left out",
                    "put a try around it");
            if (shaped) {
                made.around("onError", Translator.text("skip"));
            }
        }
        for (String key : List.of("executeOnce", "alwaysOutputData")) {
            if (source.flag(false, key)) {
                report.lost(node.place(), node.shown() + ": '" + key + "' is not translated", null);
            }
        }
        String note = source.text("notes");
        if (!note.isBlank() && shaped) {
            made.shapes().get(0).put("note", Secrecy.without(note, parcel));
        }
    }

    static String kind(String type) {
        return type.replaceFirst("^(@n8n/)?n8n-nodes-[a-z]+\\.", "");
    }

    private Made shape(Node node, Fields parameters, Place at) {
        return switch (kind(node.type())) {
            case "if" -> conditions.either(node, parameters, at);
            case "switch" -> conditions.several(node, parameters, at);
            case "filter" -> {
                ObjectNode condition = conditions.condition(node, parameters, at);
                yield condition == null
                        ? Translator.stopped(node)
                        : new Made().shape("filter", Json.NODES.objectNode().set("keep", condition));
            }
            case "set" -> set(node, parameters, at);
            case "httpRequest" -> requests.request(node, parameters, at);
            case "code", "function", "functionItem" -> code(node, parameters, at);
            case "noOp" -> {
                report.look(node.place(), node.shown() + " does nothing, and has no shape", null);
                yield new Made();
            }
            case "merge" -> merge(node, parameters);
            case "splitInBatches" ->
                new Made()
                        .shape(
                                "flowControl",
                                Json.NODES
                                        .objectNode()
                                        .put(
                                                "size",
                                                Math.max(
                                                        1,
                                                        parameters.whole(
                                                                ((int) node.source()
                                                                                        .path("typeVersion")
                                                                                        .asDouble(1))
                                                                                >= 3
                                                                        ? 1
                                                                        : 10,
                                                                1_000_000,
                                                                "batchSize"))));
            case "splitOut" -> split(node, parameters);
            case "itemLists" -> lists(node, parameters);
            case "aggregate" -> aggregate(node, parameters);
            case "wait" -> waits(node, parameters);
            case "executeWorkflow" -> called(node, parameters, at);
            case "respondToWebhook" -> answer(node, parameters, at);
            case "stopAndError" ->
                new Made()
                        .shape(
                                "assert",
                                Json.NODES.objectNode().put("text", texts.text(parameters.text("errorMessage"), at)));
            default -> {
                parameters.passRest();
                yield Translator.unknown(node, report, KNOWN);
            }
        };
    }

    private Made set(Node node, Fields parameters, Place at) {
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
            others = parameters.get("includeOtherFields").isBoolean()
                    ? parameters.flag(true, "includeOtherFields")
                    : include.isBlank() ? !parameters.get("assignments").isObject() : include.equals("all");
            if (include.equals("selected") || include.equals("except")) {
                report.lost(
                        at,
                        node.shown() + " keeps some fields by name; all are kept",
                        "name those that go under remove");
                parameters.pass("includeFields", "excludeFields");
                others = true;
            }
            if (parameters.text("mode").equals("raw")) {
                return raw(node, parameters, at);
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

    private Made raw(Node node, Fields parameters, Place at) {
        JsonNode json = parameters.get("jsonOutput");
        parameters.pass("includeOtherFields", "include");
        try {
            JsonNode value =
                    json.isTextual() ? Json.MAPPER.readTree(json.asText().replaceFirst("^=", "")) : json;
            if (value.isObject()) {
                ObjectNode map = Json.NODES.objectNode();
                ArrayNode fields = map.putArray("fields");
                value.properties()
                        .forEach(one -> fields.addObject()
                                .put("to", N8nText.named(one.getKey()))
                                .set("template", texts.quoted(one.getValue(), at)));
                return new Made().shape("map", map);
            }
        } catch (JsonProcessingException e) {
            report.look(at, "the JSON of " + node.shown() + " is none before its expressions are filled in", null);
        }
        return Translator.unknown(node, report, "write map: { fields: … } with a template for each field");
    }

    private void field(String name, JsonNode value, String type, Place at, ArrayNode fields) {
        if (name.isBlank()) {
            report.lost(at, "a field without a name is left out", null);
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
            try {
                return Json.MAPPER.readTree(value.asText());
            } catch (JsonProcessingException e) {
                return value;
            }
        }
        return value.isTextual() ? Translator.text(value.asText().replace("$${", "${")) : value;
    }

    private Made code(Node node, Fields parameters, Place at) {
        String language = parameters.text("language");
        String code = parameters.text("jsCode", "functionCode");
        parameters.pass("pythonCode");
        boolean each = parameters.text("mode").equals("runOnceForEachItem")
                || kind(node.type()).equals("functionItem");
        if (language.startsWith("python") || code.isBlank()) {
            return Translator.unknown(
                    node, report, "write it anew in JavaScript: its contract there hangs on Python with packages");
        }
        String clean = Secrecy.code(code, at, node.name(), report, parcel);
        List<String> missing = Adapters.missing(clean);
        if (!missing.isEmpty()) {
            report.lost(
                    at,
                    "the code of " + node.shown() + " uses " + String.join(", ", missing)
                            + ", which no script has here",
                    "a connection makes calls; docs/reference/scripts.md says what a script has");
        }
        report.look(at, "the code of " + node.shown() + " has an adapter around it", "read it, and give it a test");
        String wrapped = kind(node.type()).equals("functionItem")
                // Its item is the record itself, and what it gives back is one, too.
                ? "return await (async item => {\n" + clean.replace("$item", "item") + "\n})(item.json);"
                : clean;
        String script = parcel.script(
                node.id(),
                node.name(),
                ".js",
                Adapters.n8n("node '" + node.name() + "' of a workflow of n8n", wrapped, each));
        return new Made().shape("script", Json.NODES.objectNode().put("file", script));
    }

    private Made merge(Node node, Fields parameters) {
        String mode = parameters.text("mode");
        if (mode.isBlank() || mode.equals("append")) {
            parameters.pass("numberInputs");
            report.look(
                    node.place(),
                    node.shown() + " has no shape: what comes out of paths goes on together behind them",
                    null);
            return new Made();
        }
        parameters.passRest();
        return Translator.unknown(
                node,
                report,
                "mode '" + SourceText.shown(mode)
                        + "' joins items by a key or position: an enrich, or a map with group, can do it");
    }

    private Made split(Node node, Fields parameters) {
        String field = parameters.text("fieldToSplitOut");
        String include = parameters.text("include");
        if (field.isBlank() || field.contains(",")) {
            return Translator.unknown(node, report, "say split: { level: PATH } with one field");
        }
        if (include.startsWith("all") || include.startsWith("sel")) {
            parameters.pass("fieldsToInclude");
            ObjectNode explode = Json.NODES.objectNode();
            explode.putObject("explode").put("list", N8nText.named(field));
            explode.putArray("fields")
                    .addObject()
                    .put("to", N8nText.named(field))
                    .put("from", N8nText.named(field));
            explode.put("keepOthers", true);
            return new Made().shape("map", explode);
        }
        report.look(
                node.place().in("parameters"),
                node.shown() + " makes of a list of plain values items {\"" + SourceText.shown(field)
                        + "\": value}; here each value is a record itself, read as ${record}",
                "a map behind the split gives it a name again");
        String destination =
                parameters.get("options").path("destinationFieldName").asText();
        if (!destination.isBlank()) {
            report.lost(
                    node.place().in("parameters"),
                    node.shown() + " puts what it splits under '" + SourceText.shown(destination)
                            + "'; here it is the record itself",
                    "put a map behind it");
        }
        return new Made().shape("split", Json.NODES.objectNode().put("level", N8nText.named(field)));
    }

    private Made lists(Node node, Fields parameters) {
        String operation = parameters.text("operation");
        if (operation.isBlank() || operation.equals("splitOutItems")) {
            return split(node, parameters);
        }
        parameters.passRest();
        return Translator.unknown(
                node, report, "operation '" + SourceText.shown(operation) + "' is a map, a collect or a script here");
    }

    private Made aggregate(Node node, Fields parameters) {
        if (!parameters.text("aggregate").equals("aggregateAllItemData")) {
            parameters.pass("fieldsToAggregate");
            return Translator.unknown(node, report, "single fields are gathered by a map with group");
        }
        String name = parameters.text("destinationFieldName");
        if (parameters.text("include").startsWith("specified")
                || parameters.text("include").startsWith("allFieldsEx")) {
            report.lost(
                    node.place().in("parameters"),
                    node.shown() + " keeps some fields by name; all are kept",
                    "put a map before it");
        }
        parameters.pass("fieldsToInclude", "fieldsToExclude");
        return new Made()
                .shape(
                        "collect",
                        Json.NODES
                                .objectNode()
                                .put("all", true)
                                .put("into", name.isBlank() ? "data" : Names.variable(name)));
    }

    private Made waits(Node node, Fields parameters) {
        String resume = parameters.text("resume");
        String amount = parameters.text("amount");
        String unit = parameters.text("unit");
        if (!(resume.isBlank() || resume.equals("timeInterval")) || !amount.matches("[0-9]{1,6}(\\.0)?")) {
            return Translator.unknown(
                    node, report, "what waits for a call or a person is a wait: { for: event } or { for: approval }");
        }
        String letter = unit.isBlank()
                ? (node.source().path("typeVersion").asDouble(1) < 1.1 ? "h" : "s")
                : unit.substring(0, 1).toLowerCase(Locale.ROOT);
        return new Made().shape("delay", Json.NODES.objectNode().put("for", amount.replaceFirst("\\..*", "") + letter));
    }

    private Made called(Node node, Fields parameters, Place at) {
        JsonNode workflow = parameters.get("workflowId");
        String name = workflow.path("cachedResultName")
                .asText(workflow.isObject() ? workflow.path("value").asText() : workflow.asText());
        boolean waits = parameters.get("options").path("waitForSubWorkflow").asBoolean(true);
        if (parameters.text("mode").equals("each")) {
            report.lost(
                    at,
                    node.shown() + " runs the workflow once for each item; here it is run once, with all of them",
                    "put a split before it, or let the flow that is called take them apart");
        }
        parameters.pass("source", "workflowInputs");
        if (name.isBlank()) {
            return Translator.unknown(node, report, "say runFlow: { flow: ID, wait: true }");
        }
        String id = Names.kebab(name, "flow");
        report.look(
                at,
                "it runs flow '" + id + "', which must be there, active, and be called so",
                "import that workflow with --as " + id);
        return new Made()
                .shape("runFlow", Json.NODES.objectNode().put("flow", id).put("wait", waits));
    }

    private Made answer(Node node, Fields parameters, Place at) {
        String with = parameters.text("respondWith");
        Made made = new Made();
        JsonNode body = parameters.get("responseBody");
        parameters.pass("enableResponseOutput");
        if (with.equals("json") && body.isTextual()) {
            try {
                made.shape(
                        "manualPayload",
                        Json.NODES
                                .objectNode()
                                .set(
                                        "json",
                                        texts.quoted(
                                                Json.MAPPER.readTree(
                                                        body.asText().replaceFirst("^=", "")),
                                                at)));
            } catch (JsonProcessingException e) {
                report.lost(
                        at,
                        "the answer of " + node.shown()
                                + " is no JSON before its expressions are filled in: the payload is the answer",
                        null);
            }
        } else if (with.equals("text")) {
            made.shape("manualPayload", Json.NODES.objectNode().put("text", texts.text(body.asText(), at)));
        } else if (!with.isBlank() && !with.startsWith("first") && !with.startsWith("all") && !with.equals("noData")) {
            report.lost(
                    at,
                    "an answer with '" + SourceText.shown(with) + "' is not translated: the payload is the answer",
                    null);
        }
        int status = node.source()
                .path("parameters")
                .path("options")
                .path("responseCode")
                .asInt(200);
        return made.shape(
                "callback",
                Json.NODES
                        .objectNode()
                        .put("answer", with.startsWith("all") ? "array" : "one")
                        .put("status", status));
    }
}
