package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.List;

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
    private final N8nFields fields;
    private final N8nItems items;
    private final N8nCalls calls;

    N8nShapes(N8nText texts, Parcel parcel, Report report) {
        this.texts = texts;
        this.parcel = parcel;
        this.report = report;
        this.conditions = new N8nConditions(texts, report);
        this.requests = new N8nRequests(texts, parcel, report);
        this.fields = new N8nFields(texts, parcel, report);
        this.items = new N8nItems(report);
        this.calls = new N8nCalls(texts, report);
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
            case "set" -> fields.set(node, parameters, at);
            case "httpRequest" -> requests.request(node, parameters, at);
            case "code", "function", "functionItem" -> code(node, parameters, at);
            case "noOp" -> {
                report.look(node.place(), node.shown() + " does nothing, and has no shape", null);
                yield new Made();
            }
            case "merge" -> items.merge(node, parameters);
            case "splitInBatches" -> items.batches(node, parameters);
            case "splitOut" -> items.split(node, parameters);
            case "itemLists" -> items.lists(node, parameters);
            case "aggregate" -> items.aggregate(node, parameters);
            case "wait" -> waits(node, parameters);
            case "executeWorkflow" -> calls.called(node, parameters, at);
            case "respondToWebhook" -> calls.answer(node, parameters, at);
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

    private Made waits(Node node, Fields parameters) {
        String resume = parameters.text("resume");
        String amount = parameters.text("amount");
        String unit = parameters.text("unit");
        if (!(resume.isBlank() || resume.equals("timeInterval")) || !amount.matches("[0-9]{1,6}(\\.0)?")) {
            return Translator.unknown(
                    node, report, "what waits for a call or a person is a wait: { for: event } or { for: approval }");
        }
        String unitOfVersion = node.source().path("typeVersion").asDouble(1) < 1.1 ? "h" : "s";
        String letter = Translator.unit(unit, unitOfVersion);
        return new Made().shape("delay", Json.NODES.objectNode().put("for", amount.replaceFirst("\\..*", "") + letter));
    }
}
