package io.patchbay.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reference pages of shapes, made from their specs and from the schema of their settings. */
final class ShapePages {

    private static final String NOTE = "<!-- Made from the code, do not edit: mvn -Pdocs test -->\n\n";

    /** Types with a page of their own, or whose one line says enough. */
    private static final Map<String, String> KNOWN = Map.of(
            "Condition", "a [condition](../conditions.md)",
            "Template", "text with [placeholders](../placeholders.md)",
            "TemplateTree", "any value with [placeholders](../placeholders.md)",
            "SourcePath", "a [path](../placeholders.md#paths)",
            "TargetPath", "a target path",
            "FunctionCall", "a [function](../functions.md)",
            "Step", "a shape");

    private final ObjectNode schema;
    private final List<ShapeType<?>> shapes;

    ShapePages(ObjectNode schema, List<ShapeType<?>> shapes) {
        this.schema = schema;
        this.shapes = shapes;
    }

    String index() {
        StringBuilder page = new StringBuilder(NOTE);
        page.append("# Shapes\n\nOne key names the shape and holds its settings.\n\n| shape | does |\n| --- | --- |\n");
        for (ShapeType<?> shape : shapes) {
            ShapeSpec spec = shape.spec();
            page.append("| [")
                    .append(spec.name())
                    .append("](")
                    .append(spec.name())
                    .append(".md) | ");
            page.append(spec.summary()).append(" |\n");
        }
        page.append("\n## Around the settings\n\nEvery shape may have these keys beside its own.\n\n");
        ObjectNode around = schema.at("/$defs/Step").deepCopy();
        ObjectNode properties = (ObjectNode) around.get("properties");
        shapes.forEach(shape -> properties.remove(shape.spec().name()));
        Set<String> nested = new LinkedHashSet<>();
        table(around, page, nested);
        sections(nested, page);
        return page.toString().stripTrailing() + "\n";
    }

    /** The keys of a whole file, and of what stands under them. */
    String keys() {
        StringBuilder page = new StringBuilder();
        Set<String> nested = new LinkedHashSet<>();
        table(schema.has("$ref") ? definition(schema) : schema, page, nested);
        sections(nested, page);
        return page.toString();
    }

    String page(ShapeType<?> shape) {
        ShapeSpec spec = shape.spec();
        StringBuilder page = new StringBuilder(NOTE);
        page.append("# ")
                .append(spec.name())
                .append("\n\n")
                .append(spec.summary())
                .append("\n\n");
        page.append(spec.text().strip()).append("\n\n## Settings\n\n");
        Set<String> nested = new LinkedHashSet<>();
        table(definition(schema.at("/$defs/Step/properties/" + spec.name())), page, nested);
        sections(nested, page);
        page.append("## What it can lose or repeat\n\n")
                .append(spec.delivery().strip())
                .append("\n\n");
        page.append("## Example\n\n```yaml\n").append(spec.example().strip()).append("\n```\n");
        return page.toString();
    }

    private void sections(Set<String> nested, StringBuilder page) {
        List<String> open = new ArrayList<>(nested);
        for (int i = 0; i < open.size(); i++) {
            String name = open.get(i);
            page.append("### ").append(title(name)).append("\n\n");
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
                    .append(type(value, nested))
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

    private String type(JsonNode value, Set<String> nested) {
        if (value.has("$ref")) {
            String name = reference(value);
            if (KNOWN.containsKey(name)) {
                return KNOWN.get(name);
            }
            JsonNode definition = definition(value);
            if (definition.has("properties")) {
                nested.add(name);
                return "[" + title(name) + "](#" + title(name).toLowerCase(java.util.Locale.ROOT) + ")";
            }
            return type(definition, nested);
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
            case "array" -> "a list of " + type(value.path("items"), nested);
            case "object" -> "by name, " + type(value.path("additionalProperties"), nested);
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

    private static String title(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
