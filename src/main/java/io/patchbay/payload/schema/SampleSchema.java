package io.patchbay.payload.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What samples say of records, as a JSON Schema: which names there are and what is a list. Types of single values are left open, because the
 * next one may be another, and so is what was empty, null or of several kinds.
 */
public final class SampleSchema {

    private static final int DEEPEST = 20;
    private static final int MOST_NAMES = 5000;
    private static final int MOST_ITEMS = 100;

    private int names;

    private SampleSchema() {}

    /** The schema of a record. */
    public static JsonNode of(List<JsonNode> records) {
        return new SampleSchema().schema(records, 0);
    }

    private ObjectNode schema(List<JsonNode> values, int depth) {
        ObjectNode schema = Json.NODES.objectNode();
        List<JsonNode> all = values.stream().filter(value -> !value.isNull()).toList();
        if (all.isEmpty() || depth > DEEPEST) {
            return schema;
        }
        if (all.stream().allMatch(JsonNode::isArray)) {
            List<JsonNode> items = new ArrayList<>();
            all.forEach(list -> {
                for (int i = 0; i < Math.min(MOST_ITEMS, list.size()); i++) {
                    items.add(list.get(i));
                }
            });
            return schema.put("type", "array").set("items", schema(items, depth + 1));
        }
        return all.stream().allMatch(JsonNode::isObject) ? object(all, schema, depth) : schema;
    }

    private ObjectNode object(List<JsonNode> all, ObjectNode schema, int depth) {
        Map<String, List<JsonNode>> members = new LinkedHashMap<>();
        for (JsonNode one : all) {
            one.properties()
                    .forEach(member -> members.computeIfAbsent(member.getKey(), any -> new ArrayList<>())
                            .add(member.getValue()));
        }
        names += members.size();
        if (names > MOST_NAMES) {
            return schema;
        }
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        members.forEach((name, values) -> properties.set(name, schema(values, depth + 1)));
        return schema;
    }
}
