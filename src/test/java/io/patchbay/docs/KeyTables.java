package io.patchbay.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tables of the keys of a mapping and of the mappings below it, made from a JSON Schema. */
final class KeyTables {

    private final ObjectNode schema;
    private final Map<String, String> known;

    /** Headings of the mappings below, by definition: the key that leads there first. */
    private final Map<String, String> titles = new HashMap<>();

    /** @param known definitions with a page of their own, or whose one line says enough */
    KeyTables(ObjectNode schema, Map<String, String> known) {
        this.schema = schema;
        this.known = known;
    }

    /** Writes the table of a mapping, then those of what stands in it. */
    void write(JsonNode object, StringBuilder page) {
        Set<String> nested = new LinkedHashSet<>();
        table(definition(object), page, nested);
        sections(nested, page);
    }

    private void sections(Set<String> nested, StringBuilder page) {
        List<String> open = new ArrayList<>(nested);
        for (int i = 0; i < open.size(); i++) {
            String name = open.get(i);
            page.append("### ").append(titles.get(name)).append("\n\n");
            Set<String> deeper = new LinkedHashSet<>();
            table(schema.at("/$defs/" + name), page, deeper);
            deeper.stream().filter(inner -> !open.contains(inner)).forEach(open::add);
        }
    }

    private void table(JsonNode object, StringBuilder page, Set<String> nested) {
        if (object.path("properties").isEmpty()) {
            page.append("None.\n\n");
            return;
        }
        page.append("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
        Set<String> required = new LinkedHashSet<>();
        object.path("required").forEach(key -> required.add(key.asText()));
        object.get("properties").properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            String fallback = value.has("default")
                    ? "`" + value.get("default").toString().replaceAll("^\"|\"$", "") + "`"
                    : required.contains(entry.getKey()) ? "needed" : "";
            page.append("| `")
                    .append(entry.getKey())
                    .append("` | ")
                    .append(type(entry.getKey(), value, nested))
                    .append(" | ");
            page.append(fallback)
                    .append(" | ")
                    .append(value.path("description").asText())
                    .append(" |\n");
        });
        page.append("\n");
    }

    private JsonNode definition(JsonNode value) {
        return value.has("$ref") ? schema.at("/$defs/" + reference(value)) : value;
    }

    private static String reference(JsonNode value) {
        return value.get("$ref").asText().substring("#/$defs/".length());
    }

    /** What a value may be. */
    String type(String key, JsonNode value) {
        return type(key, value, new LinkedHashSet<>());
    }

    private String type(String key, JsonNode value, Set<String> nested) {
        if (value.has("$ref")) {
            String name = reference(value);
            String known = this.known.get(name);
            if (known != null) {
                return known;
            }
            JsonNode definition = definition(value);
            if (definition.has("properties")) {
                nested.add(name);
                String title = title(name, key);
                return "[" + title + "](#" + title.toLowerCase(Locale.ROOT) + ")";
            }
            return type(key, definition, nested);
        }
        if (value.has("enum")) {
            List<String> words = new ArrayList<>();
            value.get("enum").forEach(word -> words.add("`" + word.asText() + "`"));
            return String.join(", ", words);
        }
        if (value.path("pattern").asText().contains("ms|s|m|h|d")) {
            return "a duration, like `30s`";
        }
        return switch (value.path("type").asText()) {
            case "array" -> "a list of " + type(key, value.path("items"), nested);
            case "object" -> "by name, " + type(key, value.path("additionalProperties"), nested);
            case "string" -> "text";
            case "integer" -> range(value);
            case "number" -> "a number";
            case "boolean" -> "`true`, `false`";
            default -> "any value";
        };
    }

    private static String range(JsonNode value) {
        String least = value.has("minimum") ? " from " + value.get("minimum") : "";
        return "a whole number" + least + (value.has("maximum") ? " to " + value.get("maximum") : "");
    }

    /** The key, unless another mapping has it as its heading. */
    private String title(String name, String key) {
        String known = titles.get(name);
        if (known == null) {
            known = titles.containsValue(key) ? name.substring(name.lastIndexOf('.') + 1) : key;
            titles.put(name, known);
        }
        return known;
    }
}
