package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a case would have to expect so that it is as it came: the same things, and what still fits as it is written. */
final class Renewed {

    private static final List<String> OF_A_REQUEST = List.of("method", "path", "query", "with", "body");

    private Renewed() {}

    /** The expectation anew. */
    static ObjectNode of(ObjectNode expect, ObjectNode found) {
        ObjectNode renewed = Json.NODES.objectNode();
        for (var part : expect.properties()) {
            JsonNode old = part.getValue();
            JsonNode its = found.path(part.getKey());
            JsonNode value = switch (part.getKey()) {
                case "shapes" -> each(old, its, Renewed::given);
                case "requests" -> each(old, its, Renewed::requests);
                case "logs" -> lines(old, its);
                case "failed", "starts", "mails" -> list(old, its, List.of());
                case "variables", "answer" -> given(old, its);
                default -> whole(old, its);
            };
            if (!value.isMissingNode() && !(value.isNull() && !old.isNull())) {
                renewed.set(part.getKey(), value);
            }
        }
        return renewed;
    }

    /** What is worth expecting where nothing is said. */
    static ObjectNode all(ObjectNode found) {
        ObjectNode all = Json.NODES.objectNode();
        all.set("outcome", found.path("outcome"));
        if (found.path("reason").isTextual()) {
            all.set("reason", found.path("reason"));
        }
        ObjectNode shapes = Json.NODES.objectNode();
        found.path("shapes").properties().forEach(shape -> {
            if (shape.getValue().path("reached").asBoolean()) {
                shapes.putObject(shape.getKey())
                        .<ObjectNode>set("recordsIn", shape.getValue().path("recordsIn"))
                        .set("recordsOut", shape.getValue().path("recordsOut"));
            }
        });
        add(all, "shapes", shapes);
        ObjectNode requests = Json.NODES.objectNode();
        found.path("requests")
                .properties()
                .forEach(shape ->
                        requests.set(shape.getKey(), list(Json.NODES.arrayNode(), shape.getValue(), OF_A_REQUEST)));
        add(all, "requests", requests);
        ArrayNode logs = Json.NODES.arrayNode();
        found.path("logs").forEach(line -> logs.add(only(line, List.of("shape", "text"))));
        add(all, "logs", logs);
        for (String key : List.of("failed", "starts", "mails", "variables", "answer")) {
            add(all, key, found.path(key));
        }
        return all;
    }

    private static void add(ObjectNode all, String key, JsonNode value) {
        if (!value.isMissingNode() && !value.isEmpty()) {
            all.set(key, value);
        }
    }

    private interface Renewal {
        JsonNode of(JsonNode old, JsonNode found);
    }

    private static JsonNode each(JsonNode old, JsonNode found, Renewal renewal) {
        ObjectNode all = Json.NODES.objectNode();
        old.properties().forEach(one -> all.set(one.getKey(), renewal.of(one.getValue(), found.path(one.getKey()))));
        return all;
    }

    private static JsonNode requests(JsonNode old, JsonNode found) {
        return list(old, found.isMissingNode() ? Json.NODES.arrayNode() : found, OF_A_REQUEST);
    }

    /** @param otherwise keys of a new item where no other item says which; all when there are none */
    private static JsonNode list(JsonNode old, JsonNode found, List<String> otherwise) {
        ArrayNode items = Json.NODES.arrayNode();
        Set<String> named = new LinkedHashSet<>();
        old.forEach(item -> item.fieldNames().forEachRemaining(named::add));
        List<String> keys = named.isEmpty() ? otherwise : new ArrayList<>(named);
        for (int i = 0; i < found.size(); i++) {
            JsonNode item = found.get(i);
            items.add(i < old.size() ? given(old.get(i), item) : keys.isEmpty() ? item : only(item, keys));
        }
        return items;
    }

    private static ObjectNode only(JsonNode item, List<String> keys) {
        ObjectNode only = Json.NODES.objectNode();
        // Of headers only those that somebody asked for: the others belong to the client.
        keys.stream()
                .filter(key -> item.hasNonNull(key) && !key.equals("headers"))
                .forEach(key -> only.set(key, item.get(key)));
        return only;
    }

    /** The keys that are given; of headers, query and inputs in the same way. */
    private static JsonNode given(JsonNode old, JsonNode found) {
        ObjectNode given = Json.NODES.objectNode();
        for (var one : old.properties()) {
            JsonNode its = found.path(one.getKey());
            JsonNode value = switch (one.getKey()) {
                case "headers" -> headers(one.getValue(), its);
                case "query", "with" -> texts(one.getValue(), its);
                default -> whole(one.getValue(), its);
            };
            if (!value.isMissingNode()) {
                given.set(one.getKey(), value);
            }
        }
        return given;
    }

    private static JsonNode headers(JsonNode old, JsonNode found) {
        ObjectNode headers = Json.NODES.objectNode();
        old.properties().forEach(one -> {
            String value = found.isObject() ? Alike.header(found, one.getKey()) : null;
            if (value != null) {
                headers.set(one.getKey(), whole(one.getValue(), Json.NODES.textNode(value)));
            }
        });
        return headers;
    }

    private static JsonNode texts(JsonNode old, JsonNode found) {
        ObjectNode texts = Json.NODES.objectNode();
        old.properties().forEach(one -> {
            JsonNode its = found.path(one.getKey());
            boolean same = its.isValueNode()
                    && !its.isMissingNode()
                    && one.getValue().isValueNode()
                    && Alike.text(one.getValue().asText(), its.asText());
            JsonNode value = same ? one.getValue() : whole(one.getValue(), its);
            if (!value.isMissingNode()) {
                texts.set(one.getKey(), value);
            }
        });
        return texts;
    }

    /** Lines that are still there stay; one that is not becomes the shape's next one, and goes when there is none. */
    private static JsonNode lines(JsonNode old, JsonNode found) {
        ArrayNode lines = Json.NODES.arrayNode();
        int from = 0;
        for (JsonNode line : old) {
            int at = next(found, from, one -> fits(line, one));
            if (at >= 0) {
                lines.add(line);
                from = at + 1;
                continue;
            }
            JsonNode shape = line.path("shape");
            int other = next(found, from, one -> shape.isMissingNode() || Alike.whole(shape, one.path("shape")));
            if (other >= 0) {
                lines.add(given(line, found.get(other)));
                from = other + 1;
            }
        }
        return lines;
    }

    private static int next(JsonNode list, int from, java.util.function.Predicate<JsonNode> fits) {
        for (int i = from; i < list.size(); i++) {
            if (fits.test(list.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean fits(JsonNode line, JsonNode found) {
        return line.properties().stream().allMatch(one -> Alike.whole(one.getValue(), found.path(one.getKey())));
    }

    /** A value as it came, in which all that still fits stands as it was written. */
    static JsonNode whole(@Nullable JsonNode old, JsonNode found) {
        boolean nothing = old != null && old.isNull() && found.isMissingNode();
        boolean anything = old != null && old.isTextual() && old.textValue().equals("*") && !found.isMissingNode();
        if (old == null || nothing || anything || (!found.isMissingNode() && Alike.whole(old, found))) {
            return Objects.requireNonNullElse(old, found);
        }
        if (old.isObject() && found.isObject()) {
            ObjectNode merged = Json.NODES.objectNode();
            old.properties().stream()
                    .filter(one -> found.has(one.getKey()))
                    .forEach(one -> merged.set(one.getKey(), whole(one.getValue(), found.get(one.getKey()))));
            found.properties().stream()
                    .filter(one -> !old.has(one.getKey()))
                    .forEach(one -> merged.set(one.getKey(), one.getValue()));
            return merged;
        }
        if (old.isArray() && found.isArray()) {
            ArrayNode merged = Json.NODES.arrayNode();
            for (int i = 0; i < found.size(); i++) {
                merged.add(whole(old.get(i), found.get(i)));
            }
            return merged;
        }
        return found;
    }
}
