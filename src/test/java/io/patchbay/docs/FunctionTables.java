package io.patchbay.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What may stand behind the name of each function, made from the schema of flow files. */
final class FunctionTables implements UnaryOperator<String> {

    private static final String TERM = "a number, a path, or a text with placeholders";
    private static final String DATED = "a number, a date, a path, or a text with placeholders";

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("Term", TERM),
            Map.entry("Terms", TERM + ", or a list of them"),
            Map.entry("DatedTerm", DATED),
            Map.entry("DatedTerms", DATED + ", or a list of them"),
            Map.entry("Names", "a text or a list of them"),
            Map.entry("Condition", "a [condition](conditions.md)"),
            Map.entry("SourcePath", "a [path](placeholders.md#paths)"),
            Map.entry("Template", "text with [placeholders](placeholders.md)"),
            Map.entry("TemplateTree", "any value with [placeholders](placeholders.md)"),
            Map.entry(
                    "WhenFunction.Cases", "a list of `{ if: CONDITION, value: ANY }`, at its end also `{ else: ANY }`"),
            Map.entry("CaseFunction.NullIf", "a value or a list of them"),
            Map.entry("Columns", "the name of a column, or a list of them"),
            Map.entry("Otherwise", "`keep`, `null`, `fail`, or any value"),
            Map.entry("TableName", "the name of a table"),
            Map.entry("ScriptName", "the name of a file"));

    private final ObjectNode schema;
    private final KeyTables tables;
    private final Map<String, JsonNode> settings = new HashMap<>();

    FunctionTables(ObjectNode schema) {
        this.schema = schema;
        this.tables = new KeyTables(schema, KNOWN);
        schema.at("/$defs/FunctionCall/oneOf")
                .forEach(choice -> choice.path("properties")
                        .properties()
                        .forEach(entry -> settings.put(entry.getKey(), entry.getValue())));
    }

    /** The settings of a function as Markdown; empty for one that has none. */
    @Override
    public String apply(String function) {
        JsonNode value = settings.get(function);
        JsonNode definition =
                value.has("$ref") ? schema.at(value.get("$ref").asText().substring(1)) : value;
        if (definition.has("properties")) {
            StringBuilder table = new StringBuilder();
            tables.write(value, table);
            return table.toString();
        }
        return definition.path("type").asText().equals("object")
                ? ""
                : "Behind its name stands " + tables.type(function, value) + ".\n\n";
    }
}
