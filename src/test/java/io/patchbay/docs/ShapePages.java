package io.patchbay.docs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import java.util.List;
import java.util.Map;

/** Reference pages of shapes, made from their specs and from the schema of their settings. */
final class ShapePages {

    private static final String NOTE = "<!-- Made from the code, do not edit: mvn -Pdocs test -->\n\n";

    private static final Map<String, String> KNOWN = Map.of(
            "Condition", "a [condition](../conditions.md)",
            "Template", "text with [placeholders](../placeholders.md)",
            "TemplateTree", "any value with [placeholders](../placeholders.md)",
            "SourcePath", "a [path](../placeholders.md#paths)",
            "TargetPath", "a target path",
            "Targets", "a target path or a list of them",
            "Sources", "a [path](../placeholders.md#paths) or a list of them",
            "Renames", "target paths by target path",
            "FunctionCall", "a [function](../functions.md)",
            "Step", "a shape");

    private final ObjectNode schema;
    private final List<ShapeType<?>> shapes;
    private final KeyTables tables;

    ShapePages(ObjectNode schema, List<ShapeType<?>> shapes) {
        this.schema = schema;
        this.shapes = shapes;
        this.tables = new KeyTables(schema, KNOWN);
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
        tables.write(around, page);
        return page.toString().stripTrailing() + "\n";
    }

    /** The keys of a whole file, and of what stands under them. */
    String keys() {
        StringBuilder page = new StringBuilder();
        tables.write(schema, page);
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
        tables.write(schema.at("/$defs/Step/properties/" + spec.name()), page);
        page.append("## What it can lose or repeat\n\n")
                .append(spec.delivery().strip())
                .append("\n\n");
        page.append("## Example\n\n```yaml\n").append(spec.example().strip()).append("\n```\n");
        return page.toString();
    }
}
