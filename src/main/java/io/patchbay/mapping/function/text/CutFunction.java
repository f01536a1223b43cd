package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
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
 * Bounds the length of a text.
 *
 * @param most characters that are kept
 */
record CutFunction(int most) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.STRING,
                            "cut",
                            "At most so many characters of the text, from its beginning; a character is never cut in half.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("{ cut: 3 }", "abcdef", "abc"),
            Integer.class,
            CutFunction::new,
            false);

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String text = Found.text(value);
        int length = text.codePointCount(0, text.length());
        return Json.NODES.textNode(
                length <= most ? text : text.substring(0, text.offsetByCodePoints(0, Math.max(0, most))));
    }
}
