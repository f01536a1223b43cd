package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.function.Predicate;

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
    private final N8nCode code;
    private final N8nFailures failures;

    /** @param fails whether something follows where a node fails */
    N8nShapes(N8nText texts, Parcel parcel, Report report, Predicate<Node> fails) {
        this.texts = texts;
        this.parcel = parcel;
        this.report = report;
        this.conditions = new N8nConditions(texts, report);
        this.requests = new N8nRequests(texts, parcel, report);
        this.fields = new N8nFields(texts, parcel, report);
        this.items = new N8nItems(parcel, report);
        this.calls = new N8nCalls(texts, report);
        this.code = new N8nCode(parcel, report);
        this.failures = new N8nFailures(report, fails);
    }

    Made made(Node node) {
        if (node.type().equals(TOGETHER)) {
            return new Made().shape("collect", Json.NODES.objectNode().put("all", true));
        }
        if (node.type().equals(N8nMerges.INPUT)) {
            return N8nMerges.input(node);
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
        failures.around(node, source, made);
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
            case "code", "function", "functionItem" -> code.script(node, parameters, at);
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
