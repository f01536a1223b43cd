package io.patchbay.moving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.List;

/** Bodies that endpoints of Patchworks declare. Where none is declared, what is sent is the payload, there and here. */
final class PatchworksBodies {

    private static final String[] BODY = {"body", "raw_body", "body_content", "body_parameters", "form"};

    private final PatchworksReading reading;
    private final Parcel parcel;
    private final PatchworksTexts texts;
    private final Report report;

    PatchworksBodies(PatchworksReading reading, Parcel parcel, PatchworksTexts texts, Report report) {
        this.reading = reading;
        this.parcel = parcel;
        this.texts = texts;
        this.report = report;
    }

    void read(ObjectNode connector, Fields fields, String method, ObjectNode request, String id, Place here) {
        String format = Fields.plain(fields.text("body_format", "body_type", "format", "content_type"));
        JsonNode body = fields.get(BODY);
        Place at = reading.at(body, here.in(fields.key(BODY)));
        if (body.isObject() && reading.of(body).has("format", "type", "content", "raw", "data")) {
            Fields inner = reading.of(body);
            format = PatchworksShapes.either(Fields.plain(inner.text("format", "type")), format);
            body = inner.get("content", "raw", "data", "value", "fields", "parameters");
        }
        boolean empty = body.isMissingNode()
                || (body.isValueNode() && body.asText().isBlank())
                || (body.isContainerNode() && body.isEmpty());
        if (format.equals("none")) {
            if (!method.equals("GET")) {
                request.putObject("body").put("type", "none");
            }
            reading.whole(body);
            return;
        }
        if (format.contains("form") && !empty) {
            ObjectNode template = Json.NODES.objectNode();
            for (JsonNode one : body.isArray() ? reading.list(body) : List.<JsonNode>of()) {
                Fields pair = reading.of(one);
                pair.pass("id", "uuid", "description", "order");
                String kind = Fields.plain(pair.text("type"));
                if (kind.equals("file")) {
                    report.lost(
                            at,
                            "endpoint '" + id + "' sends a file in a form, which is not translated",
                            "request: { body: { type: multipart } }");
                }
                template.put(
                        pair.text("key", "name"),
                        texts.definition(connector, texts.endpoint(), pair.text("value", "default"), at));
            }
            if (body.isObject()) {
                template.setAll((ObjectNode) filled(connector, body, at));
            }
            request.putObject("body").put("type", "form").set("template", template);
            return;
        }
        if (!format.matches(
                        "|raw|json|applicationjson|text|txt|textplain|xml|applicationxml|textxml|graphql|javascript")
                || (format.contains("form") && empty)) {
            report.lost(
                    here,
                    "endpoint '" + id + "': the body format '" + SourceText.shown(format) + "' is not translated",
                    "say request: { body: … }");
        }
        if (empty) {
            if (format.equals("graphql")) {
                report.lost(
                        here,
                        "endpoint '" + id + "' sends a query of GraphQL that is not in the file",
                        "request: { body: { type: graphql, template: { query: … } } }");
            }
            return;
        }
        JsonNode value = body.isTextual() ? parsed(body.asText()) : body;
        ObjectNode ours = request.putObject("body");
        if (value.isContainerNode()) {
            JsonNode sent = Secrecy.sent(value, "body", at, "endpoint '" + id + "'", report, parcel);
            ours.put("type", value.has("query") && value.path("query").isTextual() ? "graphql" : "json")
                    .set("template", filled(connector, sent, at));
            reading.whole(body);
            return;
        }
        String text = body.asText();
        ours.put("type", format.contains("xml") || text.strip().startsWith("<") ? "xml" : "text")
                .put("template", texts.definition(connector, texts.endpoint(), Secrecy.without(text, parcel), at));
        if (text.strip().startsWith("{") || text.strip().startsWith("[")) {
            report.lost(
                    at,
                    "the body of endpoint '" + id + "' has placeholders where JSON has values: it is sent as text",
                    "body: { type: json, template: { … } } with placeholders in quotes keeps the type of values");
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return Json.NODES.missingNode();
        }
    }

    private JsonNode filled(ObjectNode connector, JsonNode value, Place at) {
        reading.whole(value);
        if (value.isTextual()) {
            return Translator.text(texts.definition(connector, texts.endpoint(), value.asText(), at));
        }
        if (value.isObject()) {
            ObjectNode out = Json.NODES.objectNode();
            value.properties().forEach(one -> out.set(one.getKey(), filled(connector, one.getValue(), at)));
            return out;
        }
        if (value.isArray()) {
            ArrayNode out = Json.NODES.arrayNode();
            value.forEach(one -> out.add(filled(connector, one, at)));
            return out;
        }
        return value;
    }
}
