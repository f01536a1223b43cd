package io.patchbay.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Percent;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAPI document (3.0, 3.1) or its forerunner Swagger 2.0, seen alike. References are followed inside of the document
 * only: what a parser library would fetch from elsewhere is left out and told.
 *
 * @param root the document
 * @param outside gets references that lead out of the document
 */
public record ApiDocument(JsonNode root, Set<String> outside) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head");
    private static final int DEEPEST = 12;
    /** Most operations that are read of a document. */
    static final int MOST_OPERATIONS = 5_000;

    /** A document. */
    public ApiDocument(JsonNode root) {
        this(root, new TreeSet<>());
    }

    /**
     * One thing that the interface can be asked.
     *
     * @param method in upper case
     * @param path with parameters in braces
     * @param item what holds for all methods of the path
     * @param operation what is said of this one
     * @param parameters of both, references followed
     */
    public record Asked(String method, String path, JsonNode item, JsonNode operation, List<JsonNode> parameters) {
        /** The description's own name for it; may be empty. */
        public String id() {
            return operation.path("operationId").asText();
        }
    }

    /** The first content of a request or an answer: its media type, schema and example (missing when there is none). */
    public record Content(String type, JsonNode schema, JsonNode example) {
        /** Whether it is JSON. */
        public boolean json() {
            return type.matches("(?i)[a-z]+/([a-z0-9.-]+\\+)?json.*|\\*/\\*");
        }
    }

    /** Whether it is Swagger 2.0. */
    public boolean swagger() {
        return root.path("swagger").asText().startsWith("2");
    }

    /** Whether it is a document that is read here. */
    public boolean known() {
        return swagger() || root.path("openapi").asText().startsWith("3");
    }

    /** The value that a reference leads to. */
    public JsonNode resolved(JsonNode node) {
        JsonNode now = node;
        for (int i = 0; i < DEEPEST && now.path("$ref").isTextual(); i++) {
            now = target(now.path("$ref").textValue());
        }
        return now;
    }

    private JsonNode target(String reference) {
        if (!reference.startsWith("#/")) {
            outside.add(reference);
            return MissingNode.getInstance();
        }
        JsonNode node = root;
        for (String part : reference.substring(2).split("/", -1)) {
            String name = Percent.decoded(part, false).replace("~1", "/").replace("~0", "~");
            node = !node.isArray()
                    ? node.path(name)
                    : name.matches("[0-9]{1,9}") ? node.path(Integer.parseInt(name)) : MissingNode.getInstance();
        }
        return node;
    }

    /** All that the interface can be asked, up to a bound. */
    public List<Asked> operations() {
        List<Asked> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            JsonNode item = resolved(path.getValue());
            for (Map.Entry<String, JsonNode> member : item.properties()) {
                if (METHODS.contains(member.getKey()) && member.getValue().isObject() && all.size() < MOST_OPERATIONS) {
                    all.add(new Asked(
                            member.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            item,
                            member.getValue(),
                            parameters(item, member.getValue())));
                }
            }
        }
        return all;
    }

    private List<JsonNode> parameters(JsonNode item, JsonNode operation) {
        ObjectNode byName = Json.NODES.objectNode();
        for (JsonNode of : List.of(item, operation)) {
            for (JsonNode one : of.path("parameters")) {
                JsonNode parameter = resolved(one);
                byName.set(
                        parameter.path("in").asText() + ":"
                                + parameter.path("name").asText(),
                        parameter);
            }
        }
        List<JsonNode> all = new ArrayList<>();
        byName.forEach(all::add);
        return all;
    }

    /** Schema of a parameter; in Swagger the parameter itself has its words. */
    public JsonNode schema(JsonNode parameter) {
        return parameter.has("schema") ? resolved(parameter.path("schema")) : parameter;
    }

    /** What a request sends; null when it sends nothing. */
    public @Nullable Content request(Asked asked) {
        if (!swagger()) {
            JsonNode body = resolved(asked.operation().path("requestBody"));
            return body.isMissingNode() ? null : content(body.path("content"));
        }
        String type = first(asked.operation().path("consumes"), root.path("consumes"), "application/json");
        ObjectNode form = Json.NODES.objectNode();
        for (JsonNode parameter : asked.parameters()) {
            if (parameter.path("in").asText().equals("body")) {
                JsonNode schema = resolved(parameter.path("schema"));
                return new Content(type, schema, example(schema));
            }
            if (parameter.path("in").asText().equals("formData")) {
                form.withObjectProperty("properties").set(parameter.path("name").asText(), parameter);
            }
        }
        String formType = type.contains("json") ? "application/x-www-form-urlencoded" : type;
        return form.isEmpty() ? null : new Content(formType, form, MissingNode.getInstance());
    }

    /** What a good answer is; null when nothing is said. */
    public @Nullable Content answer(Asked asked) {
        JsonNode response = good(asked);
        if (!swagger()) {
            return content(response.path("content"));
        }
        String type = first(asked.operation().path("produces"), root.path("produces"), "application/json");
        if (!response.has("schema")) {
            return null;
        }
        JsonNode schema = resolved(response.path("schema"));
        JsonNode own = response.path("examples").path(type);
        return new Content(type, schema, own.isMissingNode() ? example(schema) : own);
    }

    /** Status of a good answer. */
    public int status(Asked asked) {
        for (Map.Entry<String, JsonNode> one :
                asked.operation().path("responses").properties()) {
            if (one.getKey().matches("2[0-9][0-9]")) {
                return Integer.parseInt(one.getKey());
            }
        }
        return 200;
    }

    private JsonNode good(Asked asked) {
        JsonNode responses = asked.operation().path("responses");
        JsonNode range = responses.has("2XX") ? responses.path("2XX") : responses.path("default");
        JsonNode exact = responses.path(String.valueOf(status(asked)));
        return resolved(exact.isMissingNode() ? range : exact);
    }

    /** Whether a good answer is said to have this header. */
    public boolean answersHeader(Asked asked, String name) {
        for (Map.Entry<String, JsonNode> header : good(asked).path("headers").properties()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Content content(JsonNode byType) {
        Content first = null;
        for (Map.Entry<String, JsonNode> one : byType.properties()) {
            JsonNode schema = resolved(one.getValue().path("schema"));
            Content content = new Content(one.getKey(), schema, example(one.getValue(), schema));
            if (content.json()) {
                return content;
            }
            first = first == null ? content : first;
        }
        return first;
    }

    private JsonNode example(JsonNode media, JsonNode schema) {
        if (media.has("example")) {
            return media.path("example");
        }
        for (JsonNode one : media.path("examples")) {
            JsonNode value = resolved(one).path("value");
            if (!value.isMissingNode()) {
                return value;
            }
        }
        return example(schema);
    }

    private static JsonNode example(JsonNode schema) {
        return schema.has("example")
                ? schema.path("example")
                : schema.path("examples").path(0);
    }

    private static String first(JsonNode own, JsonNode common, String otherwise) {
        JsonNode list = own.isEmpty() ? common : own;
        for (JsonNode one : list) {
            if (one.asText().contains("json")) {
                return one.asText();
            }
        }
        return list.path(0).asText(otherwise);
    }

    /** Properties of a schema by name, those of its parts among them. */
    public ObjectNode properties(JsonNode schema) {
        ObjectNode all = Json.NODES.objectNode();
        collect(resolved(schema), all, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
        return all;
    }

    /** @param seen those that were collected: a schema may be a part of itself, many times over */
    private void collect(JsonNode schema, ObjectNode into, Set<JsonNode> seen, int depth) {
        if (depth > DEEPEST || !seen.add(schema)) {
            return;
        }
        for (String key : List.of("allOf", "oneOf", "anyOf")) {
            for (JsonNode part : schema.path(key)) {
                collect(resolved(part), into, seen, depth + 1);
            }
        }
        schema.path("properties").properties().forEach(one -> into.set(one.getKey(), resolved(one.getValue())));
    }

    /** Whether a schema is of a list. */
    public boolean isList(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.asText().equals("array")
                || (type.isArray() && type.toString().contains("\"array\""))
                || schema.has("items");
    }

    /** The schemes that calls prove themselves by, the ones that are asked for first. */
    public List<Map.Entry<String, JsonNode>> proofs() {
        JsonNode schemes = swagger()
                ? root.path("securityDefinitions")
                : root.path("components").path("securitySchemes");
        Set<String> asked = new java.util.LinkedHashSet<>();
        root.path("security").forEach(one -> one.fieldNames().forEachRemaining(asked::add));
        schemes.fieldNames().forEachRemaining(asked::add);
        List<Map.Entry<String, JsonNode>> all = new ArrayList<>();
        for (String name : asked) {
            JsonNode scheme = resolved(schemes.path(name));
            if (scheme.isObject()) {
                all.add(Map.entry(name, scheme));
            }
        }
        return all;
    }

    /** The properties of a list's items. */
    public ObjectNode item(JsonNode list) {
        return properties(resolved(resolved(list).path("items")));
    }

    /** Names of query parameters. */
    public Set<String> query(Asked asked) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : asked.parameters()) {
            if (parameter.path("in").asText().equals("query")) {
                names.add(parameter.path("name").asText());
            }
        }
        return names;
    }
}
