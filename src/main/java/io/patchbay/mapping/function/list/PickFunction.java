package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Condition;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import java.util.Set;

/**
 * Keeps the items that a condition holds for.
 *
 * @param where the condition
 */
record PickFunction(Condition where) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.ARRAY,
                            "pick",
                            "The items that a [condition](conditions.md) holds for; its fields are relative to the item, `@` is"
                                    + " the item itself. Follow it with `first` for one of them.")
                    .ofLists()
                    .from(Set.of(ValueKind.ANY), ValueKind.SAME)
                    .toList()
                    .example(
                            "{ pick: { where: { field: type, is: gift } } }",
                            "[ { type: gift, n: 1 }, { type: sale, n: 2 } ]",
                            "[ { type: gift, n: 1 } ]")
                    .example("{ pick: { where: { field: \"@\", above: 2 } } }", "[ 1, 2, 3 ]", "[ 3 ]"),
            PickSettings.class,
            settings -> new PickFunction(settings.where()));

    /** Settings. */
    @Doc("Which items are kept")
    record PickSettings(
            @Doc("What must hold for an item; its fields are relative to the item")
            Condition where) {}

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        return Lists.filtered(value, item -> where.test(item, scope));
    }

    @Override
    public Set<Ref> reads() {
        return where.reads();
    }
}
