package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;

/** Workflows that are called, and answers to whoever called. */
final class N8nCalls {

    private final N8nText texts;
    private final Report report;

    N8nCalls(N8nText texts, Report report) {
        this.texts = texts;
        this.report = report;
    }

    Made called(Node node, Fields parameters, Place at) {
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

    Made answer(Node node, Fields parameters, Place at) {
        String with = parameters.text("respondWith");
        Made made = new Made();
        JsonNode body = parameters.get("responseBody");
        parameters.pass("enableResponseOutput");
        if (with.equals("json") && body.isTextual()) {
            N8nText.json(body.asText())
                    .ifPresentOrElse(
                            value -> made.shape(
                                    "manualPayload", Json.NODES.objectNode().set("json", texts.quoted(value, at))),
                            () -> report.lost(
                                    at,
                                    "the answer of " + node.shown()
                                            + " is no JSON before its expressions are filled in: the payload is the"
                                            + " answer",
                                    "write it as manualPayload: { json: … } before the callback"));
        } else if (with.equals("text")) {
            made.shape("manualPayload", Json.NODES.objectNode().put("text", texts.text(body.asText(), at)));
        } else if (!with.isBlank() && !with.startsWith("first") && !with.startsWith("all") && !with.equals("noData")) {
            report.lost(
                    at,
                    "an answer with '" + SourceText.shown(with) + "' is not translated: the payload is the answer",
                    "put a manualPayload with the answer before the callback");
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
