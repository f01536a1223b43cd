package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HTTP requests of n8n, of versions 1 to 4. */
final class N8nRequests {

    private final N8nText texts;
    private final Report report;
    private final HttpShapes http;

    N8nRequests(N8nText texts, Parcel parcel, Report report) {
        this.texts = texts;
        this.report = report;
        this.http = new HttpShapes(parcel, report);
    }

    /** Texts inside of an expression that is JSON as a whole may hold braces without a mark of their own. */
    static JsonNode marked(JsonNode value) {
        if (value.isTextual()) {
            return value.asText().contains("{{") && !value.asText().startsWith("=")
                    ? Translator.text("=" + value.asText())
                    : value;
        }
        if (value.isObject()) {
            ObjectNode out = Json.NODES.objectNode();
            value.properties().forEach(one -> out.set(one.getKey(), marked(one.getValue())));
            return out;
        }
        if (value.isArray()) {
            ArrayNode out = Json.NODES.arrayNode();
            value.forEach(one -> out.add(marked(one)));
            return out;
        }
        return value;
    }

    Made request(Node node, Fields parameters, Place at) {
        JsonNode options = node.source().path("parameters").path("options");
        String method = parameters.text("method", "requestMethod");
        ObjectNode query =
                pairs(parameters, at, "queryParameters", "queryParametersUi", "jsonQuery", "queryParametersJson");
        ObjectNode headers =
                pairs(parameters, at, "headerParameters", "headerParametersUi", "jsonHeaders", "headerParametersJson");
        parameters.pass(
                "sendQuery",
                "sendHeaders",
                "specifyQuery",
                "specifyHeaders",
                "jsonParameters",
                "responseFormat",
                "dataPropertyName",
                "allowUnauthorizedCerts",
                "provideSslCertificates");
        String auth = auth(node);
        JsonNode body = body(node, parameters, at);
        String format = options.path("response")
                .path("response")
                .path("responseFormat")
                .asText(node.source().path("parameters").path("responseFormat").asText());
        if (format.equals("file")) {
            report.lost(
                    at,
                    node.shown() + " reads a file; its content is read as JSON here",
                    "use the endpoint file.get or csv.get");
        }
        options.properties().forEach(one -> {
            if (!List.of("timeout", "response", "redirect").contains(one.getKey())) {
                report.lost(
                        at.in("options"),
                        node.shown() + ": the option '" + SourceText.shown(one.getKey()) + "' is not translated",
                        one.getKey().equals("pagination")
                                ? "list.get, data.by-number and others of generic-http read pages"
                                : null);
            }
        });
        for (String told : List.of("neverError", "fullResponse")) {
            if (options.path("response").path("response").path(told).asBoolean()) {
                report.lost(
                        at.in("options"),
                        node.shown() + ": the option '" + told + "' is not translated",
                        told.equals("neverError")
                                ? "an answer that is an error fails here: put a try around it"
                                : "the answer is its body alone; a response script sees status and headers");
            }
        }
        Made made = http.made(
                node,
                new HttpShapes.Call(
                        method.isBlank() ? "GET" : method,
                        texts.text(parameters.text("url"), at.in("url")),
                        query,
                        headers,
                        body,
                        auth,
                        format.equals("text") || format.equals("string")));
        if (options.path("timeout").asInt() > 0 && !made.shapes().isEmpty()) {
            made.around("timeout", Translator.text(options.path("timeout").asInt() + "ms"));
        }
        if (!made.isLost() && !format.equals("text") && !format.equals("string")) {
            made.takesApart();
        }
        return made;
    }

    private String auth(Node node) {
        JsonNode parameters = node.source().path("parameters");
        String kind = parameters.path("authentication").asText("none");
        String generic = parameters
                .path("genericAuthType")
                .asText(parameters.path("nodeCredentialType").asText(kind));
        String lower = generic.toLowerCase(Locale.ROOT);
        if (kind.equals("none") || kind.isBlank()) {
            return "";
        }
        if (lower.contains("basic")) {
            return "basic";
        }
        if (lower.contains("digest")) {
            return "digest";
        }
        if (lower.contains("bearer")) {
            return "bearer";
        }
        String way = lower.contains("query") ? "apiKeyInQuery" : lower.contains("header") ? "apiKey" : "bearer";
        report.lost(
                node.place().in("credentials"),
                "the credentials '" + SourceText.shown(generic) + "' of " + node.shown()
                        + " are not in the file; the instance proves itself by " + way,
                "look up what is sent there, and correct auth in the instance's file");
        return way;
    }

    private ObjectNode pairs(Fields parameters, Place at, String... names) {
        ObjectNode out = Json.NODES.objectNode();
        for (String name : names) {
            JsonNode theirs = parameters.get(name);
            JsonNode list = theirs.path("parameters").isArray() ? theirs.path("parameters") : theirs.path("parameter");
            list.forEach(one -> out.set(one.path("name").asText(), texts.value(one.path("value"), at.in(name))));
            if (theirs.isTextual() && !theirs.asText().isBlank()) {
                N8nText.json(theirs.asText())
                        .ifPresentOrElse(
                                json -> json.properties()
                                        .forEach(one ->
                                                out.set(one.getKey(), texts.quoted(one.getValue(), at.in(name)))),
                                () -> report.lost(
                                        at.in(name),
                                        "'" + name
                                                + "' is no JSON before its expressions are filled in, and is left out",
                                        "say with: { query: { … } } or { headers: { … } } of the connection"));
            }
        }
        return out;
    }

    private @Nullable JsonNode body(Node node, Fields parameters, Place at) {
        String content = parameters.text("contentType", "bodyContentType");
        String specify = parameters.text("specifyBody");
        ObjectNode fields = pairs(parameters, at, "bodyParameters", "bodyParametersUi");
        JsonNode json = parameters.get("jsonBody", "bodyParametersJson");
        JsonNode raw = parameters.get("body");
        boolean sends = parameters.flag(!fields.isEmpty() || !json.isMissingNode(), "sendBody");
        parameters.pass("rawContentType", "inputDataFieldName");
        if (!content.isBlank() && !content.equals("json") && sends) {
            report.lost(
                    at,
                    node.shown() + " sends " + content + "; JSON is sent here",
                    "form.post and multipart.post of generic-http send forms");
        }
        if (!sends) {
            return Json.NODES.objectNode();
        }
        if (!fields.isEmpty() && !specify.equals("json")) {
            return fields;
        }
        String text = json.isTextual() ? json.asText() : raw.asText("");
        if (text.matches("(?s)=?\\s*\\{\\{\\s*(JSON\\.stringify\\(\\s*)?\\$json\\s*\\)?\\s*}}\\s*")) {
            return Translator.text("${record}");
        }
        Optional<JsonNode> value = json.isContainerNode() ? Optional.of(json) : N8nText.json(text);
        if (value.isEmpty()) {
            report.lost(
                    at.in("jsonBody"),
                    "the body of " + node.shown()
                            + " is no JSON before its expressions are filled in; an empty object stands in its place",
                    "write it as manualPayload: { json: … }");
        }
        return texts.quoted(value.orElseGet(Json.NODES::objectNode), at.in("jsonBody"));
    }
}
