package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.mapping.function.number.Decimals;
import io.patchbay.mapping.function.number.Rounding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers of a list as one number. */
final class SumFunction {

    static final FunctionType SUM = SettingsFunction.alone(
            numbers(
                            "sum",
                            "The sum of a list's numbers, with every digit; 0 for an empty list. Items that are null are left"
                                    + " out. `of` is a path inside each item, and then items may be objects.")
                    .example("sum", "[ 0.1, \"0.2\", null ]", "0.3")
                    .example("{ sum: { of: total } }", "[ { total: 2 }, { total: 3.5 }, { } ]", "5.5")
                    .refuses("sum", "[ 1, x ]", "sum: the value is not a number, it is text"),
            OfSettings.class,
            settings -> (value, record, scope) ->
                    Found.node(numbers(value, settings.of(), scope).stream().reduce(BigDecimal.ZERO, BigDecimal::add)));

    static final FunctionType AVG = SettingsFunction.alone(
            numbers(
                            "avg",
                            "The average of a list's numbers, as in `sum`; missing for an empty list. Without `decimals` it is"
                                    + " exact where it ends, and has 34 digits where it has no end.")
                    .example("{ avg: { decimals: 2 } }", "[ 1, 2, 2 ]", "1.67")
                    .example("avg", "[]", "missing"),
            AverageSettings.class,
            settings -> (value, record, scope) -> {
                List<BigDecimal> numbers = numbers(value, settings.of(), scope);
                if (numbers.isEmpty()) {
                    return MissingNode.getInstance();
                }
                BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
                return Found.node(Decimals.quotient(
                        sum, BigDecimal.valueOf(numbers.size()), settings.decimals(), settings.rounding()));
            });

    /** Settings. */
    @Doc("Which numbers")
    record OfSettings(
            @Doc("A path inside each item; the item itself when left out") @Nullable
            SourcePath of) {}

    /** Settings. */
    @Doc("Which numbers, and how their average is rounded")
    record AverageSettings(
            @Doc("A path inside each item; the item itself when left out") @Nullable
            SourcePath of,

            @Doc("Digits after the point; as many as it has, at most 34, when left out") @Nullable @Range(max = 30)
            Integer decimals,

            @Doc("What happens to further digits") @Default("halfUp")
            Rounding rounding) {}

    private SumFunction() {}

    private static FunctionSpec numbers(String name, String text) {
        return FunctionSpec.of(Group.ARRAY, name, text)
                .ofLists()
                .from(Set.of(ValueKind.TEXT, ValueKind.NUMBER, ValueKind.OBJECT), ValueKind.NUMBER);
    }

    private static List<BigDecimal> numbers(JsonNode value, @Nullable SourcePath of, Scope scope) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (JsonNode item : Lists.of(value)) {
            JsonNode number = of == null ? item : of.find(item, scope);
            if (!Values.absent(number)) {
                numbers.add(Found.number(number));
            }
        }
        return numbers;
    }
}
