package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.openapi.ApiDocument;
import io.patchbay.connector.openapi.ApiDocument.Asked;
import io.patchbay.connector.openapi.ApiDocument.Content;
import org.jspecify.annotations.Nullable;

/** The schema files of an endpoint that is imported: of the payload that it sends, and of the records of its answer. */
record EndpointSchema(ApiDocument document, Draft draft, SchemaDraft schemas) {

    /** Writes what the description says, and names it in the endpoint. */
    void add(Asked asked, String id, ObjectNode endpoint, @Nullable Content answer) {
        Content sent = document.request(asked);
        boolean plain = !endpoint.path("request").has("body");
        boolean acts = !endpoint.path("kind").asText().equals("read");
        if (sent != null && sent.json() && plain && acts && says(sent.schema())) {
            name(id, ".request", sent.schema(), true, sent.example(), endpoint, "request");
        }
        JsonNode record = answer == null || !answer.json() ? MissingNode.getInstance() : record(answer, endpoint);
        if (says(record)) {
            name(id, "", record, false, MissingNode.getInstance(), endpoint, "response");
        }
    }

    /** The schema of one record, where the selector leads to. */
    private JsonNode record(Content answer, ObjectNode endpoint) {
        String path = endpoint.path("recordSelector").path("path").asText();
        if (path.equals("$")) {
            return answer.schema();
        }
        if (!path.endsWith("[*]")) {
            return MissingNode.getInstance();
        }
        String list = path.substring(1, path.length() - 3);
        JsonNode of = list.isEmpty()
                ? answer.schema()
                : document.resolved(document.properties(answer.schema()).path(list.replaceAll("^\\.|^\\['|'\\]$", "")));
        return document.resolved(of.path("items"));
    }

    /** Whether a schema says anything of a value. */
    private static boolean says(JsonNode schema) {
        return schema.isObject()
                && (schema.has("properties") || schema.has("allOf") || schema.has("oneOf") || schema.has("anyOf"));
    }

    private void name(
            String id, String what, JsonNode schema, boolean sent, JsonNode example, ObjectNode endpoint, String key) {
        String file = id + what + ".schema.json";
        try {
            draft.schema(file, schemas.of(schema, sent, example));
            endpoint.withObjectProperty(key).put("schema", "./schemas/" + file);
        } catch (DraftException e) {
            draft.leaveOut("the schema of the " + key + " of " + id + ": " + e.getMessage());
        }
    }
}
