package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Json;

/**
 * Bounds the length of a text.
 *
 * @param most characters that are kept
 */
record CutFunction(int most) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            new FunctionSpec(
                    "cut",
                    "At most so many characters of the text, from its beginning; a character is never cut in half.",
                    "{ cut: 3 }",
                    "abcdef",
                    "abc"),
            Integer.class,
            CutFunction::new,
            false);

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String text = PlainFunctions.textOf(value);
        int length = text.codePointCount(0, text.length());
        return Json.NODES.textNode(
                length <= most ? text : text.substring(0, text.offsetByCodePoints(0, Math.max(0, most))));
    }
}
