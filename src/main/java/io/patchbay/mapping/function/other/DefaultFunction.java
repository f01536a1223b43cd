package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.TemplateTree;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import java.util.Set;

/**
 * Stands in where there is nothing.
 *
 * @param value what stands in
 */
record DefaultFunction(TemplateTree value) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.OTHER,
                            "default",
                            "Stands in for a value that is missing, null or empty text. Any value, with placeholders: `{ default:"
                                    + " \"${record.email ?? 'none'}\" }`. Zero and false are values.")
                    .ofNothing("What stands in.")
                    .example("{ default: GBP }", "\"\"", "GBP"),
            TemplateTree.class,
            DefaultFunction::new,
            false);

    @Override
    public JsonNode apply(JsonNode given, JsonNode record, Scope scope) {
        boolean nothing =
                Values.absent(given) || (given.isTextual() && given.textValue().isEmpty());
        return nothing ? value.value(scope) : given;
    }

    @Override
    public Set<Ref> reads() {
        return value.reads();
    }
}
