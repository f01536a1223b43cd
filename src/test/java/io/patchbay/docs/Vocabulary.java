package io.patchbay.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/** The keys and fixed values that a JSON Schema knows, as {@code Definition.key} and {@code Definition.key=value}. */
final class Vocabulary {

    private final ObjectNode schema;

    Vocabulary(ObjectNode schema) {
        this.schema = schema;
    }

    /** All that may be written. */
    Set<String> all() {
        Set<String> all = new TreeSet<>();
        schema.at("/$defs")
                .properties()
                .forEach(definition -> definition
                        .getValue()
                        .path("properties")
                        .properties()
                        .forEach(key -> {
                            String word = definition.getKey() + "." + key.getKey();
                            all.add(word);
                            values(word, key.getValue(), all);
                        }));
        return all;
    }

    private static void values(String word, JsonNode type, Set<String> all) {
        type.path("enum").forEach(value -> all.add(word + "=" + value.asText()));
        type.path("items").path("enum").forEach(value -> all.add(word + "=" + value.asText()));
    }

    /** What is written in a file. */
    Set<String> used(JsonNode file) {
        Set<String> used = new TreeSet<>();
        walk("", schema, file, used);
        return used;
    }

    private void walk(String definition, JsonNode type, JsonNode value, Set<String> used) {
        String reference = type.path("$ref").asText();
        if (!reference.isEmpty()) {
            String name = reference.substring("#/$defs/".length());
            walk(name, schema.at("/$defs/" + name), value, used);
            return;
        }
        type.path("anyOf").forEach(choice -> walk(definition, choice, value, used));
        if (value.isArray()) {
            value.forEach(item -> walk(definition, type.path("items"), item, used));
        } else if (value.isObject()) {
            value.properties().forEach(member -> {
                JsonNode key = type.path("properties").path(member.getKey());
                if (key.isMissingNode()) {
                    walk("", type.path("additionalProperties"), member.getValue(), used);
                    return;
                }
                String word = definition + "." + member.getKey();
                used.add(word);
                JsonNode inner = member.getValue();
                (inner.isArray() ? inner : java.util.List.of(inner))
                        .forEach(one -> used.add(word + "=" + one.asText()));
                walk("", key, inner, used);
            });
        }
    }
}
