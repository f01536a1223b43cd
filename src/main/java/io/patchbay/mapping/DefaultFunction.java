package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.TemplateTree;
import io.patchbay.expression.Values;
import java.util.Set;

/**
 * Stands in where there is nothing.
 *
 * @param value what stands in
 */
record DefaultFunction(TemplateTree value) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            new FunctionSpec(
                    "default",
                    "Stands in for a value that is missing, null or empty text. Any value, with placeholders: `{ default:"
                            + " \"${record.email ?? 'none'}\" }`. Zero and false are values.",
                    "{ default: GBP }",
                    "\"\"",
                    "GBP"),
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
    public boolean takesAbsent() {
        return true;
    }

    @Override
    public Set<Ref> reads() {
        return value.reads();
    }
}
