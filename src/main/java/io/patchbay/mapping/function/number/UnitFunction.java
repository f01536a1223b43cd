package io.patchbay.mapping.function.number;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From one unit to another.
 *
 * @param settings which
 */
record UnitFunction(UnitSettings settings) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.NUMBER,
                            "unit",
                            "From one unit of weight, length, area or volume to another, with exact factors. Units are "
                                    + Arrays.stream(Unit.values())
                                            .map(Unit::code)
                                            .collect(Collectors.joining(", "))
                                    + ", and their usual English names; `from` and `to` may be placeholders. Where the result"
                                    + " has no end it has 34 digits, or `decimals`.")
                    .from(ValueKind.NUMBERS, ValueKind.NUMBER)
                    .example("{ unit: { from: lb, to: kg } }", "10", "4.5359237")
                    .example("{ unit: { from: \"${record.unit}\", to: cm, decimals: 1 } }", "\"12\"", "30.5")
                    .refuses(
                            "{ unit: { from: kg, to: \"${record.unit}\" } }",
                            "1",
                            "unit: kg is weight and in is length"),
            UnitSettings.class,
            UnitFunction::new);

    /** Settings. */
    @Doc("From which unit to which")
    record UnitSettings(
            @Doc("Unit of the value, like lb; it may be a placeholder")
            Template from,

            @Doc("Unit of the result, like kg; it may be a placeholder")
            Template to,

            @Doc("Digits after the point; as many as it has, at most 34, when left out") @Nullable @Range(max = 30)
            Integer decimals,

            @Doc("What happens to further digits") @Default("halfUp")
            Rounding rounding) {

        UnitSettings {
            try {
                Unit first = from.constant() ? unit("from", from.constantValue().asText()) : null;
                Unit second = to.constant() ? unit("to", to.constantValue().asText()) : null;
                if (first != null && second != null) {
                    alike(first, second);
                }
            } catch (FunctionException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    private static Unit unit(String key, String name) {
        Unit unit = Unit.named(name);
        if (unit == null) {
            throw new FunctionException("'" + key + "' is not a unit like kg, lb, cm, in, l or m3");
        }
        return unit;
    }

    private static void alike(Unit from, Unit to) {
        if (from.of() != to.of()) {
            throw new FunctionException(from.code() + " is " + word(from) + " and " + to.code() + " is " + word(to));
        }
    }

    private static String word(Unit unit) {
        return unit.of().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        Unit from = unit("from", settings.from().text(scope));
        Unit to = unit("to", settings.to().text(scope));
        alike(from, to);
        return Found.node(Decimals.quotient(
                Found.number(value).multiply(from.size()), to.size(), settings.decimals(), settings.rounding()));
    }

    @Override
    public Set<Ref> reads() {
        Set<Ref> reads = new HashSet<>(settings.from().reads());
        reads.addAll(settings.to().reads());
        return reads;
    }
}
