package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.patchbay.canvas.YamlReader;
import io.patchbay.connector.openapi.ApiDocument;
import io.patchbay.payload.Json;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.SchemaReader;
import io.patchbay.problem.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of an OpenAPI document as JSON Schemas (2020-12), one document each: what they refer to stands in their own
 * {@code $defs}. Words of OpenAPI alone are left out, {@code nullable} becomes the type null, and patterns that are no RE2 go.
 */
final class SchemaDraft {

    private static final int MOST_NODES = 5_000;
    private static final int MOST_OF_ALL = 300_000;
    private static final int DEEPEST = 40;
    private static final Set<String> SINGLES =
            Set.of("items", "not", "additionalProperties", "contains", "propertyNames", "if", "then", "else");
    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> NUMBERS = Set.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties");
    private static final Set<String> TEXTS = Set.of("format", "title", "description");
    private static final Set<String> TYPES =
            Set.of("string", "integer", "number", "boolean", "object", "array", "null");

    private final ApiDocument document;
    private int all;

    SchemaDraft(ApiDocument document) {
        this.document = document;
    }

    /** One document that is made. */
    private final class Making {
        private final boolean sent;
        private final Map<String, String> names = new LinkedHashMap<>();
        private final ObjectNode defs = Json.NODES.objectNode();
        private int nodes;

        Making(boolean sent) {
            this.sent = sent;
        }

        JsonNode schema(JsonNode from, int depth) {
            if (++nodes > MOST_NODES || ++all > MOST_OF_ALL || depth > DEEPEST) {
                throw new DraftException("it is too large");
            }
            if (from.isBoolean()) {
                return from;
            }
            if (from.path("$ref").isTextual()) {
                return Json.NODES.objectNode().put("$ref", "#/$defs/" + defined(from));
            }
            ObjectNode to = Json.NODES.objectNode();
            type(from.path("type"), to);
            from.properties().forEach(member -> word(member.getKey(), member.getValue(), from, to, depth + 1));
            return from.path("nullable").asBoolean() ? nullable(to) : to;
        }

        private String defined(JsonNode reference) {
            String to = reference.path("$ref").asText();
            String known = names.get(to);
            if (known != null) {
                return known;
            }
            JsonNode target = document.resolved(reference);
            if (!target.isObject()) {
                throw new DraftException("'" + to + "' is not in this file");
            }
            String plain = to.substring(to.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9_-]+", "-");
            String name = plain;
            for (int i = 2; names.containsValue(name); i++) {
                name = plain + "-" + i;
            }
            names.put(to, name);
            defs.set(name, schema(target, 1));
            return name;
        }

        private void word(String key, JsonNode value, JsonNode from, ObjectNode to, int depth) {
            if (SINGLES.contains(key) && (value.isObject() || value.isBoolean())) {
                to.set(key, schema(value, depth));
            } else if (LISTS.contains(key) && value.isArray() && !value.isEmpty()) {
                ArrayNode list = to.putArray(key);
                value.forEach(one -> list.add(schema(one, depth)));
            } else if (key.equals("properties") && value.isObject()) {
                ObjectNode properties = to.putObject(key);
                value.properties().forEach(one -> properties.set(one.getKey(), schema(one.getValue(), depth)));
            } else if (key.equals("required") && value.isArray()) {
                required(value, from.path("properties"), to);
            } else if (key.equals("enum") && value.isArray() && !value.isEmpty()) {
                to.set(key, value);
            } else if (key.equals("const")
                    || (NUMBERS.contains(key) && value.isNumber())
                    || (TEXTS.contains(key) && value.isTextual())
                    || (key.equals("uniqueItems") && value.isBoolean())
                    || (key.equals("pattern") && linear(value))) {
                to.set(key, value);
            } else if (key.startsWith("exclusive") && value.asBoolean()) {
                bound(key, from, to);
            }
        }

        /** What the system alone sets need not be sent (OpenAPI 3.0, readOnly). */
        private void required(JsonNode names, JsonNode properties, ObjectNode to) {
            ArrayNode required = Json.NODES.arrayNode();
            for (JsonNode name : names) {
                JsonNode property = document.resolved(properties.path(name.asText()));
                if (name.isTextual() && !(sent && property.path("readOnly").asBoolean())) {
                    required.add(name);
                }
            }
            if (!required.isEmpty()) {
                to.set("required", required);
            }
        }
    }

    /** In OpenAPI 3.0 and Swagger a flag beside the bound. */
    private static void bound(String key, JsonNode from, ObjectNode to) {
        String plain = key.equals("exclusiveMinimum") ? "minimum" : "maximum";
        if (from.path(plain).isNumber()) {
            to.set(key, from.path(plain));
        }
    }

    private static void type(JsonNode type, ObjectNode to) {
        if (type.isArray() && !type.isEmpty()) {
            to.set("type", type);
        } else if (TYPES.contains(type.asText())) {
            to.set("type", type);
        }
    }

    private static JsonNode nullable(ObjectNode schema) {
        ObjectNode either = Json.NODES.objectNode();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }

    private static boolean linear(JsonNode pattern) {
        try {
            Pattern.compile(pattern.asText());
            return pattern.isTextual();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /**
     * A schema as a document.
     *
     * @param sent whether it is of what is sent
     * @param example of what it describes, or missing
     * @throws DraftException with the reason why it is none
     */
    ObjectNode of(JsonNode schema, boolean sent, JsonNode example) {
        Making making = new Making(sent);
        JsonNode made = making.schema(schema, 0);
        ObjectNode document = Json.NODES.objectNode().put("$schema", "https://json-schema.org/draft/2020-12/schema");
        if (made instanceof ObjectNode object) {
            document.setAll(object);
        }
        if (!making.defs.isEmpty()) {
            document.set("$defs", making.defs);
        }
        PayloadSchema read = read(document);
        if (read == null) {
            throw new DraftException("it is no JSON Schema");
        }
        if (!example.isMissingNode() && !read.violations(example).isEmpty()) {
            throw new DraftException("the description's own example is not as it says");
        }
        return document;
    }

    private static @Nullable PayloadSchema read(ObjectNode document) {
        Problems problems = new Problems();
        return new YamlReader()
                .read("schema", document.toString(), problems)
                .map(root -> SchemaReader.read(root, problems))
                .orElse(null);
    }
}
