package io.patchbay.mapping.function.number;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.Term;
import io.patchbay.mapping.function.ValueKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many percent the value is of another.
 *
 * @param settings of which
 */
record PercentOfFunction(PercentOfSettings settings) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.NUMBER,
                            "percentOf",
                            "How many percent of a term (a number, a path or a text with placeholders) the value is.")
                    .from(ValueKind.NUMBERS, ValueKind.NUMBER)
                    .example("{ percentOf: { term: 60, decimals: 1 } }", "20", "33.3"),
            PercentOfSettings.class,
            PercentOfFunction::new);

    /** Settings. */
    @Doc("What is a hundred percent")
    record PercentOfSettings(
            @Doc("The whole: a number, a path or a text with placeholders")
            Term term,

            @Doc("Digits after the point; as many as it has, at most 34, when left out") @Nullable @Range(max = 30)
            Integer decimals,

            @Doc("What happens to further digits") @Default("halfUp")
            Rounding rounding) {}

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        return Found.node(Decimals.quotient(
                Found.number(value).movePointRight(2),
                settings.term().number(record, scope),
                settings.decimals(),
                settings.rounding()));
    }

    @Override
    public List<FieldRef> fields() {
        return settings.term().fields();
    }

    @Override
    public Set<Ref> reads() {
        return settings.term().reads();
    }
}
