package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one text of a list.
 *
 * @param delimiter what stands between the items
 */
record JoinFunction(String delimiter) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            new FunctionSpec(
                    "join",
                    "The items of a list as one text, without those that are null.",
                    "{ join: \", \" }",
                    "[ a, 2 ]",
                    "a, 2"),
            String.class,
            JoinFunction::new,
            false);

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        if (!value.isArray()) {
            return Json.NODES.textNode(PlainFunctions.textOf(value));
        }
        List<String> items = new ArrayList<>();
        for (JsonNode item : value) {
            if (!Values.absent(item)) {
                items.add(PlainFunctions.textOf(item));
            }
        }
        return Json.NODES.textNode(String.join(delimiter, items));
    }

    @Override
    public boolean takesLists() {
        return true;
    }
}
