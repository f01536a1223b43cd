package io.patchbay.mapping.function.number;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.Term;
import io.patchbay.mapping.function.ValueKind;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number within bounds.
 *
 * @param settings which
 */
record BoundsFunction(BoundsSettings settings) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.NUMBER,
                            "bounds",
                            "The number, or the bound that it passes. Bounds are numbers, paths or texts with placeholders."
                                    + " The smallest or largest of a list are `min` and `max`.")
                    .from(ValueKind.NUMBERS, ValueKind.NUMBER)
                    .example("{ bounds: { least: 0 } }", "-3", "0")
                    .example("{ bounds: { least: 0, most: quantity } }", "12", "3"),
            BoundsSettings.class,
            BoundsFunction::new);

    /** Settings. */
    @Doc("Between what a number is kept")
    record BoundsSettings(
            @Doc("The smallest result: a number, a path or a text with placeholders") @Nullable
            Term least,

            @Doc("The largest result: a number, a path or a text with placeholders") @Nullable
            Term most) {

        BoundsSettings {
            if (least == null && most == null) {
                throw new IllegalArgumentException("bounds needs 'least', 'most' or both");
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        BigDecimal number = Found.number(value);
        BigDecimal least = settings.least() == null ? number : settings.least().number(record, scope);
        BigDecimal most =
                settings.most() == null ? number.max(least) : settings.most().number(record, scope);
        if (settings.least() != null && settings.most() != null && least.compareTo(most) > 0) {
            throw new FunctionException("'least' is more than 'most'");
        }
        return Found.node(number.max(least).min(most));
    }

    @Override
    public List<FieldRef> fields() {
        return Stream.of(settings.least(), settings.most())
                .filter(Objects::nonNull)
                .flatMap(term -> term.fields().stream())
                .toList();
    }

    @Override
    public Set<Ref> reads() {
        Set<Ref> reads = new HashSet<>();
        if (settings.least() != null) {
            reads.addAll(settings.least().reads());
        }
        if (settings.most() != null) {
            reads.addAll(settings.most().reads());
        }
        return reads;
    }
}
