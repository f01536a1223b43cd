package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Json;

/**
 * Cuts a text into a list.
 *
 * @param delimiter where it is cut, taken as it is
 */
record SplitFunction(String delimiter) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            new FunctionSpec(
                    "split",
                    "Cuts a text at each delimiter (taken as it is, no regular expression) into a list of texts.",
                    "{ split: \",\" }",
                    "\"a,b,,c\"",
                    "[ a, b, \"\", c ]"),
            String.class,
            SplitFunction::new,
            false);

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String text = PlainFunctions.textOf(value);
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
