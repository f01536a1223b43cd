package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
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
            FunctionSpec.of(Group.ARRAY, "join", "The items of a list as one text, without those that are null.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .ofLists()
                    .example("{ join: \", \" }", "[ a, 2 ]", "a, 2"),
            String.class,
            JoinFunction::new,
            false);

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        if (!value.isArray()) {
            return Json.NODES.textNode(Found.text(value));
        }
        List<String> items = new ArrayList<>();
        for (JsonNode item : value) {
            if (!Values.absent(item)) {
                items.add(Found.text(item));
            }
        }
        return Json.NODES.textNode(String.join(delimiter, items));
    }
}
