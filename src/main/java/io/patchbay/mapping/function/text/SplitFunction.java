package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;

/**
 * Cuts a text into a list.
 *
 * @param delimiter where it is cut, taken as it is
 */
record SplitFunction(String delimiter) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.STRING,
                            "split",
                            "Cuts a text at each delimiter (taken as it is, no regular expression) into a list of texts.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .toList()
                    .example("{ split: \",\" }", "\"a,b,,c\"", "[ a, b, \"\", c ]"),
            String.class,
            SplitFunction::new,
            false);

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String text = Found.text(value);
        ArrayNode parts = Json.NODES.arrayNode();
        int from = 0;
        while (!delimiter.isEmpty()) {
            int at = text.indexOf(delimiter, from);
            if (at < 0) {
                break;
            }
            parts.add(text.substring(from, at));
            from = at + delimiter.length();
        }
        return parts.add(text.substring(from));
    }
}
